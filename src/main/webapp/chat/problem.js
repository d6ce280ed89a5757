/**
 * A refusal, as the server words it in an error reply or a problem body, or as the client finds it itself.
 * `code` is one of the protocol's error codes. `lost` says that the connection went before a reply came, so the
 * command may or may not have happened. It must never carry a token.
 */
export class Problem extends Error {
  constructor({ code = 'internal', message = '', temporary = false, retryAfter, lost = false }) {
    super(message || code);
    this.name = 'Problem';
    this.code = code;
    this.temporary = temporary;
    this.retryAfter = retryAfter;
    this.lost = lost;
  }
}
