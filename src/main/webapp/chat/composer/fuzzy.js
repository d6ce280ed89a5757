/** Finds what a person means by a few letters. */

/** The rank of a text that only has the letters of the query, in order. Such texts count if there are no others. */
const IN_ORDER = 4;

/**
 * The items whose texts match the query, the best first, `most` at most. Equal matches keep their order.
 *
 * @template T
 * @param {T[]} items
 * @param {string} query
 * @param {(item: T) => string[]} textsOf
 * @param {number} most
 * @returns {T[]}
 */
export function ranked(items, query, textsOf, most) {
  const wanted = folded(query);
  const rated = items.map((item) => ({ item, rank: Math.min(...textsOf(item).map((text) => rank(folded(text), wanted))) }));
  const best = Math.min(...rated.map(({ rank: found }) => found));
  const worst = best < IN_ORDER ? IN_ORDER - 1 : IN_ORDER;
  return rated.filter(({ rank: found }) => found <= worst).sort((a, b) => a.rank - b.rank).slice(0, most).map(({ item }) => item);
}

/** Without case and accents: `jose` finds José. */
export function folded(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The whole text, its beginning, the beginning of a word, a part, the letters in order. */
function rank(text, query) {
  if (text === query) return 0;
  const at = text.indexOf(query);
  if (at === 0) return 1;
  if (at > 0) return text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(query)) || /[^\p{L}\p{N}]/u.test(text[at - 1]) ? 2 : 3;
  return query.length > 1 && hasInOrder(text, query) ? IN_ORDER : Infinity;
}

function hasInOrder(text, query) {
  let at = 0;
  for (const letter of query) {
    at = text.indexOf(letter, at);
    if (at < 0) return false;
    at += letter.length;
  }
  return true;
}
