/** The emoji by group, code and name. The data is loaded on first use. */
import { ranked } from '../composer/fuzzy.js';
import { loadEmoji } from '../parts.js';

/** @typedef {{ emoji: string, name: string, codes: string[], words: string[], hasTones: boolean }} Emoji */
/** @typedef {{ groups: { name: string, all: Emoji[] }[], byCode: Map<string, Emoji>, byEmoji: Map<string, Emoji>, search: (query: string, most: number) => Emoji[], inTone: (emoji: Emoji, tone: string) => string }} EmojiData */

/** @type {Promise<EmojiData> | null} */
let loading = null;

/** Resolves to the data. A failed load rejects, and the next call tries again. */
export function emojiData() {
  loading ??= load().catch((failure) => {
    loading = null;
    throw failure;
  });
  return loading;
}

/** @returns {Promise<EmojiData>} */
async function load() {
  const part = await loadEmoji();
  const groups = part.groups.map(([name, lines]) => ({ name, all: lines.split('\n').map(read) }));
  const all = groups.flatMap((group) => group.all);
  const byCode = new Map(all.flatMap((one) => one.codes.map((code) => [code, one])));
  const byEmoji = new Map(all.map((one) => [one.emoji, one]));
  const inTone = (one, tone) => (tone && one.hasTones ? part.inTone(one.emoji, tone) : one.emoji);
  return { groups, byCode, byEmoji, search: (query, most) => search(all, query, most), inTone };
}

/** @returns {Emoji} */
function read(line) {
  const [emoji, name, codes, words, toned] = line.split('\t');
  return { emoji, name, codes: codes.split(' ').filter(Boolean), words: words.split(' '), hasTones: toned === '+' };
}

/** Codes and names before other words. */
function search(all, query, most) {
  const named = ranked(all, query.replaceAll(' ', '_'), ({ codes, name }) => [...codes, name.replaceAll(' ', '_')], most);
  const told = ranked(all.filter((one) => one.words.some((word) => word.startsWith(query.toLowerCase()))), query, ({ words }) => words, most);
  return [...new Set([...named.slice(0, most), ...told])].slice(0, most);
}
