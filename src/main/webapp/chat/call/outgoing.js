/**
 * Signals to one participant, sent one after the other. A signal whose reply was lost with the connection is sent again: negotiation bears
 * a repeated one. Bounded: what doesn't fit makes the negotiation begin again.
 */
import { sleep } from '../backoff.js';

/** Signals that wait. A negotiation needs about 30. */
export const MOST_WAITING = 64;
/** Bytes of the data of a signal, as the server counts them. */
export const MOST_BYTES = 16 * 1024;
/** The longest wait before a refused signal is sent again, in milliseconds, and how often that happens. */
const LONGEST_WAIT = 10_000;
const MOST_TRIES = 5;

/** Whether the server takes this as the data of a signal. */
export function fits(data) {
  return new TextEncoder().encode(JSON.stringify(data)).length <= MOST_BYTES;
}

export class Outgoing {
  #send;
  #failed;
  #waiting = /** @type {object[]} */ ([]);
  #sending = false;
  #open;
  #ended = false;

  /**
   * `send(data)` resolves when the server has passed the signal on. `failed(code)` says that signals were dropped: `too_large`, `full`, or
   * the code of a refusal.
   *
   * @param {{ send: (data: object) => Promise<any>, failed: (code: string) => void, open?: boolean }} options
   */
  constructor({ send, failed, open = true }) {
    this.#send = send;
    this.#failed = failed;
    this.#open = open;
  }

  /** @param {object} data */
  put(data) {
    if (this.#ended) return;
    if (!fits(data)) return this.#failed('too_large');
    if (this.#waiting.length >= MOST_WAITING) {
      this.#waiting = [];
      return this.#failed('full');
    }
    this.#waiting.push(data);
    this.#go();
  }

  /** Whether signals can be sent now. Until then they wait. */
  open(on) {
    this.#open = on;
    this.#go();
  }

  /** Drops what waits. */
  clear() {
    this.#waiting = [];
  }

  end() {
    this.#ended = true;
    this.clear();
  }

  async #go() {
    if (this.#sending) return;
    this.#sending = true;
    let tries = 0;
    while (this.#open && this.#waiting.length) {
      const [data] = this.#waiting;
      try {
        await this.#send(data);
        tries = 0;
        if (this.#waiting[0] === data) this.#waiting.shift();
      } catch (problem) {
        if (problem.lost) this.#open = false;
        else if (problem.temporary && ++tries < MOST_TRIES) await sleep(Math.min(problem.retryAfter ?? 1_000, LONGEST_WAIT));
        else this.#refused(problem.code);
      }
    }
    this.#sending = false;
  }

  #refused(code) {
    if (this.#ended) return;
    this.clear();
    this.#failed(code ?? 'internal');
  }
}
