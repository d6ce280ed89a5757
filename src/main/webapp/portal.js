/**
 * A portal, as small as one can be: it signs people in with the development issuer and hands `<parley-chat>` a token
 * callback. What an integrator writes for the chat is `embed` and the two listeners below it. The token lives in this tab's session storage at
 * most, so that a reload stays signed in; it must never go anywhere else.
 */
const STORED = 'portal.session';
const THEME = 'portal.theme';
/** A token this close to its end is not handed out any more. */
const MARGIN = 30_000;

const chat = document.querySelector('parley-chat');
const byId = (id) => document.getElementById(id);

/** The integrator's part: where the token comes from, or null when nobody is signed in. */
function embed(session) {
  chat.tokenProvider = session ? freshToken : null;
}

chat.addEventListener('parley-unread', ({ detail }) => showUnread(detail.unread));
chat.addEventListener('parley-signed-out', () => signOut('Your session has ended. Please sign in again.'));

/** The token of whoever is signed in; asked for before every connect, so it may have to be a new one. */
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
    await issue(user);
    show();
  } catch (problem) {
    say(problem instanceof SignInRefused ? problem.message : 'The server cannot be reached.');
  }
}

function signOut(reason = '') {
  sessionStorage.removeItem(STORED);
  show();
  say(reason);
}

/** Shows the portal to whoever is signed in, and the sign-in to anybody else. */
function show() {
  const session = stored();
  byId('sign-in').hidden = Boolean(session);
  for (const id of ['portal', 'sections', 'who', 'sign-out']) byId(id).hidden = !session;
  byId('who').textContent = session?.user ?? '';
  showUnread(0);
  embed(session);
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
byId('sign-out').addEventListener('click', () => signOut());
byId('theme').addEventListener('change', ({ target }) => {
  localStorage.setItem(THEME, target.value);
  showTheme(target.value);
});

showTheme(localStorage.getItem(THEME) ?? 'auto');
show();
