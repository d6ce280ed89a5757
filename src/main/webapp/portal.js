/**
 * A minimal portal: it signs people in, with the configured provider or the development issuer, and gives `<parley-chat>` a token callback.
 * An integrator needs `embed`, `clear` and the two listeners below them.
 */
import { choose } from './chat/parley-chat.js';
import { languages, speak } from './portal-words.js';
import { SignIn, SignInFailed } from './sign-in.js';
import { localData, sessionData } from './storage.js';

const STORED = 'portal.session';
const THEME = 'portal.theme';
/** A token that expires sooner than this is replaced. */
const MARGIN = 30_000;

const chat = document.querySelector('parley-chat');
const byId = (id) => document.getElementById(id);

let words = await speaks();

/** How people sign in here: the provider, or null for the development issuer. */
let provider = null;

/** Shows the page and the chat in this language or, without one, in the reader's. */
async function speaks(tag = '') {
  const spoken = await speak(choose(languages, [tag]));
  chat.lang = document.documentElement.lang;
  return spoken;
}

/** The integrator's part: where the token comes from. */
function embed() {
  chat.tokenProvider = () => (provider ? provider.token() : freshToken());
}

/** The integrator's part: signs out of the chat, which deletes everything of the person. */
function clear() {
  chat.tokenProvider = null;
}

chat.addEventListener('parley-unread', ({ detail }) => showUnread(detail.unread));
chat.addEventListener('parley-signed-out', () => ended(words.ended));

/** The development issuer's token, kept in session storage so that a reload stays signed in. Replaced when it is about to expire. */
async function freshToken() {
  const session = stored();
  if (!session) return null;
  if (session.until - Date.now() > MARGIN) return session.token;
  return (await issue(session.user)).token;
}

async function issue(user) {
  const response = await fetch('dev/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user }),
    credentials: 'omit',
  });
  if (!response.ok) throw new SignInRefused(response.status);
  const { token, expiresIn } = await response.json();
  const session = { user, token, until: Date.now() + expiresIn };
  sessionData.set(STORED, JSON.stringify(session));
  return session;
}

class SignInRefused extends Error {
  constructor(status) {
    super(words.refused[status] ?? words.failed(status));
  }
}

function stored() {
  return JSON.parse(sessionData.get(STORED));
}

async function signIn(user) {
  say('');
  try {
    await (provider ? provider.begin() : issue(user));
    show();
  } catch (problem) {
    say(inWords(problem));
  }
}

function inWords(problem) {
  if (problem instanceof SignInFailed) return words.provider[problem.reason](problem.detail);
  return problem instanceof SignInRefused ? problem.message : words.unreachable;
}

/**
 * Ends the portal's session. After an expired session the chat keeps the person's drafts, in case they sign in again; it never shows them
 * to anyone else.
 */
function ended(reason) {
  sessionData.remove(STORED);
  provider?.forget();
  show();
  say(reason);
}

async function signOut() {
  if (chat.unsent && !confirm(words.unsent)) return;
  const leaving = provider?.signOut();
  clear();
  byId('by-name').reset();
  ended('');
  await leaving?.catch((problem) => say(inWords(problem)));
}

/** Asks the server how people sign in, and shows it. */
async function open() {
  try {
    const response = await fetch('sign-in', { credentials: 'omit' });
    const { development, oidc, language } = await response.json();
    if (language) words = await speaks(language);
    provider = oidc ? new SignIn(oidc) : null;
    byId('development').hidden = !development;
    byId('provider').hidden = !oidc;
    if (!development && !oidc) say(words.refused[404]);
    await provider?.resume();
    show();
  } catch (problem) {
    show();
    say(inWords(problem));
  }
}

/** Shows the portal if someone is signed in, otherwise the sign-in. */
function show() {
  const name = provider ? provider.name : (stored()?.user ?? null);
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
