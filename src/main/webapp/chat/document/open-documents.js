/**
 * The documents that the person has open on this page, and those that were closed with changes on their way. Copies are made and ended here;
 * events of documents come here.
 */
import { KeptDocuments } from './kept-documents.js';
import { Copy } from './copy.js';

/** Copies of a page. The server allows 16 documents on a connection. */
export const MOST_OPEN = 12;

export class OpenDocuments {
  #parts;
  #kept;
  /** @type {Map<string, { copy: Copy, users: number, listeners: Set<() => void> }>} */
  #open = new Map();
  #listeners = new Set();
  #ended = false;

  /**
   * `parts` are the session's `request`, `tell`, `rest`, `state()` and `user()`, and `left(on)`, which remembers whether there are changes
   * that were not sent.
   *
   * @param {any} parts
   * @param {KeptDocuments} [kept]
   */
  constructor(parts, kept = new KeptDocuments(parts.owner())) {
    this.#parts = parts;
    this.#kept = kept;
  }

  /** Calls `listener(event)` after a document of a room was created, renamed or deleted. Returns a function that ends this. */
  whenListed(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens a document. `changed()` is called after each change of its status. Returns the copy, or null if too many are open. */
  open(room, id, changed = () => {}) {
    const known = this.#open.get(id);
    const entry = known ?? this.#make(room, id);
    if (entry === null) return null;
    entry.users++;
    entry.listeners.add(changed);
    return entry.copy;
  }

  /** The page shows the document no longer. It stays open until its changes are sent. */
  close(copy, changed) {
    const entry = this.#open.get(copy.id);
    if (!entry || entry.copy !== copy) return;
    entry.users--;
    entry.listeners.delete(changed);
    copy.moved(null);
    copy.flush();
    this.#settle(entry);
  }

  /** Gives up the person's changes that the server refuses. Returns the copy that takes the place of this one. */
  async discard(copy, changed) {
    await copy.discard();
    this.#remove(copy);
    return this.open(copy.room, copy.id, changed);
  }

  received(event) {
    if (event.type === 'document.renamed' && event.title) this.#open.get(event.document)?.copy.renamed(event.title);
    if (LISTED.includes(event.type)) for (const listener of [...this.#listeners]) listener(event);
    else this.#open.get(event.document)?.copy.received(event);
  }

  connected(on) {
    for (const { copy } of [...this.#open.values()]) copy.connected(on);
    if (on) this.sendLeft();
  }

  /** Sends what earlier pages left. */
  async sendLeft() {
    for (const { room, id } of await this.#kept.left()) {
      if (this.#ended || this.#open.size >= MOST_OPEN) return;
      if (this.#open.has(id)) continue;
      // The server knows what the person may do.
      this.open(room, id)?.allow(true);
      const entry = this.#open.get(id);
      if (entry) entry.users--;
    }
  }

  /** Resolves when everything is on the disk. */
  flush() {
    return Promise.all([...this.#open.values()].map(({ copy }) => copy.flush()));
  }

  stop() {
    this.#ended = true;
    for (const { copy } of [...this.#open.values()]) copy.end();
    this.#open.clear();
    this.flush().then(() => this.#kept.close());
  }

  /** The documents of a room, oldest first. */
  async list(room) {
    return (await this.#parts.rest.documents('GET', room)).documents;
  }

  create(room, title) {
    return this.#parts.rest.documents('POST', room, '', { title });
  }

  rename(room, id, title) {
    return this.#parts.rest.documents('PATCH', room, `/${id}`, { title });
  }

  async delete(room, id) {
    await this.#parts.rest.documents('DELETE', room, `/${id}`);
    await this.#kept.forget(id);
  }

  /** @returns {{ copy: Copy, users: number, listeners: Set<() => void> } | null} */
  #make(room, id) {
    if (this.#open.size >= MOST_OPEN) return null;
    const { request, tell, rest, user, connected, state } = this.#parts;
    /** @type {Set<() => void>} */
    const listeners = new Set();
    const link = {
      request,
      tell,
      connected,
      snapshot: (document, version, snapshot) => rest.storeSnapshot(room, document, version, snapshot),
      download: (document, version) => rest.snapshot(room, document, version),
      changes: (document, after) => rest.documents('GET', room, `/${document}/changes?after=${after}`),
      text: async (document, version, text) => state().features.includes('search') && rest.documents('PUT', room, `/${document}/text`, { version, text }),
    };
    const copy = new Copy({ room, id, user: user(), link, kept: this.#kept, onChange: () => this.#changed(id) });
    const entry = { copy, users: 0, listeners };
    this.#open.set(id, entry);
    copy.start();
    return entry;
  }

  #changed(id) {
    const entry = this.#open.get(id);
    if (!entry) return;
    this.#parts.left([...this.#open.values()].some(({ copy }) => copy.status.unsent > 0));
    for (const listener of [...entry.listeners]) listener();
    this.#settle(entry);
  }

  /** Ends a copy that nobody shows, once it has nothing to send or can't send it. */
  #settle({ copy, users }) {
    const { phase, unsent, refused, loaded } = copy.status;
    if (users > 0) return;
    if (phase !== 'ended' && unsent > 0 && !refused) return;
    if (phase === 'loading' && !loaded) return;
    this.#remove(copy);
    if (phase === 'live' || phase === 'loading') this.#parts.request('document.close', { room: copy.room, document: copy.id }).catch(() => {});
    copy.end();
  }

  #remove(copy) {
    if (this.#open.get(copy.id)?.copy === copy) this.#open.delete(copy.id);
  }
}

/** Events of the room's log. */
const LISTED = ['document.created', 'document.renamed', 'document.deleted'];
