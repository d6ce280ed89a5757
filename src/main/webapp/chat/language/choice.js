/** Which language the words are in, and which locale they, numbers and dates follow. */

/** Language tags that a page may write with an underscore. @param {string | null | undefined} tag */
function parsed(tag) {
  try {
    return tag ? new Intl.Locale(tag.replaceAll('_', '-')) : null;
  } catch {
    return null;
  }
}

/**
 * The first of the page's tags decides, without any the first of the reader's that is known. A language that isn't known becomes English.
 * The locale has the reader's region if the page's tag has none.
 *
 * @param {string[]} known the languages that there are, such as `de`
 * @param {(string | null | undefined)[]} page what the page says, the most important first
 * @param {readonly string[]} [reader] the reader's locales, the preferred first
 */
export function choose(known, page, reader = navigator.languages ?? []) {
  const said = page.find((tag) => tag?.trim())?.trim();
  const readers = reader.map(parsed).filter((one) => one !== null);
  const of = (language) => (one) => one?.language === language;
  const candidates = said === undefined ? readers : [parsed(said)];
  const chosen = candidates.find((one) => one && known.includes(one.language));
  const language = chosen?.language ?? 'en';
  const locale = chosen?.region ? chosen : (readers.find((one) => of(language)(one) && one?.region) ?? chosen);
  return { language, locale: locale?.toString() ?? language };
}
