/** The words of the frame. Sections bring their own. The page's own texts are in English, so `page` has none here. */
import { en } from './words-en.js';

/** Loaded on first use, except for English. */
const LANGUAGES = {
  en: async () => ({ words: en }),
  de: () => import('./words-de.js'),
};
export const languages = Object.keys(LANGUAGES);

/** The page's own texts, by their elements. */
const own = new Map();

/** The words of the frame: they change with the language, the object stays. */
export const words = { ...en };

/** Shows the page in this language. English if the language can't be loaded. Resolves to the language that is shown. */
export async function speak({ language, locale }) {
  const loaded = await LANGUAGES[language]().catch(() => null);
  Object.assign(words, en, loaded?.words);
  document.documentElement.lang = loaded ? locale : 'en';
  for (const [property, attribute] of [['textContent', 'text'], ['ariaLabel', 'label']]) {
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`[data-${attribute}]`))) {
      if (!own.has(element)) own.set(element, element[property]);
      element[property] = words.page[element.dataset[attribute]] ?? own.get(element);
    }
  }
  return loaded ? language : 'en';
}
