/**
 * Messages on their way: each has a key, and is `pending` until the server answers, `sent` until it shows up in the
 * room's log, or `failed`. Rooms send in the order in which the person wrote, one message at a time. A message is on the
 * disk before it is first sent, under the user it belongs to, and off it as soon as its reply or its event came; so a
 * reload, a closed tab or a crashed browser sends it still, and the key sees to it that it is sent once. What an ended
 * tab left behind is taken over by one that lives.
 * It must never give one message two keys: the key is what makes a repeated post harmless.
 */
import { delay } from './backoff.js';
import { Lease } from './lease.js';
import { Unsent } from './unsent.js';

/** Messages that may wait in one tab; another is not taken, and the composer keeps its text. */
export const MOST_UNSENT = 200;
const LOOK_EVERY = 5_000;
/** Codes by which a room refuses whatever is written there, not this message alone. */
const REFUSED_ROOM = ['forbidden', 'not_found'];

export class Outbox {
  #post;
  #onChange;
  #wait;
  #unsent;
  #holder = newKey();
  #lease;
  #entries = [];
  #order = 0;
  #writing = new Set();
  #sending = new Set();
  #looking;
  #takingOver = null;
  #closed = false;

  /**
   * `owner` (`[server, user]`) names whose messages these are; `post(entry)` gives a promise of the reply's `ok`. The others
   * are for tests: `wait(milliseconds)` gives a promise; `locks` and `storage` stand for the browser's, null for none.
   */
  constructor({ owner, post, onChange = () => {}, wait = sleep, locks, storage }) {
    this.#post = post;
    this.#onChange = onChange;
    this.#wait = wait;
    this.#unsent = new Unsent(owner, storage);
    this.#lease = new Lease(owner, this.#holder, locks);
    this.#looking = setInterval(() => this.takeOver(), LOOK_EVERY);
    this.takeOver();
  }

  get entries() {
    return this.#entries;
  }

  /** Takes a message, writes it down and starts sending it; null when too many are waiting already. */
  send(room, text) {
    if (this.#waiting >= MOST_UNSENT) return null;
    const entry = { key: newKey(), room, text: wellFormed(text), at: new Date().toISOString(), state: 'pending' };
    this.#become([...this.#entries, { ...entry, order: this.#next() }]);
    this.#write(entry.key).then(() => this.#drain(room));
    return entry;
  }

  retry(key) {
    const entry = this.#find(key);
    if (entry?.state !== 'failed') return;
    this.#change(key, { state: 'pending', problem: undefined });
    this.#write(key).then(() => this.#drain(entry.room));
  }

  discard(key) {
    this.#become(this.#entries.filter((entry) => entry.key !== key));
    this.#unsent.remove(key);
  }

  /** Sends whatever is pending: called when there is a connection again. */
  flush() {
    for (const room of new Set(this.#entries.map((entry) => entry.room))) this.#drain(room);
    this.takeOver();
  }

  /** Forgets entries that `shown(entry)` says are in their room's log now, or need not be shown. */
  settle(shown) {
    const [gone, left] = [this.#entries.filter(shown), this.#entries.filter((entry) => !shown(entry))];
    if (!gone.length) return;
    this.#become(left);
    for (const { key } of gone) this.#unsent.remove(key);
  }

  /** Makes this tab's own what tabs that ended left unsent, and sends it. */
  takeOver() {
    this.#takingOver ??= this.#adoptAndSend().finally(() => (this.#takingOver = null));
    return this.#takingOver;
  }

  /** Leaves what is unsent to whoever comes next. */
  close() {
    this.#closed = true;
    clearInterval(this.#looking);
    this.#lease.end();
    this.#unsent.close();
  }

  get #waiting() {
    return this.#entries.filter(({ state }) => state !== 'sent').length;
  }

  async #adoptAndSend() {
    const left = await this.#lease.alone(() => this.#adopt()).catch(() => []);
    if (!left.length) return;
    const known = new Set(this.#entries.map(({ key }) => key));
    const entries = [...this.#entries, ...left.filter(({ key }) => !known.has(key))];
    this.#become(entries.sort((a, b) => a.order - b.order));
    for (const { room } of left) this.#drain(room);
  }

  async #adopt() {
    const living = await this.#lease.living();
    const most = MOST_UNSENT - this.#waiting;
    return this.#closed || most <= 0 ? [] : this.#unsent.adopt(this.#holder, living, most);
  }

  async #drain(room) {
    if (this.#sending.has(room)) return;
    this.#sending.add(room);
    let refusals = 0;
    for (let entry; (entry = this.#first(room)); ) {
      try {
        const { offset } = await this.#post(entry);
        this.#sent(entry.key, offset);
        refusals = 0;
      } catch (problem) {
        if (problem.lost) break;
        if (problem.temporary) await this.#wait(problem.retryAfter ?? delay(refusals++));
        else this.#fail(entry, problem.code);
      }
    }
    this.#sending.delete(room);
  }

  /** The room's oldest pending entry, unless it is still being written: once it is, the room is drained again. */
  #first(room) {
    const entry = this.#entries.find((one) => one.room === room && one.state === 'pending');
    return this.#closed || this.#writing.has(entry?.key) ? undefined : entry;
  }

  /** It stays in view until its event comes, but nothing has to send it any more. */
  #sent(key, offset) {
    this.#unsent.remove(key);
    this.#change(key, { state: 'sent', offset });
  }

  #fail({ key, room }, code) {
    const all = REFUSED_ROOM.includes(code);
    const failed = (entry) => entry.key === key || (all && entry.room === room && entry.state === 'pending');
    const keys = this.#entries.filter(failed).map((entry) => entry.key);
    for (const one of keys) this.#change(one, { state: 'failed', problem: code });
    for (const one of keys) this.#write(one);
  }

  async #write(key) {
    this.#writing.add(key);
    // Before the tab's sign of life is there, another one would take the entry for an ended tab's.
    await this.#lease.taken;
    const entry = this.#find(key);
    if (entry && entry.state !== 'sent' && !this.#closed) await this.#unsent.put({ ...entry, holder: this.#holder });
    this.#writing.delete(key);
  }

  #find(key) {
    return this.#entries.find((entry) => entry.key === key);
  }

  /** Grows in every tab with the clock, so that what several tabs wrote comes in the order of writing. */
  #next() {
    this.#order = Math.max(Date.now(), this.#order + 1);
    return this.#order;
  }

  #change(key, change) {
    this.#become(this.#entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));
  }

  #become(entries) {
    this.#entries = entries;
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
