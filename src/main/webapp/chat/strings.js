/**
 * Every text that the element shows, in the language of the page. All elements of a page have one language, the one that was chosen last.
 * To add a language, add a file to the folder `language` and a line to `LANGUAGES`.
 */
import { choose } from './language/choice.js';
import { words as english } from './language/en.js';
import { grammar, isolated } from './language/grammar.js';

/** @typedef {import('./language/grammar.js').Grammar} Grammar */
/** @typedef {(grammar: Grammar) => Words} Language */
/** @typedef {ReturnType<typeof english>} Words */

/** Loaded on first use, except for English. @type {Record<string, () => Promise<{ words: Language }>>} */
const LANGUAGES = {
  de: () => import('./language/de.js'),
};

/** @type {Record<string, Language>} */
const loaded = { en: english };
const listeners = new Set();
let current = 'en';
let asked = 0;

/** The texts. Another language changes them, but not the objects that hold them: read a text when you show it. */
export const strings = english(grammar(current));

/** The locale of the texts, for numbers and dates: a language, with a region if it is known. */
export const locale = () => current;

/** Calls `listener()` after the language or the locale changed. Returns a function that ends this. */
export function whenSpoken(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Chooses the language by what the page says (see `choose`). Resolves when the texts are in this language; at once if it is loaded. If it
 * can't be loaded, the texts are English.
 *
 * @param {(string | null | undefined)[]} page
 * @param {readonly string[]} [reader]
 */
export async function speak(page, reader) {
  const { language, locale } = choose(['en', ...Object.keys(LANGUAGES)], page, reader);
  const ask = ++asked;
  if (!loaded[language]) {
    try {
      loaded[language] = (await LANGUAGES[language]()).words;
    } catch {
      return void (ask === asked && say(english, 'en'));
    }
  }
  if (ask === asked) say(loaded[language], locale);
}

/** @param {Language} language */
function say(language, locale) {
  if (locale === current) return;
  current = locale;
  refill(strings, language(grammar(locale)));
  for (const listener of [...listeners]) listener();
}

function refill(target, source) {
  for (const [key, value] of Object.entries(source)) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) refill((target[key] ??= {}), value);
    else target[key] = typeof value === 'function' ? (...parts) => value(...parts.map(isolated)) : value;
  }
}

refill(strings, strings);

/**
 * The texts of a part of the page that is loaded on first use, and brings them along. Returns what gives them in the language of the page.
 *
 * @template W
 * @param {{ en: (grammar: Grammar) => W } & Record<string, (grammar: Grammar) => W>} languages
 * @returns {() => W}
 */
export function wordsOf(languages) {
  let made = { of: '', words: /** @type {W} */ ({}) };
  return () => {
    const now = locale();
    if (made.of !== now) {
      const words = /** @type {W} */ ({});
      refill(words, (languages[now.split('-')[0]] ?? languages.en)(grammar(now)));
      made = { of: now, words };
    }
    return made.words;
  };
}

/** The text for a problem, chosen by its code and never by the server's message. `words` overrides texts by code. */
export function sentence(problem, words = {}) {
  return words[problem.code] ?? strings.problems[problem.code] ?? strings.problems.internal;
}
