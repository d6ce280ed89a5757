/**
 * The changes of one document that the server has not stored yet, in order. A change has a key under which the server stores it once, so its
 * content never changes under that key once it was sent, or kept where another tab may send it. Changes that wait are joined, under another
 * key if need be, so that an hour without a network is a few frames and not thousands.
 */
import { parts } from './parts.js';
import { MOST_BYTES, pieces } from './pieces.js';

/** Waiting changes of a document, each of at most 40 KiB. Beyond that the document can't be edited until some are sent. */
export const MOST_CHANGES = 128;
/** Changes are joined up to this size: joining takes longer the more there is. */
const JOINED_UP_TO = MOST_BYTES / 2;

/** @typedef {{ key: string, order: number, update: Uint8Array }} Change */

export class UnsentChanges {
  #newKey;
  #most;
  /** @type {{ key: string, order: number, parts: Uint8Array[], size: number, sent: boolean, kept: boolean }[]} */
  #waiting = [];

  /**
   * @param {() => string} newKey
   * @param {number} [most]
   */
  constructor(newKey, most = MOST_CHANGES) {
    this.#newKey = newKey;
    this.#most = most;
  }

  get count() {
    return this.#waiting.length;
  }

  /** Whether nothing more should be written. What is added nevertheless is not lost. */
  get full() {
    return this.#waiting.length >= this.#most;
  }

  /** Adds a change of the person. Returns the keys that are new or have more now, and the kept ones that others replace. */
  add(update) {
    const joined = pieces(update).map((piece) => this.#join(piece));
    return { changed: new Set(joined.map(({ key }) => key)), replaced: joined.flatMap(({ replaced }) => (replaced ? [replaced] : [])) };
  }

  /** These changes are kept where another tab may find and send them. */
  keep(keys) {
    for (const one of this.#waiting) if (keys.includes(one.key)) one.kept = true;
  }

  /** Adds changes that an earlier page left. They may have been sent, so they stay as they are. */
  restore(changes) {
    const known = new Set(this.#waiting.map(({ key }) => key));
    const older = changes.filter(({ key }) => !known.has(key)).sort((a, b) => a.order - b.order);
    this.#waiting.unshift(...older.map(({ key, order, update }) => ({ key, order, parts: [update], size: update.length, sent: true, kept: true })));
  }

  /** The first change, which is from now on as it is sent; null if there is none. @returns {Change | null} */
  next() {
    const [first] = this.#waiting;
    if (!first) return null;
    first.sent = true;
    return change(first);
  }

  /** @returns {Change | null} */
  get(key) {
    const found = this.#waiting.find((one) => one.key === key);
    return found ? change(found) : null;
  }

  /** All changes. @returns {Change[]} */
  all() {
    return this.#waiting.map(change);
  }

  /** The server has stored this change. */
  done(key) {
    this.#waiting = this.#waiting.filter((one) => one.key !== key);
  }

  clear() {
    this.#waiting = [];
  }

  #join(piece) {
    const last = this.#waiting.at(-1);
    if (last && !last.sent && last.size + piece.length <= JOINED_UP_TO) {
      last.parts.push(piece);
      last.size += piece.length;
      if (!last.kept) return { key: last.key };
      const replaced = last.key;
      Object.assign(last, { key: this.#newKey(), kept: false });
      return { key: last.key, replaced };
    }
    const order = (last?.order ?? 0) + 1;
    const key = this.#newKey();
    this.#waiting.push({ key, order, parts: [piece], size: piece.length, sent: false, kept: false });
    return { key };
  }
}

function change(one) {
  // Joined when needed, and once.
  if (one.parts.length > 1) one.parts = [parts.mergeUpdates(one.parts)];
  return { key: one.key, order: one.order, update: one.parts[0] };
}
