/**
 * Pictures as objects of the page: the browser can't send a token for an image. The least used are released beyond a bound, and all of them
 * with the page.
 */

/** Pictures that stay in memory. */
const MOST = 150;

/** @type {Map<string, Promise<string>>} */
const loaded = new Map();

/**
 * Shows a picture when it comes near the visible part of the page.
 *
 * @param {any} access
 * @param {string} path
 * @param {HTMLImageElement} image
 */
export async function picture(access, path, image) {
  if (!loaded.has(path)) await seen(image);
  const url = await object(access, path);
  image.src = url;
  await image.decode().catch(() => {});
}

/** The address of the bytes at a path. */
export function object(access, path) {
  const before = loaded.get(path);
  const url = before ?? access.blob(path).then((blob) => URL.createObjectURL(blob));
  loaded.delete(path);
  loaded.set(path, url);
  if (!before) url.catch(() => loaded.delete(path));
  if (loaded.size > MOST) release(/** @type {string} */ (loaded.keys().next().value));
  return url;
}

function release(path) {
  const url = loaded.get(path);
  loaded.delete(path);
  // An image that is shown keeps its pixels.
  url?.then((address) => URL.revokeObjectURL(address), () => {});
}

/** Releases all pictures, so that none stays for the next person. */
export function releaseAll() {
  for (const path of [...loaded.keys()]) release(path);
}

/** Waits until an element comes near the visible part of the page. */
export function seen(element) {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        resolve(null);
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
  });
}
