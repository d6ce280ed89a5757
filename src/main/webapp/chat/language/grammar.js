/**
 * What a language needs to write numbers and sentences.
 *
 * @typedef {ReturnType<typeof grammar>} Grammar
 */

/** @param {string} locale */
export function grammar(locale) {
  const numbers = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  const lists = new Intl.ListFormat(locale);
  /** @param {number} n */
  const number = (n) => numbers.format(n);
  return {
    number,
    /**
     * The form for so many, with the number in the place of `#`. The forms are named as by Intl.PluralRules.
     *
     * @param {number} n
     * @param {{ other: string, zero?: string, one?: string, two?: string, few?: string, many?: string }} forms
     */
    plural: (n, forms) => (forms[rules.select(n)] ?? forms.other).replace('#', number(n)),
    /**
     * "A, B, and C".
     *
     * @param {string[]} parts
     */
    list: (parts) => lists.format(parts),
  };
}

const TO_THE_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const ISOLATE = '\u2068';
const END = '\u2069';

/**
 * Keeps what is written from right to left from changing the order of the sentence around it. Other texts stay as they are. Reaches into
 * lists.
 *
 * @template T
 * @param {T} part
 * @returns {T}
 */
export function isolated(part) {
  if (Array.isArray(part)) return /** @type {T} */ (part.map(isolated));
  return typeof part === 'string' && TO_THE_LEFT.test(part) ? /** @type {T} */ (ISOLATE + part + END) : part;
}
