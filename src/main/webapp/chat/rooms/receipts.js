/** Who has read a message, as a row of small faces under it. */
import { strings } from '../strings.js';
import { avatar } from '../view/avatar.js';
import { h, hidden } from '../view/dom.js';

const words = strings.reading;
/** Faces that are shown, and names in their label. The rest is a number. */
const MOST_FACES = 5;
const MOST_NAMES = 12;

/**
 * @param {string[]} ids
 * @param {{ nameOf?: (id: string) => string | undefined }} actions
 */
export function receipts(ids, { nameOf = (id) => id }) {
  const people = ids.map((id) => ({ id, name: nameOf(id) ?? id }));
  const names = people.slice(0, MOST_NAMES).map(({ name }) => name);
  const label = words.seenBy(names, people.length - names.length);
  const faces = people.slice(0, people.length > MOST_FACES + 1 ? MOST_FACES : MOST_FACES + 1);
  const left = people.length - faces.length;
  return h('p', { class: 'seen', title: label }, h('span', { class: 'faces', 'aria-hidden': 'true' }, faces.map((one) => avatar(one))), left > 0 && h('span', { 'aria-hidden': 'true' }, words.more(left)), hidden(label));
}
