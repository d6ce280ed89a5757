/** The words of the portal, in the languages of the chat. The page's own texts are in English, so `page` has none here. */
export const en = {
  page: {},
  title: 'Example Corp. – Portal',
  unsent: 'Some messages have not been sent and will be deleted. Sign out anyway?',
  ended: 'Your session has ended. Please sign in again.',
  unreachable: "Can't reach the server. Check your connection and try again.",
  refused: {
    400: "This name can't be used. Use letters, digits, dots and dashes.",
    404: 'Development sign-in is disabled on this server. Sign in through your portal.',
    429: 'Too many sign-ins. Try again in a moment.',
  },
  failed: (status) => `Sign-in failed (status ${status}). Try again later.`,
  provider: {
    insecure: () => 'Sign-in needs https. Open this page with an https address.',
    foreign: () => "This sign-in wasn't started on this page. Sign in again.",
    error: (error) => `The sign-in service reported an error: ${error}. Try again.`,
    code: () => "The sign-in service didn't accept its own code. Sign in again.",
    identity: () => 'The sign-in service sent an identity for another application. Contact your administrator.',
    issuer: () => "The sign-in service isn't the one that this server trusts. Contact your administrator.",
    unreachable: () => "Can't reach the sign-in service. Try again in a moment.",
  },
};

/** Loaded on first use, except for English. */
const LANGUAGES = {
  en: () => ({ words: en }),
  de: () => import('./portal-de.js'),
};
export const languages = Object.keys(LANGUAGES);

/** The page's own texts, by their elements. */
const own = new Map();

/** Shows the page in this language, as the chat chose it. Resolves to the words; they are English if the language can't be loaded. */
export async function speak({ language, locale }) {
  const words = await loaded(language);
  document.documentElement.lang = language === 'en' || words !== en ? locale : 'en';
  for (const [property, attribute] of [['textContent', 'text'], ['ariaLabel', 'label']]) {
    for (const element of document.querySelectorAll(`[data-${attribute}]`)) {
      if (!own.has(element)) own.set(element, element[property]);
      element[property] = words.page[element.dataset[attribute]] ?? own.get(element);
    }
  }
  return words;
}

async function loaded(language) {
  try {
    return (await LANGUAGES[language]()).words;
  } catch {
    return en;
  }
}
