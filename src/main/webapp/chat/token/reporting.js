/** Logs to the console why there is no token: each different failure once, until the portal gives a token. */
const MOST_LOGGED = 20;

export class Reporting {
  #logged = new Set();

  failed(failure) {
    const kind = JSON.stringify([failure.message, String(failure.cause ?? '')]);
    if (this.#logged.has(kind) || this.#logged.size >= MOST_LOGGED) return;
    this.#logged.add(kind);
    console.error(`<parley-chat>: ${failure.message}`, ...(failure.cause === undefined ? [] : [failure.cause]));
  }

  succeeded() {
    this.#logged.clear();
  }
}
