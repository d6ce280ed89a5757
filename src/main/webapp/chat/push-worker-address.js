/** Where the service worker is: in this folder, where the bundle is too. */
export function pushWorker() {
  return new URL('./push-worker.js', import.meta.url);
}
