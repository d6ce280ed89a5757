/**
 * Where the person was when they left the page: the room, and the message in it if they read further up. The next page opens the room; only a
 * reload returns to the message, because later the unread messages matter more.
 */
const NAME = 'place';

export class LastPlace {
  #own;
  #returns;

  /**
   * `own()` is what the browser keeps of the person, or null. `returns` is whether the page was reloaded.
   *
   * @param {{ own: () => import('../local-data.js').LocalData | null, returns: boolean }} options
   */
  constructor({ own, returns }) {
    this.#own = own;
    this.#returns = returns;
  }

  /** The id of the room, or null. */
  get room() {
    return this.#own()?.get(NAME)?.room ?? null;
  }

  /**
   * @param {string} room
   * @param {number | null} offset the first message in view, or null at the end of the room
   */
  left(room, offset) {
    this.#own()?.set(offset === null ? { room } : { room, offset }, NAME);
  }

  /**
   * The message to return to in this room, or null. It is given once.
   *
   * @param {string} room
   * @returns {number | null}
   */
  takes(room) {
    const last = this.#returns ? this.#own()?.get(NAME) : null;
    this.#returns = false;
    return last?.room === room ? (last.offset ?? null) : null;
  }
}
