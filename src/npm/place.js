/** Takes the place of the client's module in the npm package, where a page's bundler decides where the code is. */

/** The element's default: the application at its usual path on the page's own origin. */
export function application() {
  return new URL('/parley/', document.baseURI);
}

/** A service worker must come from the page's origin, so Web Push is left to the page. @returns {URL | null} */
export function pushWorker() {
  return null;
}
