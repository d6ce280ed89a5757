/**
 * The outbox's entries on this machine's disk, in IndexedDB, so that they outlive the page. Each belongs to an owner, the
 * list of a server and a user, and has a holder, the outbox that sends it.
 * Where there is no IndexedDB (a private window, storage forbidden, a full disk) nothing is written and nothing is
 * found: messages then live as long as the page, which nobody is told, for there is nothing they could do.
 * It must never throw, nor keep the outbox waiting: sending goes before keeping.
 */
const DATABASE = 'parley';
const STORE = 'unsent';
const VERSION = 2;
/** Entries kept for one owner; a message beyond them lives as long as its page. */
export const MOST_WRITTEN = 200;
const OPEN_WITHIN = 5_000;
const ANSWER_WITHIN = 1_500;

export class Unsent {
  #owner;
  #opened;

  constructor(owner, factory = indexedDatabases()) {
    this.#owner = owner;
    this.#opened = factory ? Promise.race([opening(factory).catch(nothing), after(OPEN_WITHIN)]) : Promise.resolve();
  }

  /** Writes an entry, or writes it anew; when the promise is kept it is on the disk, or cannot be. */
  put(entry) {
    const written = this.#stored(async (store) => {
      const [known, kept] = await Promise.all([answer(store.getKey([this.#owner, entry.key])), answer(store.count(this.#all()))]);
      if (known || kept < MOST_WRITTEN) await answer(store.put({ ...entry, owner: this.#owner }));
    });
    return Promise.race([written, after(ANSWER_WITHIN)]);
  }

  remove(key) {
    return this.#stored((store) => answer(store.delete([this.#owner, key])));
  }

  /** Hands entries whose holder is not among `living` to `holder`, the oldest first and so many at most; gives those. */
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

  /** Removes all that the owner has on this disk, other tabs' entries too, and closes. */
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

  /** What `task` gives once its transaction is complete, or nothing. */
  #stored(task) {
    return this.#opened.then((database) => database && transacted(database, task)).catch(nothing);
  }
}

/** Even to name it throws where storage is forbidden in some browsers. */
function indexedDatabases() {
  try {
    return globalThis.indexedDB;
  } catch {
    return undefined;
  }
}

async function opening(factory) {
  const request = factory.open(DATABASE, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) request.result.createObjectStore(STORE, { keyPath: ['owner', 'key'] });
    else splitOwners(request.transaction.objectStore(STORE));
  };
  const database = await answer(request);
  // A newer version of this page wants to change the database: it must not have to wait for this one.
  database.onversionchange = () => database.close();
  return database;
}

/** Version 1 joined server and user with a blank; a server's address has none, so the first one divides them. */
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

/**
 * Durability is left relaxed, which is a crash of the browser but not of the machine: strict would have each message wait
 * for the disk.
 */
async function transacted(database, task) {
  const transaction = database.transaction(STORE, 'readwrite');
  const complete = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  complete.catch(nothing);
  const result = await task(transaction.objectStore(STORE));
  await complete;
  return result;
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function nothing() {}
