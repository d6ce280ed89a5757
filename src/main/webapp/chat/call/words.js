/** The texts of calls, in the language of the page. They come with the code that shows them. */
import { grammar, isolated } from '../language/grammar.js';
import { locale } from '../strings.js';
import { words as german } from './language/de.js';
import { words as english } from './language/en.js';

const LANGUAGES = { de: german, en: english };
let made = { of: '', words: english(grammar('en')) };

/** @returns {ReturnType<typeof english>} */
export function callWords() {
  const now = locale();
  if (made.of === now) return made.words;
  const language = LANGUAGES[now.split('-')[0]] ?? english;
  made = { of: now, words: spoken(language(grammar(now))) };
  return made.words;
}

function spoken(words) {
  const entries = Object.entries(words).map(([key, value]) => {
    if (typeof value === 'function') return [key, (...given) => value(...given.map(isolated))];
    return [key, typeof value === 'object' ? spoken(value) : value];
  });
  return Object.fromEntries(entries);
}
