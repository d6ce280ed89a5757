/**
 * A tab's sign of life: while it is held, no other tab of this browser takes over what the tab left in storage. Each
 * holder has a Web Lock, which the browser lets go of however the tab ends, a crash too. Web Locks exist only where the
 * page came over https or from this machine; elsewhere the sign is a time in the local storage, renewed while the page
 * lives and taken away when it is left, so that after a crash alone others have to wait for its end.
 * It must never be trusted to exclude: two tabs may both believe that they own a message. The message's key makes that
 * harmless, this makes it rare.
 */
const PREFIX = 'parley.lease';
const RENEWED_EVERY = 20_000;
/** Timers of a hidden page may run but once a minute. */
const LASTS = 90_000;
/** Nobody competes for a tab's own lock; should the browser not give it even so, sending must not wait for it. */
const TAKEN_WITHIN = 1_000;

export class Lease {
  #group;
  #holder;
  #locks;
  #taken;
  #release = () => {};
  #renewal = 0;
  #left = () => localStorage.removeItem(this.#name(this.#holder));
  #back = () => this.#renew();

  /** Taken at once. `group` (strings) names those who may take over from each other, `holder` is this one among them. */
  constructor(group, holder, locks = navigator.locks) {
    this.#group = group;
    this.#holder = holder;
    this.#locks = locks;
    this.#taken = Promise.race([this.#take(), after(TAKEN_WITHIN)]);
  }

  /** A promise that is kept once others can see this one. */
  get taken() {
    return this.#taken;
  }

  /** Every holder in the group that lives, this one included. */
  async living() {
    await this.#taken;
    const names = this.#locks ? await this.#locked() : written();
    const ofGroup = (holder) => typeof holder === 'string' && names.includes(this.#name(holder));
    return new Set([this.#holder, ...names.map(holderOf).filter(ofGroup)]);
  }

  /** Runs `task` while no other of the group runs one; without Web Locks, at once. */
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
      // A page in a sandbox has the locks but may not use them.
      this.#locks = undefined;
    }
    this.#write();
  }

  /** The lock is held until the promise that its callback gave is fulfilled. */
  #lock() {
    return new Promise((taken, refused) => {
      const until = new Promise((release) => (this.#release = release));
      const held = () => {
        taken();
        return until;
      };
      this.#locks.request(this.#name(this.#holder), held).catch(refused);
    });
  }

  async #locked() {
    const { held } = await this.#locks.query();
    return held.map(({ name }) => name);
  }

  #write() {
    if (!this.#renew()) return;
    this.#renewal = setInterval(this.#back, RENEWED_EVERY);
    addEventListener('pagehide', this.#left);
    addEventListener('pageshow', this.#back);
    this.#release = () => this.#erase();
  }

  #renew() {
    try {
      localStorage.setItem(this.#name(this.#holder), String(Date.now() + LASTS));
      return true;
    } catch {
      // Forbidden or full: then no tab knows of another, and each takes what it finds.
      return false;
    }
  }

  #erase() {
    clearInterval(this.#renewal);
    removeEventListener('pagehide', this.#left);
    removeEventListener('pageshow', this.#back);
    this.#left();
  }
}

/** The holder that a lock or an entry of the local storage names; nothing for those of others. */
function holderOf(name) {
  if (!name.startsWith(`${PREFIX}[`)) return undefined;
  try {
    return JSON.parse(name.slice(PREFIX.length))[1];
  } catch {
    return undefined;
  }
}

/** The names of the leases in the local storage that still last; those that ended are cleared away. */
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

function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
