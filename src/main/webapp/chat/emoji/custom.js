/**
 * Custom emoji: pictures that administrators added, written as `:name:`. Their list is loaded on first use, and again for a name that it lacks,
 * at most once a minute. What is no custom emoji stays text.
 */
import { object } from '../file/bytes.js';
import { ranked } from '../composer/fuzzy.js';
import { h } from '../view/dom.js';

/** For how long a list is not asked for again, in milliseconds. */
const FRESH = 60_000;

/** @typedef {import('./data.js').Emoji & { picture: string }} CustomEmoji */

/** The list of each session. @type {WeakMap<object, { at: number, list: Promise<Map<string, CustomEmoji>> }>} */
const lists = new WeakMap();

/**
 * The custom emoji by `:name:`. Empty if the server can't tell.
 *
 * @param {any} access a session's FileAccess
 * @param {string} [wanted] the list is loaded again if it is old and lacks this one
 * @returns {Promise<Map<string, CustomEmoji>>}
 */
export async function customEmoji(access, wanted = '') {
  if (!access) return new Map();
  const known = lists.get(access);
  const found = known && (await known.list);
  if (found && (!wanted || found.has(wanted) || performance.now() - known.at < FRESH)) return found;
  // Others may have asked meanwhile.
  if (lists.get(access) === known) lists.set(access, { at: performance.now(), list: load(access).catch(() => found ?? new Map()) });
  return /** @type {any} */ (lists.get(access)).list;
}

/** @returns {Promise<Map<string, CustomEmoji>>} */
async function load(access) {
  const { emoji } = await (await access.rest.raw('GET', 'emoji')).json();
  return new Map(emoji.map(({ name, picture }) => [`:${name}:`, { emoji: `:${name}:`, name, codes: [name], words: [], hasTones: false, picture }]));
}

/** Those whose names match, best match first. @param {Map<string, CustomEmoji>} all */
export function searchCustom(all, query, most) {
  return ranked([...all.values()], query.replaceAll(' ', '_'), ({ name }) => [name], most).slice(0, most);
}

/** The picture of an emoji; its name until it is there. @param {any} access @param {CustomEmoji} one */
export function picture(access, one) {
  const image = h('img', { class: 'custom-emoji', alt: one.emoji, title: one.emoji, draggable: 'false' });
  object(access, `emoji/${one.picture}`).then((url) => (image.src = url), () => {});
  return image;
}

/** Shows the picture in an element that has the text `:name:`, if there is such an emoji. */
export async function showEmoji(access, element) {
  const one = (await customEmoji(access, element.textContent)).get(element.textContent);
  if (one) element.replaceChildren(picture(access, one));
}
