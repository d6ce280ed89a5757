/**
 * The credentials for the TURN server that relays media. They expire, so they are asked for again before. A deployment may have no such
 * server: calls then work only between browsers that reach each other.
 */
import { delay } from '../backoff.js';
import { elapsed, serverNow } from '../clock.js';

/** Other credentials are asked for when this part of their time is over. */
const RENEWED_AFTER = 0.75;
/** Credentials that expire earlier than this are not used any more, in milliseconds. */
const MARGIN = 30_000;
/** A renewal comes no sooner than this after the last one, and a timer lasts no longer than this. */
const SHORTEST = 10_000;
const LONGEST = 24 * 3_600_000;

/** @typedef {{ urls: string[], username: string, credential: string, expires: string }} Credentials */

export class Turn {
  #ask;
  #renewed;
  /** Null if there is no TURN server; undefined if it is not known. @type {Credentials | null | undefined} */
  #now;
  #asking = /** @type {Promise<Credentials | null | undefined> | null} */ (null);
  #timer = /** @type {any} */ (0);
  #attempt = 0;
  #ended = false;

  /**
   * `ask()` resolves to credentials, or rejects with a Problem. `renewed()` is called when there are others.
   *
   * @param {{ ask: () => Promise<Credentials>, renewed: () => void }} options
   */
  constructor({ ask, renewed }) {
    this.#ask = ask;
    this.#renewed = renewed;
  }

  /** Resolves to valid credentials, to null without a TURN server, or to undefined if the server does not say. */
  load() {
    if (this.#now === null || this.#isValid) return Promise.resolve(this.#now);
    this.#asking ??= this.#load().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** The servers for an RTCPeerConnection, as far as they are known. */
  get servers() {
    if (!this.#now) return [];
    const { urls, username, credential } = this.#now;
    return [{ urls, username, credential }];
  }

  /** Whether the deployment has a TURN server; null if it is not known. */
  get exists() {
    return this.#now === undefined ? null : this.#now !== null;
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  get #isValid() {
    return Boolean(this.#now) && Date.parse(/** @type {Credentials} */ (this.#now).expires) - serverNow() > MARGIN;
  }

  async #load() {
    try {
      this.#now = await this.#ask();
      this.#attempt = 0;
      this.#renewIn((Date.parse(this.#now.expires) - serverNow()) * RENEWED_AFTER);
      this.#renewed();
    } catch (problem) {
      if (problem.code === 'not_found' || problem.code === 'unsupported') this.#now = null;
      else this.#renewIn(delay(this.#attempt++));
    }
    return this.#now;
  }

  #renewIn(milliseconds) {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    const from = elapsed();
    const wait = Math.min(Math.max(milliseconds || 0, SHORTEST), LONGEST);
    this.#timer = setTimeout(() => this.#renew(milliseconds - (elapsed() - from)), wait);
  }

  #renew(left) {
    if (left > SHORTEST) return this.#renewIn(left);
    this.#asking ??= this.#load().finally(() => (this.#asking = null));
  }
}
