/**
 * The previews of a message's links. Their space is reserved at once, so that nothing moves when pictures arrive; what fills it is loaded
 * with the first preview that is shown.
 */
import { strings } from '../strings.js';
import { h } from '../view/dom.js';

/**
 * @param {{ previews?: import('../types.d.ts').LinkPreview[] }} message
 * @param {any} actions
 */
export function previews(message, actions) {
  const places = /** @type {import('../types.d.ts').LinkPreview[]} */ (message.previews).map(() => h('li', { class: 'preview' }));
  const node = h('ul', { class: 'previews', 'aria-label': strings.previews.title }, places);
  import('../panels.js').then(({ fillPreviews }) => fillPreviews(places, message, actions), () => {});
  return node;
}

/**
 * A text that is equal for lists of previews that look the same.
 *
 * @param {import('../types.d.ts').LinkPreview[] | undefined} previews
 */
export function textOf(previews) {
  return previews && JSON.stringify(previews.map(({ url, title, text, picture }) => [url, title, text, picture]));
}
