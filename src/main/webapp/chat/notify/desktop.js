/**
 * Notifications of the desktop while a page is open and the person looks elsewhere. Of several tabs one shows each notification: the first
 * that gets its lock. A tab that the person looks at takes the lock and shows nothing.
 */
import { sleep } from '../backoff.js';
const LOCK = 'parley.notice';
/** Tabs that are not looked at wait for the one that is. */
const AFTER = 250;
/** How long the lock is kept: later tabs find it taken. */
const HELD = 10_000;
/** Notifications that are open on the desktop. Beyond that the oldest is closed. */
const MOST = 20;
const SETTING = ['notices', 'desktop'];

export class Desktop {
  #own;
  #open;
  #registration;
  #locks;
  #wait;
  /** @type {Map<number, { close: () => void }>} */
  #shown = new Map();

  /**
   * `own()` is the person's LocalData or null; `open(room, offset)` shows a message; `registration()` resolves to the service worker that shows
   * pushed notifications, if there is one. The rest is for tests.
   *
   * @param {{ own: () => any, open: (room: string, offset?: number) => void, registration?: () => Promise<ServiceWorkerRegistration | undefined>, locks?: LockManager | null, wait?: (milliseconds: number) => Promise<void> }} options
   */
  constructor({ own, open, registration = async () => undefined, locks = globalThis.navigator?.locks, wait = sleep }) {
    this.#own = own;
    this.#open = open;
    this.#registration = registration;
    this.#locks = locks;
    this.#wait = wait;
  }

  static get possible() {
    return typeof Notification === 'function';
  }

  /** Whether the person turned it on in this browser, and the browser allows it. */
  get on() {
    return Desktop.possible && Notification.permission === 'granted' && Boolean(this.#own()?.get(...SETTING));
  }

  /** Resolves to whether it is on now: the browser may ask the person, who may refuse. */
  async turn(on) {
    const granted = on && Desktop.possible && (await Notification.requestPermission()) === 'granted';
    this.#own()?.set(granted || null, ...SETTING);
    return Boolean(granted);
  }

  /**
   * The person was notified. `attentive`: they look at this page.
   *
   * @param {import('../types.d.ts').Notice} notice
   * @param {{ title: string, body: string, attentive: boolean }} how
   */
  async show(notice, { title, body, attentive }) {
    if (!this.on) return;
    if (!attentive) await this.#wait(AFTER);
    await this.#alone(notice.id, async () => {
      if (!attentive && this.on) await this.#put(notice, title, body);
    });
  }

  /** Closes those that were read or withdrawn. */
  withdraw(isGone) {
    for (const [id, shown] of this.#shown) {
      if (!isGone(id)) continue;
      shown.close();
      this.#shown.delete(id);
    }
  }

  /** @param {import('../types.d.ts').Notice} notice */
  async #put({ id, room, offset }, title, body) {
    const options = { body, tag: String(id), data: { room, offset } };
    const worker = await this.#registration().catch(() => undefined);
    if (worker) {
      // The same tag as the pushed one: the browser shows one of them.
      await worker.showNotification(title, options);
      this.#keep(id, { close: () => worker.getNotifications({ tag: String(id) }).then((all) => all.forEach((one) => one.close())) });
      return;
    }
    const shown = new Notification(title, options);
    shown.addEventListener('click', () => {
      globalThis.focus?.();
      shown.close();
      this.#open(room, offset);
    });
    this.#keep(id, shown);
  }

  #keep(id, shown) {
    this.#shown.set(id, shown);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MOST) this.withdraw((one) => one === oldest);
  }

  /** Without Web Locks, each tab shows it; the tag makes the browser show one. */
  async #alone(id, task) {
    if (!this.#locks) return task();
    const name = `${LOCK}${JSON.stringify([id])}`;
    await this.#locks.request(name, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      await task();
      await this.#wait(HELD);
    });
  }
}
