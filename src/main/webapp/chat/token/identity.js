/**
 * The caller's token from the portal: requested before each connect, before it expires and after a refusal. REST calls use the last one.
 * Only null means that nobody is signed in; anything else that is not a JWT is a TokenFailure. The token stays in this object and is never
 * logged.
 */
import { TokenFailure } from './failure.js';

/** A call to the portal that takes longer is abandoned. */
export const ANSWER_WITHIN = 15_000;
/** Characters of a token: the server takes a request's head of 16 KB. Browsers hide that it refused a longer one. */
export const LONGEST = 15_000;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export class Identity {
  /** @type {(failure: TokenFailure) => void} */
  #failed;
  #succeeded;
  #within;
  /** @type {string | null} */
  #token = null;

  /**
   * `provider` is the portal's `async () => token` and may be replaced at any time. After each call, `failed(failure)` or `succeeded()` is
   * called.
   *
   * @param {import('../types.d.ts').TokenProvider} provider
   * @param {{ failed?: (failure: TokenFailure) => void, succeeded?: () => void, within?: number }} [options] `within` is in milliseconds
   */
  constructor(provider, { failed = () => {}, succeeded = () => {}, within = ANSWER_WITHIN } = {}) {
    this.provider = provider;
    this.#failed = failed;
    this.#succeeded = succeeded;
    this.#within = within;
  }

  /** Asks the portal. Resolves to a JWT or null, or rejects with a TokenFailure. */
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
  if (given === null) return given;
  if (typeof given === 'string' && JWT.test(given)) return short(given);
  throw new TokenFailure('not_a_token', `The token provider gave ${kindOf(given)} instead of a JWT or null.`);
}

function short(token) {
  if (token.length <= LONGEST) return token;
  throw new TokenFailure('too_long', `The token has ${token.length} characters, and a server takes ${LONGEST} at most. It may contain too many groups.`);
}

function kindOf(given) {
  if (typeof given !== 'string') return typeof given === 'object' ? 'an object' : String(typeof given);
  if (given.trim() === '') return 'an empty string';
  return given.trimStart().startsWith('<') ? 'an HTML page' : `a string of ${given.length} characters`;
}
