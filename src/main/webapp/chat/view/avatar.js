/** A person's initials on a colour. The same id has the same colour everywhere. */
import { h } from './dom.js';

export function avatar({ id, name }, attributes = {}) {
  return h('span', { class: 'avatar', 'aria-hidden': 'true', style: { '--hue': String(hue(id)) }, ...attributes }, initials(name || id));
}

/** The first letters of the first and the last word. */
export function initials(name) {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 && words.at(-1)].filter(Boolean).map((word) => [...word][0]);
  return letters.join('').toUpperCase() || '?';
}

/** The upper half of an FNV-1a hash, mapped to 24 hues that can be told apart. */
export function hue(id) {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  return ((hash >>> 16) % 24) * 15;
}
