/**
 * Messages on their way: each has a key, and is `pending` until the server answers, `sent` until it shows up in the
 * room's log, or `failed`. Rooms send in the order in which the person wrote, one at a time. Unsent messages survive a
 * reload in the tab's own storage, under the user they belong to.
 * It must never give one message two keys: the key is what makes a repeated post harmless.
 */
import { delay } from './backoff.js';

const MOST_UNSENT = 200;
const MOST_REFUSALS = 6;

export class Outbox {
  #owner;
  #post;
  #onChange;
  #wait;
  #entries;
  #sending = new Set();

  /**
   * `owner` names whose messages these are, on which server; `post(entry)` gives a promise of the reply's `ok`;
   * `wait(milliseconds)` gives a promise, and exists so that a test need not wait.
   */
  constructor({ owner, post, onChange = () => {}, wait = sleep }) {
    this.#owner = owner;
    this.#post = post;
    this.#onChange = onChange;
    this.#wait = wait;
    this.#entries = stored(owner);
  }

  get entries() {
    return this.#entries;
  }

  /** Takes a message and starts sending it; null when too many are waiting already. */
  send(room, text) {
    if (this.#entries.length >= MOST_UNSENT) return null;
    const entry = { key: newKey(), room, text: wellFormed(text), at: new Date().toISOString(), state: 'pending' };
    this.#become([...this.#entries, entry]);
    this.#drain(room);
    return entry;
  }

  retry(key) {
    const entry = this.#entries.find((known) => known.key === key);
    if (entry?.state !== 'failed') return;
    this.#change(key, { state: 'pending', problem: undefined });
    this.#drain(entry.room);
  }

  discard(key) {
    this.#become(this.#entries.filter((entry) => entry.key !== key));
  }

  /** Sends whatever is pending: called when there is a connection again. */
  flush() {
    for (const room of new Set(this.#entries.map((entry) => entry.room))) this.#drain(room);
  }

  /** Forgets a room's entries that `shown(entry)` says are in its log now. */
  settle(room, shown) {
    const left = this.#entries.filter((entry) => entry.room !== room || !shown(entry));
    if (left.length < this.#entries.length) this.#become(left);
  }

  async #drain(room) {
    if (this.#sending.has(room)) return;
    this.#sending.add(room);
    let refusals = 0;
    for (let entry; (entry = this.#next(room)); ) {
      try {
        const { offset } = await this.#post(entry);
        this.#change(entry.key, { state: 'sent', offset });
        refusals = 0;
      } catch (problem) {
        if (problem.lost) break;
        if (problem.temporary && ++refusals < MOST_REFUSALS) await this.#wait(problem.retryAfter ?? delay(refusals));
        else this.#change(entry.key, { state: 'failed', problem: problem.code });
      }
    }
    this.#sending.delete(room);
  }

  #next(room) {
    return this.#entries.find((entry) => entry.room === room && entry.state === 'pending');
  }

  #change(key, change) {
    this.#become(this.#entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));
  }

  #become(entries) {
    this.#entries = entries;
    store(this.#owner, entries);
    this.#onChange();
  }
}

/** A version 4 UUID; `randomUUID` exists only where the page came over https or from this machine. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Half a surrogate pair or a NUL cannot be stored by the server, and nobody means to write one. */
function wellFormed(text) {
  return text.replace(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function stored(owner) {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey(owner))) ?? [];
  } catch {
    return [];
  }
}

/** Storage may be full or forbidden: then the messages live as long as the page. */
function store(owner, entries) {
  try {
    if (entries.length) sessionStorage.setItem(storageKey(owner), JSON.stringify(entries));
    else sessionStorage.removeItem(storageKey(owner));
  } catch {
    // Nothing to do: the entries in memory are the ones that count.
  }
}

function storageKey(owner) {
  return `parley.outbox ${owner}`;
}
