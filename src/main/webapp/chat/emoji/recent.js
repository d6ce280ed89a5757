/** The emoji that a person chose last, and their skin tone. Both belong to the person: see LocalData. */

/** Three rows of the picker. */
export const MOST_RECENT = 27;

/** @type {WeakMap<Element, () => import('../local-data.js').LocalData | null>} */
const owners = new WeakMap();

/**
 * `own()` is the local data of the person whose views are in this element.
 *
 * @param {Element} app
 * @param {() => import('../local-data.js').LocalData | null} own
 */
export function keepEmojiOf(app, own) {
  owners.set(app, own);
}

/** The last chosen emoji, the latest first. @param {Element} anchor @returns {string[]} */
export function recentEmoji(anchor) {
  return dataOf(anchor)?.get('emoji', 'recent') ?? [];
}

export function rememberEmoji(anchor, emoji) {
  const all = [emoji, ...recentEmoji(anchor).filter((one) => one !== emoji)];
  dataOf(anchor)?.set(all.slice(0, MOST_RECENT), 'emoji', 'recent');
}

/** The modifier of the skin tone, or an empty text. @param {Element} anchor @returns {string} */
export function skinTone(anchor) {
  return dataOf(anchor)?.get('emoji', 'tone') ?? '';
}

export function rememberTone(anchor, tone) {
  dataOf(anchor)?.set(tone, 'emoji', 'tone');
}

function dataOf(anchor) {
  const app = anchor.closest('.app');
  return (app && owners.get(app)?.()) ?? null;
}
