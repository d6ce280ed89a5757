/** The card of a link preview: a link with title, text and picture, and, on own messages, a button that removes it. */
import { picture } from '../file/bytes.js';
import { address } from '../format/links.js';
import { strings } from '../strings.js';
import { h, icon } from '../view/dom.js';

const words = strings.previews;

/**
 * Fills the places of a message's previews.
 *
 * @param {HTMLElement[]} places
 * @param {any} message
 * @param {any} actions
 */
export function fill(places, message, actions) {
  for (const [n, place] of places.entries()) place.replaceChildren(...card(message.previews[n], message, actions));
}

function card(preview, message, actions) {
  const href = address(preview.url);
  if (!href) return [];
  const site = new URL(href).host;
  const name = preview.title ?? site;
  const about = h(
    'span',
    { class: 'preview-about' },
    h('span', { class: 'preview-site', dir: 'ltr' }, site),
    preview.title && h('span', { class: 'preview-title', dir: 'auto' }, preview.title),
    preview.text && h('span', { class: 'preview-text', dir: 'auto', 'data-lines': preview.title ? null : 2 }, preview.text),
  );
  const link = h('a', { class: 'preview-card', href, title: href, target: '_blank', rel: 'noopener noreferrer nofollow' }, about, image(preview, actions));
  const remove = actions.removePreview && actions.actsOn?.(message).unpreview && removing(preview, message, name, actions);
  return [link, remove].filter(Boolean);
}

/** If the server no longer has the picture, the card shows none. */
function image(preview, actions) {
  const access = actions.pictures?.();
  if (!preview.picture || !access) return null;
  const shown = h('img', { alt: '', decoding: 'async' });
  picture(access, `previews/${preview.picture}`, shown).catch(() => shown.remove());
  return shown;
}

function removing({ url }, message, name, actions) {
  const label = words.remove(name);
  return h('button', { type: 'button', class: 'round', 'aria-label': label, title: label, on: { click: () => actions.removePreview(message, url) } }, icon('close'));
}
