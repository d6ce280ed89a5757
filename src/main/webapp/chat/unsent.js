/**
 * The outbox's entries in IndexedDB, so that they outlive the page. Each belongs to an owner, `[server, user]`, and has a holder, the
 * outbox that sends it. Without IndexedDB (private window, storage blocked, disk full) nothing is stored, and messages live as long as the
 * page. It never throws and never blocks the outbox: sending comes before storing.
 */
import { sleep } from './backoff.js';
import { answer, indexedDatabases, opening, transacted } from './indexed.js';

const DATABASE = 'parley';
const STORE = 'unsent';
const VERSION = 2;
/** Entries stored for one owner. A message beyond that lives as long as its page. */
export const MOST_WRITTEN = 200;
const OPEN_WITHIN = 5_000;
const ANSWER_WITHIN = 1_500;

export class Unsent {
  #owner;
  #opened;

  /**
   * @param {import('./types.d.ts').Owner} owner
   * @param {IDBFactory | null} [factory]
   */
  constructor(owner, factory = indexedDatabases()) {
    this.#owner = owner;
    this.#opened = factory ? Promise.race([opening(factory, DATABASE, VERSION, upgrade).catch(nothing), sleep(OPEN_WITHIN)]) : Promise.resolve();
  }

  /** Stores or replaces an entry. Resolves once it is on the disk or can't be stored. */
  put(entry) {
    const written = this.#stored(async (store) => {
      const [known, kept] = await Promise.all([answer(store.getKey([this.#owner, entry.key])), answer(store.count(this.#all()))]);
      if (known || kept < MOST_WRITTEN) await answer(store.put({ ...entry, owner: this.#owner }));
    });
    return Promise.race([written, sleep(ANSWER_WITHIN)]);
  }

  remove(key) {
    return this.#stored((store) => answer(store.delete([this.#owner, key])));
  }

  /** Assigns entries whose holder is not in `living` to `holder`, oldest first, `most` at most. Resolves to those entries. */
  async adopt(holder, living, most) {
    const adopted = await this.#stored(async (store) => {
      const all = await answer(store.getAll(this.#all()));
      const left = all.filter((entry) => !living.has(entry.holder)).sort((a, b) => a.order - b.order);
      const mine = left.slice(0, most).map((entry) => ({ ...entry, holder }));
      await Promise.all(mine.map((entry) => answer(store.put(entry))));
      return mine;
    });
    return (adopted ?? []).map(({ owner: _, ...entry }) => entry);
  }

  /** Deletes all of the owner's entries, those of other tabs too, and closes. */
  erase() {
    const erased = this.#stored((store) => answer(store.delete(this.#all())));
    this.close();
    return erased;
  }

  close() {
    this.#opened.then((database) => database?.close());
    this.#opened = Promise.resolve();
  }

  #all() {
    return IDBKeyRange.bound([this.#owner], [this.#owner, []]);
  }

  /** Resolves to the result of `task` once its transaction is complete, or to undefined if it failed. */
  #stored(task) {
    return this.#opened.then((database) => database && transacted(database, [STORE], (stores) => task(stores[STORE]))).catch(nothing);
  }
}

/** @param {IDBOpenDBRequest} request */
function upgrade(request, { oldVersion }) {
  if (oldVersion < 1) request.result.createObjectStore(STORE, { keyPath: ['owner', 'key'] });
  else splitOwners(/** @type {IDBTransaction} */ (request.transaction).objectStore(STORE));
}

/** Version 1 joined server and user with a space. A server's URL has none, so the first space separates them. */
function splitOwners(store) {
  store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    const { owner, ...entry } = cursor.value;
    const blank = typeof owner === 'string' ? owner.indexOf(' ') : -1;
    if (blank > 0) {
      cursor.delete();
      store.put({ ...entry, owner: [owner.slice(0, blank), owner.slice(blank + 1)] });
    }
    cursor.continue();
  };
}

function nothing() {}
