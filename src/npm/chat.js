/** What the components of all frameworks share. */

/** Loads the code of the element. */
export async function loadChat() {
  await import('./element.js');
}

/** The element's events and the callbacks of a component. */
export const EVENTS = /** @type {const} */ ({
  'parley-room': 'onRoom',
  'parley-unread': 'onUnread',
  'parley-signed-out': 'onSignedOut',
  'parley-error': 'onError',
  'parley-stats': 'onStats',
});

/**
 * Passes the element's events to the callbacks in `props()`. Returns a function that ends this.
 *
 * @param {EventTarget} element
 * @param {() => Record<string, any>} props
 */
export function listen(element, props) {
  const ends = Object.entries(EVENTS).map(([type, name]) => {
    const listener = (/** @type {any} */ { detail }) => props()[name]?.(detail);
    element.addEventListener(type, listener);
    return () => element.removeEventListener(type, listener);
  });
  return () => ends.forEach((end) => end());
}

/**
 * The element's attributes for a component's properties. Undefined ones are left out.
 *
 * @param {Record<string, any>} props
 */
export function attributesOf({ server, room, single, shared, lang, theme, links }) {
  const all = { server, room, single: single ? '' : undefined, shared: shared ? '' : undefined, lang, theme, links: links === false ? 'off' : undefined };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null));
}
