/**
 * What the browser keeps of documents in IndexedDB, for one person on one server: each opened document as the server had it, and the
 * person's changes that the server hasn't stored. So a document opens and can be edited without a network, also after a reload. Tabs share it:
 * all of them may send a change that was left, because its key makes a repetition harmless. Without IndexedDB, documents live as long as the page.
 * It never throws.
 */
import { sleep } from '../backoff.js';
import { answer, indexedDatabases, opening, transacted } from '../indexed.js';
import { databaseOf } from './access.js';

const VERSION = 1;
const OPEN_WITHIN = 5_000;
/** Documents that are kept. Beyond that, the ones that were opened longest ago go, except those with changes that were not sent. */
export const MOST_KEPT = 50;

/**
 * @typedef {object} Kept
 * @property {string} title
 * @property {number} version
 * @property {Uint8Array[]} updates that make the document of this version
 * @property {import('./unsent-changes.js').Change[]} unsent
 */

export class KeptDocuments {
  #opened;

  /**
   * @param {import('../types.d.ts').Owner} owner
   * @param {IDBFactory | null} [factory]
   */
  constructor(owner, factory = indexedDatabases()) {
    this.#opened = factory ? Promise.race([opening(factory, databaseOf(owner), VERSION, upgrade).catch(nothing), sleep(OPEN_WITHIN)]) : Promise.resolve();
  }

  /** A document, or null if it isn't kept. @returns {Promise<Kept | null>} */
  async read(id) {
    const found = await this.#stored(['copies', 'updates', 'unsent'], async ({ copies, updates, unsent }) => {
      const copy = await answer(copies.get(id));
      const changes = await answer(unsent.getAll(within(id)));
      if (copy) await answer(copies.put({ ...copy, at: Date.now() }));
      return { copy, changes, later: copy ? await answer(updates.getAll(IDBKeyRange.bound([id, copy.version + 1], [id, Infinity]))) : [] };
    });
    if (!found || (!found.copy && !found.changes.length)) return null;
    const { copy, changes, later } = found;
    const following = later.filter(({ version }, n) => version === copy.version + 1 + n);
    return {
      title: copy?.title ?? '',
      version: copy ? copy.version + following.length : 0,
      updates: copy ? [copy.state, ...following.map(({ update }) => update)] : [],
      unsent: changes.map(({ key, order, update }) => ({ key, order, update })),
    };
  }

  /** Keeps a document as it is at a version, together with the changes that it has beyond that. */
  keep(room, id, { title, version, state }, changes) {
    return this.#stored(['copies', 'updates', 'unsent'], async ({ copies, updates, unsent }) => {
      await answer(copies.put({ id, room, title, version, state, at: Date.now() }));
      for (const one of changes) unsent.put({ id, room, ...one });
      await answer(updates.delete(IDBKeyRange.bound([id, 0], [id, Infinity])));
      await makeSpace({ copies, updates, unsent }, id);
    });
  }

  /** Keeps updates of the server, `{version, update}`. */
  append(id, list) {
    return this.#stored(['updates'], ({ updates }) => Promise.all(list.map(({ version, update }) => answer(updates.put({ id, version, update })))));
  }

  /** Keeps changes that were not sent, in place of those with the keys `replaced`. */
  keepUnsent(room, id, changes, replaced = /** @type {string[]} */ ([])) {
    return this.#stored(['unsent'], ({ unsent }) => {
      const written = changes.map((one) => answer(unsent.put({ id, room, ...one })));
      return Promise.all([...written, ...replaced.map((key) => answer(unsent.delete([id, key])))]);
    });
  }

  dropUnsent(id, key) {
    return this.#stored(['unsent'], ({ unsent }) => answer(unsent.delete([id, key])));
  }

  /** Deletes a document with its changes. */
  forget(id) {
    return this.#stored(['copies', 'updates', 'unsent'], (stores) => forgotten(stores, id));
  }

  /** The documents with changes that were not sent, as `{room, id}`. */
  async left() {
    const all = (await this.#stored(['unsent'], ({ unsent }) => answer(unsent.getAll()))) ?? [];
    return [...new Map(all.map(({ room, id }) => [id, { room, id }])).values()];
  }

  close() {
    this.#opened.then((database) => database?.close());
    this.#opened = Promise.resolve();
  }

  /** Resolves to the result of `task` once its transaction is complete, or to undefined if it failed. */
  #stored(names, task) {
    return this.#opened.then((database) => database && transacted(database, names, task)).catch(nothing);
  }
}

async function makeSpace(stores, current) {
  if ((await answer(stores.copies.count())) <= MOST_KEPT) return;
  const all = (await answer(stores.copies.getAll())).filter(({ id }) => id !== current).sort((a, b) => a.at - b.at);
  for (const { id } of all) {
    if ((await answer(stores.unsent.count(within(id)))) > 0) continue;
    return forgotten(stores, id);
  }
}

async function forgotten({ copies, updates, unsent }, id) {
  copies.delete(id);
  updates.delete(IDBKeyRange.bound([id, 0], [id, Infinity]));
  await answer(unsent.delete(within(id)));
}

function within(id) {
  return IDBKeyRange.bound([id], [id, []]);
}

/** @param {IDBOpenDBRequest} request */
function upgrade(request) {
  request.result.createObjectStore('copies', { keyPath: 'id' });
  request.result.createObjectStore('updates', { keyPath: ['id', 'version'] });
  request.result.createObjectStore('unsent', { keyPath: ['id', 'key'] });
}

function nothing() {}
