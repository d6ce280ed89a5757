/**
 * Exponential backoff with full jitter, between 0.5 s and 30 s. Jitter keeps clients that lost their connections together from coming back
 * together.
 */
export const SHORTEST = 500;
export const LONGEST = 30_000;

/**
 * Milliseconds to wait before an attempt.
 *
 * @param {number} attempt 0 is the first
 * @param {() => number} [random] in [0, 1)
 */
export function delay(attempt, random = Math.random) {
  const ceiling = Math.min(LONGEST, 2 * SHORTEST * 2 ** Math.min(attempt, 16));
  return Math.round(SHORTEST + random() * (ceiling - SHORTEST));
}

/** @param {number} milliseconds */
export function sleep(milliseconds) {
  return /** @type {Promise<void>} */ (new Promise((resolve) => setTimeout(resolve, milliseconds)));
}
