/**
 * A portal, as small as one can be: it signs people in, with the provider that the server is configured for or with the
 * development issuer, and hands `<parley-chat>` a token callback. What an integrator writes for the chat is `embed` and the
 * two listeners below it.
 */
import { SignIn, SignInFailed } from './sign-in.js';

const STORED = 'portal.session';
const THEME = 'portal.theme';
/** A token this close to its end is not handed out any more. */
const MARGIN = 30_000;
const UNSENT = 'Messages that were not sent yet will be lost. Sign out?';

const chat = document.querySelector('parley-chat');
const byId = (id) => document.getElementById(id);

/** How people sign in here: the provider, or null for the development issuer. */
let provider = null;

/** The integrator's part: where the token comes from. */
function embed() {
  chat.tokenProvider = () => (provider ? provider.token() : freshToken());
}

/** The integrator's part: nobody is signed in any more, and nothing of the person may stay. */
function clear() {
  chat.tokenProvider = null;
}

chat.addEventListener('parley-unread', ({ detail }) => showUnread(detail.unread));
chat.addEventListener('parley-signed-out', () => ended('Your session has ended. Please sign in again.'));

/**
 * The development issuer's token of whoever is signed in; it lives in this tab's session storage, so that a reload stays
 * signed in. Asked for before every connect, so it may have to be a new one.
 */
async function freshToken() {
  const session = stored();
  if (!session) return null;
  if (Date.parse(session.expires) - Date.now() > MARGIN) return session.token;
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
  const { token, expires } = await response.json();
  const session = { user, token, expires };
  sessionStorage.setItem(STORED, JSON.stringify(session));
  return session;
}

class SignInRefused extends Error {
  constructor(status) {
    super(REASONS[status] ?? `The server did not sign you in (${status}).`);
  }
}

const REASONS = {
  400: 'This name cannot be used. Letters, digits, dots and dashes are safe.',
  404: 'The development sign-in is switched off on this server. A portal signs people in itself and hands their token to the chat element.',
  429: 'Too many sign-ins. Wait a moment and try again.',
};

function stored() {
  return JSON.parse(sessionStorage.getItem(STORED));
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
  return problem instanceof SignInRefused || problem instanceof SignInFailed ? problem.message : 'The server cannot be reached.';
}

/**
 * Nobody is signed in here any more, whatever a provider may still know. A session that ended by itself leaves the chat to
 * the person, who may sign in again: the chat shows nothing of them to anybody else.
 */
function ended(reason) {
  sessionStorage.removeItem(STORED);
  provider?.forget();
  show();
  say(reason);
}

async function signOut() {
  if (chat.unsent && !confirm(UNSENT)) return;
  const leaving = provider?.signOut();
  clear();
  byId('by-name').reset();
  ended('');
  await leaving?.catch((problem) => say(inWords(problem)));
}

/** Asks the server how people sign in, and shows that. */
async function open() {
  try {
    const response = await fetch('sign-in', { credentials: 'omit' });
    const { development, oidc } = await response.json();
    provider = oidc ? new SignIn(oidc) : null;
    byId('development').hidden = !development;
    byId('provider').hidden = !oidc;
    if (!development && !oidc) say(REASONS[404]);
    await provider?.resume();
    show();
  } catch (problem) {
    show();
    say(inWords(problem));
  }
}

/** Shows the portal to whoever is signed in, and the sign-in to anybody else. */
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
  document.title = `${count ? `(${count}) ` : ''}Example Corp. – Portal`;
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
  localStorage.setItem(THEME, target.value);
  showTheme(target.value);
});

showTheme(localStorage.getItem(THEME) ?? 'auto');
open();
