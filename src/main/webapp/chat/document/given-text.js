/**
 * Gives the server the text of a document, so that search finds it: some seconds after a change of the person, and when the document is
 * closed. The server can't read updates. Its text may be some seconds behind, and what can't be given is given with the next change.
 */
const GIVE_AFTER = 5_000;
/** Characters of a text that the server searches. */
const LONGEST = 100_000;

export class GivenText {
  #give;
  #due = false;
  #timer = /** @type {any} */ (0);

  /** `give()` gives the text, if that is possible now, and resolves to whether it did. It never rejects. */
  constructor(give) {
    this.#give = give;
  }

  /** A change of the person is stored. */
  changed() {
    this.#due = true;
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.now();
    }, GIVE_AFTER);
  }

  /** Gives what is due. */
  async now() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#due) return;
    this.#due = false;
    if (!(await this.#give())) this.#due = true;
  }

  end() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }
}

/** The part of a text that is searched, without what is no text. */
export function searchable(text) {
  return text.slice(0, LONGEST).replace(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ' ');
}
