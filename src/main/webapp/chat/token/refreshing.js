/**
 * Keeps a connection's token fresh: before it expires it asks the portal for another and hands that to the server. A
 * portal that still gives the old one is asked again, ever closer to the end. It must never keep a token.
 */
import { delay } from '../backoff.js';

/** What part of the time that is left passes before the next attempt. */
const SHARE = 0.8;
const SHORTEST = 1_000;
/** A browser's timers can't wait longer than 24 days. */
const LONGEST = 86_400_000;

export class Refreshing {
  #token;
  #ask;
  #anew;
  #signedOut;
  #timer = 0;
  #failures = 0;
  #stopped = false;

  /**
   * `token()` gives a promise of a token, or of null when nobody is signed in; `ask(token)` one of the server's `ok`.
   * `anew()` connects anew, for the server takes this token on no connection that is there; `signedOut()` ends it all.
   */
  constructor({ token, ask, anew, signedOut }) {
    this.#token = token;
    this.#ask = ask;
    this.#anew = anew;
    this.#signedOut = signedOut;
  }

  /** Refreshes in time before `expires`, as the server wrote it, and again before each token's end. */
  before(expires) {
    const left = Date.parse(expires) - Date.now();
    if (left > 0) this.#after(Math.min(Math.max(left * SHARE, SHORTEST), LONGEST));
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
      const { expires } = await this.#ask(token);
      this.#failures = 0;
      this.before(expires);
    } catch (problem) {
      if (this.#stopped) return;
      if (problem.code === 'forbidden') this.#anew();
      else this.#after(delay(this.#failures++));
    }
  }
}
