/** The call in which this page takes part. It has at most one: joining another leaves it. */
import { Call } from './call.js';

export class Calls {
  #parts;
  #release = () => {};
  #listeners = new Set();
  /** The call, also a while after it is over, so that the page can say why. @type {Call | null} */
  current = null;

  /**
   * `parts` are what a Call needs, and `hold(room)`, which keeps a room subscribed and returns a function that ends this.
   *
   * @param {any} parts
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Calls `listener()` after each change. Returns a function that ends this. */
  whenChanged(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The room of the call in which this page takes part, or null. */
  get room() {
    return this.current && this.current.phase !== 'over' ? this.current.room : null;
  }

  /** Joins the call of a room, or starts one. Resolves when the server has answered. */
  async enter(room, start) {
    if (this.room === room) return;
    this.current?.leave();
    this.#release();
    const call = new Call({ room, parts: this.#parts, changed: () => this.#changed(call) });
    this.current = call;
    // Events of the call come with those of its room.
    this.#release = this.#parts.hold(room);
    this.#tell();
    await call.join(start);
  }

  /** The page has shown why the call is over. */
  dismiss() {
    if (this.current?.phase !== 'over') return;
    this.current = null;
    this.#tell();
  }

  received(event) {
    this.current?.received(event);
  }

  connected(on) {
    this.current?.connected(on);
  }

  /** The person is signed out: everything is off, and nothing is left to say. */
  drop() {
    this.current?.drop();
    this.dismiss();
  }

  stop() {
    this.current?.drop();
    this.#release();
    this.current = null;
    this.#listeners.clear();
  }

  #changed(call) {
    if (call !== this.current) return;
    if (call.phase === 'over') this.#release();
    this.#tell();
  }

  #tell() {
    for (const listener of [...this.#listeners]) listener();
  }
}
