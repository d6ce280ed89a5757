/** Takes the place of the client's module in the bundle, whose code is one folder deeper. */

export function application() {
  return new URL('../..', import.meta.url);
}

export function pushWorker() {
  return new URL('../push-worker.js', import.meta.url);
}
