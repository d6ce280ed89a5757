/** The person's notifications on the server, and where this browser shows them: in the page, on the desktop, and by Web Push. */
import { NOTIFICATIONS } from './fold.js';

const PAGE = 30;

export class Notices {
  #rest;
  #state;
  #apply;

  /**
   * @param {{ rest: import('../rest.js').Rest, state: () => import('../types.d.ts').State, apply: (event: any) => void }} session
   */
  constructor({ rest, state, apply }) {
    this.#rest = rest;
    this.#state = state;
    this.#apply = apply;
  }

  get on() {
    return this.#state().features.includes(NOTIFICATIONS);
  }

  /** Loads the latest ones: after connecting, and when the list is opened. */
  async load() {
    if (!this.on) return;
    const page = await this.#rest.notifications(PAGE);
    this.#apply({ type: 'client.notices', ...page });
  }

  /** Loads the ones before the oldest. */
  async earlier() {
    const before = this.#state().notices.list.at(-1)?.id;
    if (!this.#state().notices.more || before === undefined) return;
    const page = await this.#rest.notifications(PAGE, before);
    this.#apply({ type: 'client.notices', ...page, before });
  }

  /** Marks all that are listed as read, on every device. */
  async readAll() {
    const upto = this.#state().notices.list[0]?.id;
    if (upto === undefined) return;
    await this.#rest.readNotifications(upto);
    this.#apply({ type: 'withdrawn', upto });
  }

  /** The server's public key for Web Push. */
  pushKey() {
    return this.#rest.pushKey();
  }

  /** Tells the server of this browser's subscription, or that it ended. */
  pushTo(subscription) {
    return this.#rest.setPush(subscription);
  }

  endPush(endpoint) {
    return this.#rest.endPush(endpoint);
  }
}
