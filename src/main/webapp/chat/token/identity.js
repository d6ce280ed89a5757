/**
 * The caller's token, as the portal gives it: asked for before every connect, before it expires and after a refusal; in
 * between the last one serves the REST calls. Only null means that nobody is signed in; what else is not a JWT is a TokenFailure.
 * It must never store a token anywhere but in this object, nor show one.
 */
import { TokenFailure } from './failure.js';

/** A call of the portal's that has not ended by then is abandoned. */
export const ANSWER_WITHIN = 15_000;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export class Identity {
  #failed;
  #succeeded;
  #within;
  #token = null;

  /**
   * `provider` is the portal's `async () => token` and may be replaced at any time; `failed(failure)` and `succeeded()` hear
   * of each call.
   */
  constructor(provider, { failed = () => {}, succeeded = () => {}, within = ANSWER_WITHIN } = {}) {
    this.provider = provider;
    this.#failed = failed;
    this.#succeeded = succeeded;
    this.#within = within;
  }

  /** Asks the portal; a promise of a JWT or null, which rejects with a TokenFailure. */
  async fresh() {
    try {
      this.#token = checked(await inTime(this.provider, this.#within));
      this.#succeeded();
      return this.#token;
    } catch (cause) {
      const failure = cause instanceof TokenFailure ? cause : new TokenFailure('rejected', 'The token provider failed.', cause);
      this.#failed(failure);
      throw failure;
    }
  }

  async current() {
    return this.#token ?? this.fresh();
  }
}

async function inTime(provider, milliseconds) {
  const failure = new TokenFailure('late', `The token provider gave no answer within ${milliseconds / 1_000} s.`);
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(failure), milliseconds)));
  try {
    return await Promise.race([provider(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function checked(given) {
  if (given === null || (typeof given === 'string' && JWT.test(given))) return given;
  throw new TokenFailure('not_a_token', `The token provider gave ${kindOf(given)} in place of a JWT or null.`);
}

function kindOf(given) {
  if (typeof given !== 'string') return typeof given === 'object' ? 'an object' : String(typeof given);
  if (given.trim() === '') return 'an empty text';
  return given.trimStart().startsWith('<') ? 'a page of HTML' : `a text of ${given.length} characters`;
}
