/**
 * A tab's lease: while a tab holds it, no other tab takes over the tab's stored messages. The lease is a Web Lock, which the browser
 * releases however the tab ends, even in a crash. Web Locks need a secure context (https, localhost). Elsewhere the lease is an expiry time
 * in localStorage, renewed while the page lives and removed when it ends; only after a crash do others have to wait for the expiry. The
 * lease makes double ownership of a message rare, not impossible. The message's key makes it harmless.
 */
import { sleep } from './backoff.js';

const PREFIX = 'parley.lease';
const RENEWED_EVERY = 20_000;
/** Browsers may run the timers of a hidden page only once a minute. */
const LASTS = 90_000;
/** Nobody competes for a tab's own lock. If the browser still doesn't grant it, sending goes on without. */
const TAKEN_WITHIN = 1_000;

export class Lease {
  #group;
  #holder;
  /** @type {LockManager | null | undefined} */
  #locks;
  #taken;
  /** @type {() => void} */
  #release = () => {};
  #renewal = 0;
  #left = () => localStorage.removeItem(this.#name(this.#holder));
  #back = () => this.#renew();

  /** Takes the lease. `group` (strings) names the tabs that may take over from each other, `holder` is this tab's id. */
  constructor(group, holder, /** @type {LockManager | null} */ locks = globalThis.navigator?.locks) {
    this.#group = group;
    this.#holder = holder;
    this.#locks = locks;
    this.#taken = Promise.race([this.#take(), sleep(TAKEN_WITHIN)]);
  }

  /** Resolves once other tabs can see this lease. */
  get taken() {
    return this.#taken;
  }

  /** The ids of all living holders in the group, this one included. */
  async living() {
    await this.#taken;
    const names = this.#locks ? await this.#locked() : written();
    const ofGroup = (holder) => typeof holder === 'string' && names.includes(this.#name(holder));
    return new Set([this.#holder, ...names.map(holderOf).filter(ofGroup)]);
  }

  /** Runs `task` while no other tab of the group runs one; without Web Locks, at once. */
  async alone(task) {
    await this.#taken;
    return this.#locks ? this.#locks.request(`${PREFIX}.alone${JSON.stringify(this.#group)}`, task) : task();
  }

  end() {
    this.#release();
    this.#release = () => {};
  }

  #name(holder) {
    return `${PREFIX}${JSON.stringify([this.#group, holder])}`;
  }

  async #take() {
    try {
      if (this.#locks) return await this.#lock();
    } catch {
      // A sandboxed page has Web Locks but may not use them.
      this.#locks = undefined;
    }
    this.#write();
  }

  /** The browser holds the lock until the promise returned by the callback resolves. */
  #lock() {
    const locks = /** @type {LockManager} */ (this.#locks);
    return /** @type {Promise<void>} */ (new Promise((taken, refused) => {
      /** @type {Promise<void>} */
      const until = new Promise((release) => (this.#release = release));
      const held = () => {
        taken();
        return until;
      };
      locks.request(this.#name(this.#holder), held).catch(refused);
    }));
  }

  async #locked() {
    const { held } = await /** @type {LockManager} */ (this.#locks).query();
    return (held ?? []).map(({ name }) => name ?? '');
  }

  #write() {
    if (!this.#renew()) return;
    this.#renewal = setInterval(this.#back, RENEWED_EVERY);
    globalThis.addEventListener?.('pagehide', this.#left);
    globalThis.addEventListener?.('pageshow', this.#back);
    this.#release = () => this.#erase();
  }

  #renew() {
    try {
      localStorage.setItem(this.#name(this.#holder), String(Date.now() + LASTS));
      return true;
    } catch {
      // Blocked or full: tabs can't see each other, and each takes what it finds.
      return false;
    }
  }

  #erase() {
    clearInterval(this.#renewal);
    globalThis.removeEventListener?.('pagehide', this.#left);
    globalThis.removeEventListener?.('pageshow', this.#back);
    this.#left();
  }
}

/** The holder in the name of a lock or localStorage entry, or undefined if it is not a lease's. */
function holderOf(name) {
  if (!name.startsWith(`${PREFIX}[`)) return undefined;
  try {
    return JSON.parse(name.slice(PREFIX.length))[1];
  } catch {
    return undefined;
  }
}

/** The names of the leases in localStorage. Removes expired ones. */
function written() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    const over = names.filter((name) => !(Number(localStorage.getItem(name)) > Date.now()));
    for (const name of over) localStorage.removeItem(name);
    return names.filter((name) => !over.includes(name));
  } catch {
    return [];
  }
}
