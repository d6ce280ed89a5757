/**
 * Mentions in a text: `@` and the name or id of a person, or `@everyone` and `@all`. Only people who are given count, so an id or a name may
 * contain any characters.
 */
/** @import { User } from '../types.d.ts' */

/** The server takes no more in one message. */
export const MOST_MENTIONS = 50;
/** What stands for everyone in the room. */
export const EVERYONE = ['everyone', 'all'];
const WORD = /[\p{L}\p{N}\p{M}_]/u;
const LAST_IS_WORD = /[\p{L}\p{N}\p{M}_]$/u;

/** @typedef {{ label: string, id: string | null }} Label what follows the `@`; a null id is everyone */

/**
 * What may follow an `@`, the longest first: the longer of two names wins.
 *
 * @param {User[]} people
 * @param {boolean} everyone
 * @returns {Label[]}
 */
export function labelsOf(people, everyone) {
  const named = people.flatMap(({ id, name }) => [{ label: id, id }, ...(name && name !== id ? [{ label: name, id }] : [])]);
  const all = everyone ? EVERYONE.map((label) => ({ label, id: null })) : [];
  return [...named, ...all].filter(({ label }) => label !== '').sort((a, b) => b.label.length - a.label.length);
}

/**
 * The mention at the start of the text, or null.
 *
 * @param {string} source
 * @param {Label[]} labels
 */
export function mentionAt(source, labels) {
  const found = labels.find(({ label }) => isAt(source, label));
  return found ? { id: found.id, text: source.slice(0, found.label.length + 1) } : null;
}

function isAt(source, label) {
  const end = label.length + 1;
  const same = source.startsWith(label, 1) || source.slice(1, end).toLowerCase() === label.toLowerCase();
  return same && !(LAST_IS_WORD.test(label) && WORD.test(String.fromCodePoint(source.codePointAt(end) ?? 32)));
}
