/** Where things are, seen from this folder. The bundle and the npm package have other modules in this place: they are elsewhere. */

/** The address of the application that this module came from, ending with a slash. */
export function application() {
  return new URL('..', import.meta.url);
}

/** The address of the service worker for Web Push, or null where there is none. @returns {URL | null} */
export function pushWorker() {
  return new URL('push-worker.js', import.meta.url);
}
