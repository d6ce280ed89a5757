/**
 * What a session's connections count and measure. It begins with the session and ends with it, and stays in this page.
 */
import { elapsed, serverNow } from '../clock.js';

/** Round trips that are kept. Beyond that the oldest is dropped. */
export const MOST_ROUND_TRIPS = 20;

export class Stats {
  #changed;
  #sent = 0;
  #received = 0;
  #errors = 0;
  #connections = 0;
  #resumes = 0;
  #transport = /** @type {import('../types.d.ts').Transport | null} */ (null);
  #since = /** @type {number | null} */ (null);
  #lastSent = /** @type {number | null} */ (null);
  #lastReceived = /** @type {number | null} */ (null);
  #roundTrips = /** @type {number[]} */ ([]);

  /** `changed()` is called after each change. */
  constructor(changed = () => {}) {
    this.#changed = changed;
  }

  /** A frame was sent. */
  sent() {
    this.#sent++;
    this.#lastSent = elapsed();
    this.#changed();
  }

  /** A frame arrived. `refused`: it is the refusal of a command. */
  received(refused = false) {
    this.#received++;
    if (refused) this.#errors++;
    this.#lastReceived = elapsed();
    this.#changed();
  }

  /** @param {import('../types.d.ts').Transport} transport */
  connected(transport) {
    this.#connections++;
    this.#transport = transport;
    this.#since = elapsed();
    this.#changed();
  }

  disconnected() {
    if (this.#transport === null) return;
    this.#transport = this.#since = null;
    this.#changed();
  }

  /** A room resumed from its position. */
  resumed() {
    this.#resumes++;
    this.#changed();
  }

  /** The reply to a ping took so many milliseconds. */
  pinged(milliseconds) {
    this.#roundTrips = [...this.#roundTrips, Math.round(milliseconds * 10) / 10].slice(-MOST_ROUND_TRIPS);
    this.#changed();
  }

  /**
   * The numbers now. Times are the server's, in milliseconds since 1970.
   *
   * @returns {Omit<import('../types.d.ts').SessionStats, 'unsent'>}
   */
  get now() {
    const ahead = serverNow() - elapsed();
    const time = (/** @type {number | null} */ at) => (at === null ? null : Math.round(at + ahead));
    return {
      transport: this.#transport,
      connectedAt: time(this.#since),
      sent: this.#sent,
      received: this.#received,
      errors: this.#errors,
      reconnections: Math.max(0, this.#connections - 1),
      resumes: this.#resumes,
      lastSentAt: time(this.#lastSent),
      lastReceivedAt: time(this.#lastReceived),
      roundTrips: this.#roundTrips,
      clockOffset: Math.round(serverNow() - Date.now()),
    };
  }
}
