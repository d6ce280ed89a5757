/**
 * Why the portal gave no token. `reason` is `rejected` (its function threw), `late` (no answer in time), `http` (its address answered with
 * an error), `not_a_token` or `too_long`. The rest of the client treats it as a temporary problem. It never contains what the portal gave in place of a
 * token: that may be a secret.
 */
import { Problem } from '../problem.js';

export class TokenFailure extends Problem {
  /**
   * @param {'rejected' | 'late' | 'http' | 'not_a_token' | 'too_long'} reason
   * @param {string} message
   * @param {unknown} [cause]
   */
  constructor(reason, message, cause) {
    super({ code: 'unavailable', message, temporary: true });
    this.name = 'TokenFailure';
    this.reason = reason;
    this.cause = cause;
  }
}
