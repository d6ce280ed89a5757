/**
 * Sends the person's read markers: at once in a quiet room, then at most one per room and 2 s, always the latest. What a lost connection or
 * a busy server didn't take is sent again. A refusal ends it.
 */
const AGAIN_AFTER = 2_000;
/** Rooms whose markers wait to be sent. Beyond that the oldest is dropped: the next reading of that room moves its marker. */
const MOST_WAITING = 500;

export class Marker {
  #send;
  #stored;
  /** @type {Map<string, { upto: number, back: boolean }>} */
  #waiting = new Map();
  #resting = new Map();

  /**
   * `send(room, upto, back)` resolves when the server has stored the marker. `stored(room, upto)` is called then.
   *
   * @param {{ send: (room: string, upto: number, back: boolean) => Promise<unknown>, stored: (room: string, upto: number) => void }} options
   */
  constructor({ send, stored }) {
    this.#send = send;
    this.#stored = stored;
  }

  /** The marker of a room moved; with `back` it may move back. */
  moved(room, upto, back = false) {
    const before = this.#waiting.get(room);
    if (before && !back && before.upto >= upto) return;
    this.#waiting.delete(room);
    this.#waiting.set(room, { upto, back: back || Boolean(before?.back) });
    if (this.#waiting.size > MOST_WAITING) this.#waiting.delete(this.#waiting.keys().next().value ?? '');
    if (back) this.#rested(room);
    else if (!this.#resting.has(room)) this.#next(room);
  }

  /** Sends what waits, now: the connection is back, or the page is hidden. */
  flush() {
    for (const room of [...this.#waiting.keys()]) this.#rested(room);
  }

  stop() {
    for (const timer of this.#resting.values()) clearTimeout(timer);
    this.#resting.clear();
    this.#waiting.clear();
  }

  #rested(room) {
    this.#rest(room);
    this.#next(room);
  }

  #rest(room) {
    clearTimeout(this.#resting.get(room));
    this.#resting.delete(room);
  }

  async #next(room) {
    const marker = this.#waiting.get(room);
    if (!marker) return;
    this.#waiting.delete(room);
    this.#resting.set(room, setTimeout(() => this.#rested(room), AGAIN_AFTER));
    try {
      await this.#send(room, marker.upto, marker.back);
      if (!this.#waiting.has(room)) this.#stored(room, marker.upto);
    } catch (problem) {
      if ((problem.temporary || problem.lost) && !this.#waiting.has(room)) this.#waiting.set(room, marker);
      // Without a connection nothing is tried until it is back.
      if (problem.lost) this.#rest(room);
    }
  }
}
