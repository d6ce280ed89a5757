/**
 * A minimal portal: it signs people in, with the configured provider or the development issuer, and gives `<parley-chat>` a token callback.
 * An integrator needs `embed`, `clear` and the two listeners below them.
 */
import { Account, inWords } from './account.js';
import { choose } from './chat/parley-chat.js';
import { languages, speak } from './portal-words.js';
import { localData } from './storage.js';

const THEME = 'portal.theme';

const chat = document.querySelector('parley-chat');
const byId = (id) => document.getElementById(id);

let words = await speaks();

const account = new Account({ key: 'portal.session' });

/** Shows the page and the chat in this language or, without one, in the reader's. */
async function speaks(tag = '') {
  const spoken = await speak(choose(languages, [tag]));
  chat.lang = document.documentElement.lang;
  return spoken;
}

/** The integrator's part: where the token comes from. */
function embed() {
  chat.tokenProvider = () => account.token();
}

/** The integrator's part: signs out of the chat, which deletes everything of the person. */
function clear() {
  chat.tokenProvider = null;
}

chat.addEventListener('parley-unread', ({ detail }) => showUnread(detail.unread));
chat.addEventListener('parley-signed-out', () => ended(words.ended));

async function signIn(user) {
  say('');
  try {
    await account.signIn(user);
    show();
  } catch (problem) {
    say(inWords(problem, words));
  }
}

/**
 * Ends the portal's session. After an expired session the chat keeps the person's drafts, in case they sign in again; it never shows them
 * to anyone else.
 */
function ended(reason) {
  account.forget();
  show();
  say(reason);
}

async function signOut() {
  if (chat.unsent && !confirm(words.unsent)) return;
  const leaving = account.signOut();
  clear();
  byId('by-name').reset();
  ended('');
  await leaving.catch((problem) => say(inWords(problem, words)));
}

/** Asks the server how people sign in, and shows it. */
async function open() {
  try {
    const { development, oidc, language } = await account.ask();
    if (language) words = await speaks(language);
    byId('development').hidden = !development;
    byId('provider').hidden = !oidc;
    if (!development && !oidc) say(words.refused[404]);
    await account.resume();
    show();
  } catch (problem) {
    show();
    say(inWords(problem, words));
  }
}

/** Shows the portal if someone is signed in, otherwise the sign-in. */
function show() {
  const { name } = account;
  byId('sign-in').hidden = name !== null;
  for (const id of ['portal', 'sections', 'who', 'sign-out']) byId(id).hidden = name === null;
  byId('who').textContent = name ?? '';
  showUnread(0);
  if (name !== null) embed();
}

function say(text) {
  byId('notice').textContent = text;
}

function showUnread(count) {
  byId('unread').hidden = count === 0;
  byId('unread').textContent = count > 99 ? '99+' : String(count);
  document.title = `${count ? `(${count}) ` : ''}${words.title}`;
}

function showTheme(theme) {
  chat.setAttribute('theme', theme);
  document.documentElement.dataset.theme = theme;
  byId('theme').value = theme;
}

for (const button of document.querySelectorAll('[data-user]')) {
  button.addEventListener('click', () => signIn(button.dataset.user));
}
byId('by-name').addEventListener('submit', (event) => {
  event.preventDefault();
  signIn(byId('name').value.trim());
});
byId('with-provider').addEventListener('click', () => signIn());
byId('sign-out').addEventListener('click', () => signOut());
byId('theme').addEventListener('change', ({ target }) => {
  localData.set(THEME, target.value);
  showTheme(target.value);
});

showTheme(localData.get(THEME) ?? 'auto');
open();
