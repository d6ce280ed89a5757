/** Who made a version of a document, and when: read in pages, when a version of a page is looked at. */
const PAGE = 1_000;

export class Changes {
  #read;
  /** @type {Map<number, Promise<any[]>>} */
  #pages = new Map();

  /** `read(after)` resolves to the changes of the next 1,000 versions, as the server has them. */
  constructor(read) {
    this.#read = read;
  }

  /**
   * The change that made a version, or null if the server has none. A page that can't be read is asked for again the next time.
   *
   * @param {number} version
   * @returns {Promise<{ by: { id: string, name?: string }, at?: string } | null>}
   */
  async of(version) {
    const after = Math.floor((version - 1) / PAGE) * PAGE;
    if (!this.#pages.has(after)) {
      const reading = Promise.resolve(this.#read(after)).then(({ changes }) => changes);
      this.#pages.set(after, reading);
      reading.catch(() => this.#pages.delete(after));
    }
    const changes = await /** @type {Promise<any[]>} */ (this.#pages.get(after));
    return changes.find(({ first, last }) => first <= version && version <= last) ?? null;
  }
}
