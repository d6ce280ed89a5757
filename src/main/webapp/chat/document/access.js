/**
 * A session's access to documents. What edits them is loaded on first use, or when an earlier page left changes that were not sent.
 */
const DOCUMENTS = 'documents';

export class DocumentAccess {
  #parts;
  /** @type {import('./open-documents.js').OpenDocuments | null} */
  #opened = null;
  #loading = /** @type {Promise<import('./open-documents.js').OpenDocuments> | null} */ (null);
  #runs = 0;

  /**
   * `parts` are the session's `request`, `tell`, `rest`, `state()`, `connected()`, `owner()` and `own()`.
   *
   * @param {any} parts
   */
  constructor(parts) {
    this.#parts = { ...parts, user: () => parts.state().user.id, left: (on) => this.#left(on) };
  }

  /** Whether the server has documents. */
  get on() {
    return this.#parts.state().features.includes(DOCUMENTS);
  }

  /** The person's open documents. Rejects if the code can't be loaded. */
  load() {
    const run = this.#runs;
    this.#loading ??= import('../documents.js').then(({ OpenDocuments }) => {
      const made = new OpenDocuments(this.#parts);
      if (run === this.#runs) this.#opened = made;
      else made.stop();
      return made;
    });
    this.#loading.catch(() => (this.#loading = null));
    return this.#loading;
  }

  received(event) {
    this.#opened?.received(event);
  }

  connected(on) {
    this.#opened?.connected(on);
    const left = on && !this.#opened && this.on && this.#parts.own()?.get(DOCUMENTS);
    if (left) this.load().then((opened) => opened.sendLeft(), () => {});
  }

  flush() {
    this.#opened?.flush();
  }

  stop() {
    this.#runs++;
    this.#opened?.stop();
    this.#opened = null;
    this.#loading = null;
  }

  /** Deletes what the browser keeps of the person's documents. */
  erase() {
    this.stop();
    try {
      indexedDB.deleteDatabase(databaseOf(this.#parts.owner()));
    } catch {
      // Blocked: nothing was kept.
    }
  }

  #left(on) {
    const own = this.#parts.own();
    if (own && Boolean(own.get(DOCUMENTS)) !== on) own.set(on || null, DOCUMENTS);
  }
}

/** The database of a person. */
export function databaseOf(owner) {
  return `parley documents ${JSON.stringify(owner)}`;
}
