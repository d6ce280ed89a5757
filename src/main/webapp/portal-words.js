/**
 * The words of the portal, in the languages of the chat. The page itself is in English: `page` has what takes the place of its texts, by the
 * names in `data-text` and `data-label`.
 */
import { choose } from './chat/language/choice.js';

const en = {
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

/** @type {typeof en} */
const de = {
  page: {
    portal: 'Portal',
    chat: 'Team-Chat',
    theme: 'Design',
    auto: 'Automatisch',
    light: 'Hell',
    dark: 'Dunkel',
    signOut: 'Abmelden',
    signInTitle: 'Am Portal anmelden',
    byProvider: 'Verwenden Sie das Konto Ihrer Organisation.',
    signIn: 'Anmelden',
    byUser: 'Wählen Sie eine Person zum Ausprobieren. Öffnen Sie ein zweites Fenster als andere Person, um mit sich selbst zu chatten.',
    or: 'oder',
    otherName: 'Ein anderer Name',
    board: 'Schwarzes Brett',
    embedded: 'Eingebettet in Ihr Portal',
    embeddedAbout: 'Der Chat ist ein Element dieser Seite. Er verwendet die Anmeldung des Portals und kann auf dessen Server laufen:',
    canteen: 'Kantine',
    canteenNews: 'Ab Montag gibt es wieder die Salatbar.',
    council: 'Betriebsrat',
    councilNews: 'Offene Sprechstunde am Donnerstag um 14:00 Uhr, Raum 2.11.',
    it: 'IT',
    itNews: 'Die Drucker im zweiten Stock ziehen am Freitag um.',
  },
  title: 'Example Corp. – Portal',
  unsent: 'Einige Nachrichten sind noch nicht gesendet und werden gelöscht. Trotzdem abmelden?',
  ended: 'Ihre Sitzung ist beendet. Bitte melden Sie sich wieder an.',
  unreachable: 'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal.',
  refused: {
    400: 'Dieser Name ist nicht möglich. Verwenden Sie Buchstaben, Ziffern, Punkte und Bindestriche.',
    404: 'Die Anmeldung für die Entwicklung ist auf diesem Server abgeschaltet. Melden Sie sich über Ihr Portal an.',
    429: 'Zu viele Anmeldungen. Versuchen Sie es gleich noch einmal.',
  },
  failed: (status) => `Die Anmeldung ist fehlgeschlagen (Status ${status}). Versuchen Sie es später noch einmal.`,
  provider: {
    insecure: () => 'Die Anmeldung braucht https. Öffnen Sie diese Seite mit einer https-Adresse.',
    foreign: () => 'Diese Anmeldung wurde nicht auf dieser Seite begonnen. Melden Sie sich noch einmal an.',
    error: (error) => `Der Anmeldedienst meldet einen Fehler: ${error}. Versuchen Sie es noch einmal.`,
    code: () => 'Der Anmeldedienst hat seinen eigenen Code nicht angenommen. Melden Sie sich noch einmal an.',
    identity: () => 'Der Anmeldedienst hat eine Identität für eine andere Anwendung gesendet. Wenden Sie sich an Ihre Administration.',
    issuer: () => 'Der Anmeldedienst ist nicht der, dem dieser Server vertraut. Wenden Sie sich an Ihre Administration.',
    unreachable: () => 'Der Anmeldedienst ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  },
};

export const portals = { en, de };

/** The page's own texts, by their elements. */
const own = new Map();

/** Shows the page in this language or, without one, in the reader's, as the chat chooses it. Returns the words. */
export function speak(tag = '') {
  const { language, locale } = choose(Object.keys(portals), [tag]);
  const words = portals[language];
  document.documentElement.lang = locale;
  for (const [property, attribute] of [['textContent', 'text'], ['ariaLabel', 'label']]) {
    for (const element of document.querySelectorAll(`[data-${attribute}]`)) {
      if (!own.has(element)) own.set(element, element[property]);
      element[property] = words.page[element.dataset[attribute]] ?? own.get(element);
    }
  }
  return words;
}
