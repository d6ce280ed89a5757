/**
 * Refreshes a connection's token: gets a new one from the portal before the old one expires, and sends it to the server. If the portal
 * still gives the old one, it is asked again, at shorter intervals. No token is kept here.
 */
import { delay } from '../backoff.js';
import { serverNow } from '../clock.js';

/** The share of the remaining time that passes before the next attempt. */
const SHARE = 0.8;
const SHORTEST = 1_000;
/** Browser timers can't wait longer than 24 days. */
const LONGEST = 86_400_000;

export class Refreshing {
  #token;
  #ask;
  #reconnect;
  #signedOut;
  #timer = 0;
  #failures = 0;
  #stopped = false;

  /**
   * `token()` resolves to a token, or to null when nobody is signed in. `ask(token)` sends it and resolves to the server's `ok`.
   * `reconnect()` is called when the server accepts the token only on a new connection, `signedOut()` when nobody is signed in.
   */
  constructor({ token, ask, reconnect, signedOut }) {
    this.#token = token;
    this.#ask = ask;
    this.#reconnect = reconnect;
    this.#signedOut = signedOut;
  }

  /**
   * Schedules the refresh before the token's end, and then one before the end of each new token. `expiresIn` is in milliseconds; servers
   * that don't send it send the time `expires`.
   *
   * @param {{ expiresIn?: number, expires?: string }} token
   */
  before({ expires = '', expiresIn = Date.parse(expires) - serverNow() }) {
    if (expiresIn > 0) this.#after(Math.min(Math.max(expiresIn * SHARE, SHORTEST), LONGEST));
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #after(milliseconds) {
    if (!this.#stopped) this.#timer = setTimeout(() => this.#refresh(), milliseconds);
  }

  async #refresh() {
    try {
      const token = await this.#token();
      if (this.#stopped) return;
      if (token === null) return this.#signedOut();
      const refreshed = await this.#ask(token);
      this.#failures = 0;
      this.before(refreshed);
    } catch (problem) {
      if (this.#stopped) return;
      if (problem.code === 'forbidden') this.#reconnect();
      else this.#after(delay(this.#failures++));
    }
  }
}
