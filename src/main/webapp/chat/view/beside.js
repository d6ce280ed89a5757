/** Popovers beside their buttons. Each knows where it goes; this says when. */

/** What follows each popover now. @type {WeakMap<HTMLElement, () => void>} */
const following = new WeakMap();
/** The time between a press and what it does, in milliseconds. */
const PRESS_LASTS = 1_000;
/** The anchor whose popover was closed by a press on it, and when it was clicked. @type {{ anchor: HTMLElement, at: number } | null} */
let again = null;

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
  const pressed = () => {
    const at = performance.now();
    const clicked = () => (again = performance.now() - at < PRESS_LASTS ? { anchor, at: performance.now() } : null);
    anchor.addEventListener('click', clicked, { capture: true, once: true });
  };
  const look = () => {
    // It may have been opened again, beside another anchor.
    if (following.get(node) !== look || !node.isConnected || !node.matches(':popover-open')) {
      if (following.get(node) === look) following.delete(node);
      return anchor.removeEventListener('pointerdown', pressed, { capture: true });
    }
    const { left, top, width, height } = anchor.getBoundingClientRect();
    const now = [left, top, innerWidth, innerHeight, node.offsetWidth, node.offsetHeight].join();
    // An anchor that is gone has no place.
    if (now !== before && (width || height)) put();
    before = now;
    requestAnimationFrame(look);
  };
  following.set(node, look);
  anchor.addEventListener('pointerdown', pressed, { capture: true });
  put();
  look();
}

/**
 * Whether this click on a button has closed what the button had opened: a press outside of a popover closes it, and the click that follows
 * must not open it again.
 *
 * @param {HTMLElement} anchor
 */
export function isPressedAgain(anchor) {
  const closed = again !== null && again.anchor === anchor && performance.now() - again.at < PRESS_LASTS;
  again = null;
  return closed;
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

/**
 * Puts a popover at a place in the window, but so far from its edges at least.
 *
 * @param {HTMLElement} node
 * @param {number} left
 * @param {number} top
 * @param {number} gap
 */
export function putInside(node, left, top, gap) {
  const { width, height } = node.getBoundingClientRect();
  const clamp = (at, most) => Math.max(gap, Math.min(at, most - gap));
  putAt(node, clamp(left, innerWidth - width), clamp(top, innerHeight - height));
}
