/** A session's access to calls. What makes them is loaded when the person takes part in one for the first time. */
import { isMuted } from '../authority.js';
import { serverNow } from '../clock.js';

const CALLS = 'calls';
/** Phases that end the session. */
const ENDED = ['signed-out', 'stopped'];

export class CallAccess {
  #parts;
  /** @type {import('./calls.js').Calls | null} */
  #made = null;
  #loading = /** @type {Promise<import('./calls.js').Calls> | null} */ (null);
  #runs = 0;

  /**
   * `parts` are the session's `request`, `rest`, `state()`, `connected()`, `own()` and `hold(room)`.
   *
   * @param {any} parts
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Whether the server has calls, and this browser can take part in them. */
  get on() {
    return this.#parts.state().features.includes(CALLS) && typeof RTCPeerConnection === 'function';
  }

  /** The room of the call in which this page takes part, or null. */
  get room() {
    return this.#made?.room ?? null;
  }

  /** Rejects if the code can't be loaded. */
  load() {
    const run = this.#runs;
    this.#loading ??= import('../calls.js').then(({ Calls, browserParts }) => {
      const made = new Calls({ ...this.#parts, ...browserParts(), call: (room) => ongoing(this.#parts.state().rooms.get(room)) });
      if (run === this.#runs) this.#made = made;
      else made.stop();
      return made;
    });
    this.#loading.catch(() => (this.#loading = null));
    return this.#loading;
  }

  received(event) {
    this.#made?.received(event);
  }

  /** @param {import('../types.d.ts').Phase} phase of the connection to the server */
  moved(phase) {
    if (ENDED.includes(phase)) this.#made?.drop();
    else this.#made?.connected(phase === 'connected');
  }

  stop() {
    this.#runs++;
    this.#made?.stop();
    this.#made = null;
    this.#loading = null;
  }
}

/** Whether the person may start and join the call of a room: who may post may. */
export function mayCall(room, now = serverNow()) {
  return Boolean(room) && room.role !== 'none' && room.role !== 'guest' && !isMuted(room, now);
}

/** The call of a room that someone is in, or null. */
export function ongoing(room) {
  return room?.call?.people.length ? room.call : null;
}
