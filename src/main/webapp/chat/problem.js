/**
 * A refusal: an error reply or problem body from the server, or a failure that the client found itself. `code` is one of the protocol's
 * error codes. `lost` means that the connection closed before the reply, so the command may or may not have been carried out. It never
 * contains a token.
 */
export class Problem extends Error {
  /** @param {import('./types.d.ts').Refusal} refusal */
  constructor({ code = 'internal', message = '', temporary = false, retryAfter, lost = false }) {
    super(message || code);
    this.name = 'Problem';
    this.code = code;
    this.temporary = temporary;
    this.retryAfter = retryAfter;
    this.lost = lost;
  }
}
