/** IndexedDB with promises. */

/** The browser's databases, or undefined: some browsers throw on the mere access when storage is blocked. */
export function indexedDatabases() {
  try {
    return globalThis.indexedDB;
  } catch {
    return undefined;
  }
}

/**
 * Opens a database. `upgrade(request, event)` makes its stores.
 *
 * @param {IDBFactory} factory
 * @param {string} name
 * @param {number} version
 * @param {(request: IDBOpenDBRequest, event: IDBVersionChangeEvent) => void} upgrade
 */
export async function opening(factory, name, version, upgrade) {
  const request = factory.open(name, version);
  request.onupgradeneeded = (event) => upgrade(request, event);
  const database = await answer(request);
  // Another page upgrades the database, or deletes it when the person signs out there: don't block it.
  database.onversionchange = () => database.close();
  return database;
}

/**
 * Resolves to the result of `task(stores)`, with the stores by name, once its transaction is complete. Relaxed durability survives a crash of
 * the browser but not of the machine. With `strict`, each task would wait for the disk.
 *
 * @param {IDBDatabase} database
 * @param {string[]} names
 * @param {(stores: any) => any} task
 */
export async function transacted(database, names, task) {
  const transaction = database.transaction(names, 'readwrite');
  const complete = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  complete.catch(() => {});
  const result = await task(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])));
  await complete;
  return result;
}

/** @param {IDBRequest} request */
export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
