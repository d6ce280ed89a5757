/**
 * Messages that are not in a log yet. Each has an idempotency key and a state: `pending` until the server replies, `sent` until the room's
 * log shows it, `held` while it waits for a moderator, `failed`, or `discarded` as long as that can be undone. Each room sends in the order of writing, one message at a time. A message is stored before it is first sent
 * and removed with its reply or event, so a reload, a closed tab or a crash doesn't lose it. Tabs take over what ended tabs left. A message
 * never gets a second key: the key makes a repeated post harmless.
 */
import { delay, sleep } from './backoff.js';
import { serverNow } from './clock.js';
import { Lease } from './lease.js';
import { Unsent } from './unsent.js';

/** Messages that may wait in one tab. Beyond that `send` refuses, and the composer keeps its text. */
export const MOST_UNSENT = 200;
const LOOK_EVERY = 5_000;
/** A message that the server hasn't taken by then is shown as not sent yet. */
const LATE_AFTER = 5_000;
/** How long discarding can be undone. */
const UNDO_WITHIN = 5_000;
/** Codes with which a room refuses every message, not just this one. */
const REFUSED_ROOM = ['forbidden', 'not_found'];

export class Outbox {
  #post;
  #onChange;
  #wait;
  #unsent;
  #holder = newKey();
  #lease;
  /** @type {import("./types.d.ts").Entry[]} */
  #entries = [];
  #order = 0;
  #writing = new Set();
  #sending = new Set();
  /** The timers of discarded entries, by key. */
  #discarding = new Map();
  #looking;
  /** @type {Promise<void> | null} */
  #takingOver = null;
  #closed = false;
  /** Timers that show messages as late. */
  #timers = new Set();

  /**
   * `owner` (`[server, user]`) owns the messages. `post(entry)` resolves to the reply's `ok`. The rest is for tests: `wait(milliseconds)`,
   * and `locks` and `storage` in place of the browser's (null for none).
   *
   * @param {{
   *   owner: import('./types.d.ts').Owner,
   *   post: (entry: import('./types.d.ts').Entry) => Promise<{ offset: number, held?: boolean }>,
   *   onChange?: () => void,
   *   wait?: (milliseconds: number) => Promise<void>,
   *   locks?: LockManager | null,
   *   storage?: IDBFactory | null,
   * }} options
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

  /**
   * Stores a message and starts sending it. Returns null if too many are waiting.
   *
   * @param {string} room
   * @param {string} text
   * @param {import('./types.d.ts').PostOptions} [options]
   */
  send(room, text, { mentions, everyone, thread, also, files } = {}) {
    if (this.#waiting >= MOST_UNSENT) return null;
    const given = { ...(mentions?.length && { mentions }), ...(everyone && { everyone }), ...(thread && { thread }), ...(also && { also }), ...(files?.length && { files }) };
    /** @type {Omit<import('./types.d.ts').Entry, 'order'>} */
    const entry = { key: newKey(), room, text: wellFormed(text), ...given, at: new Date(serverNow()).toISOString(), state: 'pending' };
    this.#become([...this.#entries, { ...entry, order: this.#next() }]);
    this.#write(entry.key).then(() => this.#drain(room));
    const timer = setTimeout(() => this.#late(entry.key, timer), LATE_AFTER);
    this.#timers.add(timer);
    return entry;
  }

  retry(key) {
    const entry = this.#find(key);
    if (entry?.state !== 'failed') return;
    this.#change(key, { state: 'pending', problem: undefined });
    this.#write(key).then(() => this.#drain(entry.room));
  }

  /** Drops a failed message. For 5 s that can be undone, but not after a reload. */
  discard(key) {
    if (this.#find(key)?.state !== 'failed') return;
    this.#change(key, { state: 'discarded' });
    this.#unsent.remove(key);
    this.#discarding.set(key, setTimeout(() => this.#drop(key), UNDO_WITHIN));
  }

  undoDiscard(key) {
    if (this.#find(key)?.state !== 'discarded') return;
    clearTimeout(this.#discarding.get(key));
    this.#discarding.delete(key);
    this.#change(key, { state: 'failed' });
    this.#write(key);
  }

  #drop(key) {
    this.#discarding.delete(key);
    if (!this.#closed) this.#become(this.#entries.filter((entry) => entry.key !== key));
  }

  /** Sends what is pending. To be called after reconnecting. */
  flush() {
    for (const room of new Set(this.#entries.map((entry) => entry.room))) this.#drain(room);
    this.takeOver();
  }

  /** Drops the entries for which `shown(entry)` is true: their room's log shows them, or they no longer need to be shown. */
  settle(shown) {
    const [gone, left] = [this.#entries.filter(shown), this.#entries.filter((entry) => !shown(entry))];
    if (!gone.length) return;
    this.#become(left);
    for (const { key } of gone) this.#unsent.remove(key);
  }

  /** Takes over and sends what ended tabs left unsent. */
  takeOver() {
    this.#takingOver ??= this.#adoptAndSend().finally(() => (this.#takingOver = null));
    return this.#takingOver;
  }

  /** Stops sending. Stored messages are left to the next tab. */
  close() {
    this.#closed = true;
    clearInterval(this.#looking);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#lease.end();
    this.#unsent.close();
  }

  get #waiting() {
    return this.#entries.filter(isWaiting).length;
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
        const { offset, held } = await this.#post(entry);
        if (held) this.#hold(entry.key);
        else this.#sent(entry.key, offset);
        refusals = 0;
      } catch (problem) {
        if (problem.lost) break;
        if (problem.temporary) await this.#wait(problem.retryAfter ?? delay(refusals++));
        else this.#fail(entry, problem.code);
      }
    }
    this.#sending.delete(room);
  }

  /** The room's oldest pending entry, unless it is still being stored: after that the room is drained again. */
  #first(room) {
    const entry = this.#entries.find((one) => one.room === room && one.state === 'pending');
    return this.#closed || this.#writing.has(entry?.key) ? undefined : entry;
  }

  /** The server has not replied for a while. */
  #late(key, timer) {
    this.#timers.delete(timer);
    if (!this.#closed && this.#find(key)?.state === 'pending') this.#change(key, { late: true });
  }

  /** The entry stays visible until its event arrives, but is not sent again. */
  #sent(key, offset) {
    this.#unsent.remove(key);
    this.#change(key, { state: 'sent', offset });
  }

  /** The entry stays visible, also after a reload, but is not sent again. */
  #hold(key) {
    this.#change(key, { state: 'held' });
    this.#write(key);
  }

  /**
   * What moderators decided about held messages, as the server lists them. What it doesn't list no longer waits.
   *
   * @param {{ room: string, key: string, state: string }[]} decisions
   */
  decide(decisions) {
    const states = new Map(decisions.map(({ room, key, state }) => [`${room} ${key}`, state]));
    for (const { room, key } of this.#entries.filter(({ state }) => state === 'held')) {
      const state = states.get(`${room} ${key}`);
      if (state === 'waiting') continue;
      if (state === 'refused' || state === 'expired') this.#change(key, { state: 'failed', problem: 'not_approved' });
      else this.#become(this.#entries.filter((entry) => entry.key !== key));
      this.#unsent.remove(key);
    }
  }

  /** @param {import('./types.d.ts').Entry} entry */
  #fail({ key, room, everyone }, code) {
    // A person who may not mention everyone may still post.
    const all = REFUSED_ROOM.includes(code) && !everyone;
    const failed = (entry) => entry.key === key || (all && entry.room === room && entry.state === 'pending');
    const keys = this.#entries.filter(failed).map((entry) => entry.key);
    for (const one of keys) this.#change(one, { state: 'failed', problem: code });
    for (const one of keys) this.#write(one);
  }

  async #write(key) {
    this.#writing.add(key);
    // Without this tab's lease, another tab would take the entry over.
    await this.#lease.taken;
    const entry = this.#find(key);
    if (entry && (isWaiting(entry) || entry.state === 'held') && !this.#closed) await this.#unsent.put({ ...entry, holder: this.#holder });
    this.#writing.delete(key);
  }

  #find(key) {
    return this.#entries.find((entry) => entry.key === key);
  }

  /** Follows the clock, so that messages of several tabs sort by time of writing. */
  #next() {
    this.#order = Math.max(Date.now(), this.#order + 1);
    return this.#order;
  }

  /**
   * @param {string} key
   * @param {Partial<import('./types.d.ts').Entry>} change
   */
  #change(key, change) {
    this.#become(this.#entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));
  }

  #become(entries) {
    this.#entries = entries;
    this.#onChange();
  }
}

/** Whether the message is still to be sent, or to be decided about. */
export function isWaiting({ state }) {
  return state === 'pending' || state === 'failed';
}

/** A version 4 UUID. `crypto.randomUUID` exists only in secure contexts (https, localhost). */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Removes lone surrogates and NUL: the server can't store them. */
function wellFormed(text) {
  return text.replace(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
}
