/** Popovers beside their buttons. Each knows where it goes; this says when. */

/** What follows each popover now. @type {WeakMap<HTMLElement, () => void>} */
const following = new WeakMap();

/**
 * Calls `put` now and when the anchor or the popover has moved, while the popover is open. A popover has its place in the window, so it
 * would stay behind when the portal scrolls. No event tells all that moves an anchor, so each frame looks at it.
 *
 * @param {HTMLElement} node
 * @param {HTMLElement} anchor
 * @param {() => void} put
 */
export function beside(node, anchor, put) {
  let before = '';
  const look = () => {
    // It may have been opened again, beside another anchor.
    if (following.get(node) !== look || !node.isConnected || !node.matches(':popover-open')) return;
    const { left, top, width, height } = anchor.getBoundingClientRect();
    const now = [left, top, innerWidth, innerHeight, node.offsetWidth, node.offsetHeight].join();
    // An anchor that is gone has no place.
    if (now !== before && (width || height)) put();
    before = now;
    requestAnimationFrame(look);
  };
  following.set(node, look);
  put();
  look();
}

/**
 * Puts a popover at a place in the window. Its lengths are those of a portal that zooms, the window's are not.
 *
 * @param {HTMLElement} node
 * @param {number} left
 * @param {number} top
 */
export function putAt(node, left, top) {
  const zoom = /** @type {any} */ (node).currentCSSZoom ?? 1;
  node.style.setProperty('left', `${left / zoom}px`);
  node.style.setProperty('top', `${top / zoom}px`);
}
