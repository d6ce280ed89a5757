/**
 * What the browser keeps of a person beside unsent messages: drafts and recent emoji, in localStorage. It belongs to an owner,
 * `[server, user]`, and is deleted at sign-out. Where localStorage is blocked or full, it lives as long as the page. It never throws.
 */
const PREFIX = 'parley.local';
/** Values kept for one owner. Beyond that the oldest are deleted. */
export const MOST_KEPT = 100;
/** Characters of a value as JSON. A longer one is not kept. */
export const LONGEST = 100_000;

export class LocalData {
  #owner;
  #storage;
  /** What the storage didn't take. */
  #page = new Map();
  #erased = false;

  /**
   * @param {import('./types.d.ts').Owner} owner
   * @param {Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>} [storage]
   */
  constructor(owner, storage = browserStorage()) {
    this.#owner = owner;
    this.#storage = storage;
  }

  /** The value with this name, a list of strings and numbers, or null. */
  get(...name) {
    const key = this.#key(name);
    try {
      return this.#page.get(key) ?? JSON.parse(this.#storage.getItem(key) ?? 'null')?.value ?? null;
    } catch {
      return null;
    }
  }

  /** The second parts of the names that begin with `first`. */
  names(first) {
    try {
      const all = [...this.#keys(), ...this.#page.keys()].map((key) => JSON.parse(key.slice(PREFIX.length + 1)).slice(this.#owner.length));
      return [...new Set(all.filter(([one]) => one === first).map(([, second]) => second))];
    } catch {
      return [];
    }
  }

  /** Keeps a value; null deletes it. */
  set(value, ...name) {
    if (this.#erased) return;
    const key = this.#key(name);
    this.#page.delete(key);
    try {
      if (value === null) return this.#storage.removeItem(key);
      const text = JSON.stringify({ at: Date.now(), value });
      if (text.length > LONGEST) return;
      if (this.#storage.getItem(key) === null) this.#makeRoom();
      this.#storage.setItem(key, text);
    } catch {
      this.#page.set(key, value);
      if (this.#page.size > MOST_KEPT) this.#page.delete(this.#page.keys().next().value);
    }
  }

  /** Deletes all values of the owner and keeps none from then on. */
  erase() {
    this.#erased = true;
    this.#page.clear();
    try {
      for (const key of this.#keys()) this.#storage.removeItem(key);
    } catch {
      // Blocked: nothing was stored.
    }
  }

  #makeRoom() {
    const keys = this.#keys();
    if (keys.length < MOST_KEPT) return;
    const at = (key) => JSON.parse(this.#storage.getItem(key) ?? '{}').at ?? 0;
    const oldest = keys.sort((a, b) => at(a) - at(b)).slice(0, keys.length - MOST_KEPT + 1);
    for (const key of oldest) this.#storage.removeItem(key);
  }

  /** JSON keeps the parts of a name apart, whatever they contain. */
  #key(name) {
    return `${PREFIX} ${JSON.stringify([...this.#owner, ...name])}`;
  }

  #keys() {
    const own = `${PREFIX} ${JSON.stringify(this.#owner).slice(0, -1)},`;
    return Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index) ?? '').filter((key) => key.startsWith(own));
  }
}

/** A storage in the page, where the browser's can't be used. */
function browserStorage() {
  try {
    localStorage.getItem(PREFIX);
    return localStorage;
  } catch {
    return inMemory();
  }
}

/** @returns {Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>} */
export function inMemory() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}
