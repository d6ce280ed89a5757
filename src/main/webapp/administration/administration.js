/**
 * The administration page: signs people in as the portal does, and shows the section that the address names, `#/<id>?<query>`. The server
 * decides what the person may do; this page only shows it.
 */
import { Account, inWords } from '../account.js';
import { choose } from '../chat/language/choice.js';
import { speak as speakOfChat } from '../chat/strings.js';
import { fill, h, setText } from '../chat/view/dom.js';
import { localData } from '../storage.js';
import { sections } from './sections.js';
import { Server } from './server.js';
import { sentence } from './view/problem.js';
import { languages, speak, words } from './words.js';

const THEME = 'portal.theme';
const SAID_FOR = 6_000;

/** @type {(id: string) => any} */
const byId = (id) => document.getElementById(id);

const account = new Account({ key: 'administration.session', server: '../', groups: ['parley-admin'] });
let language = 'en';
/** @type {Server | null} */
let server = null;
let shows = 0;
let saying = 0;

async function speakAs(tag = '') {
  const chosen = choose(languages, [tag]);
  language = await speak(chosen);
  await speakOfChat([chosen.locale]);
}

async function signIn(user) {
  setText(byId('notice'), '');
  try {
    await account.signIn(user);
    showPerson();
  } catch (problem) {
    setText(byId('notice'), inWords(problem, words));
  }
}

async function signOut(reason = '') {
  const leaving = reason ? account.forget() : account.signOut();
  showPerson();
  setText(byId('notice'), reason);
  await leaving?.catch((problem) => setText(byId('notice'), inWords(problem, words)));
}

/** Shows the sections if someone is signed in, otherwise the sign-in. */
function showPerson() {
  const { name } = account;
  byId('sign-in').hidden = name !== null;
  for (const id of ['administration', 'who', 'sign-out']) byId(id).hidden = name === null;
  setText(byId('who'), name ?? '');
  server = name === null ? null : new Server(() => account.token());
  fill(byId('section'));
  fill(byId('sections'));
  if (!server) return void (document.title = words.title('Parley'));
  fill(byId('sections'), navigation());
  showSection();
}

function navigation() {
  return Object.entries(words.groups)
    .map(([group, title]) => ({ title, members: sections.filter((section) => section.group === group) }))
    .filter(({ members }) => members.length)
    .map(({ title, members }) => h('div', { role: 'group', 'aria-label': title }, h('p', { 'aria-hidden': 'true' }, title), members.map((section) => h('a', { href: `#/${section.id}`, 'data-section': section.id }, section.name[language]))));
}

/** What the address asks for: a section, and its query. */
function asked() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return { section: sections.find(({ id }) => id === path) ?? sections[0], query: Object.fromEntries(new URLSearchParams(query)) };
}

async function showSection({ focus = false } = {}) {
  const mine = ++shows;
  const { section, query } = asked();
  for (const link of byId('sections').querySelectorAll('a')) link.ariaCurrent = link.dataset.section === section.id ? 'page' : null;
  byId('sections').querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  document.title = words.title(section.name[language]);
  const area = h('div', { class: 'area', 'aria-busy': 'true' }, h('p', { class: 'state', role: 'status' }, words.loading));
  const heading = h('h1', { tabindex: -1 }, section.name[language]);
  fill(byId('section'), heading, area);
  if (focus) heading.focus();
  try {
    const module = await section.load().catch(() => null);
    if (mine !== shows) return;
    if (!module) return failed(area, words.notLoaded);
    fill(area);
    await module.show(area, { server, words: module.words[language], query, language, say, reload: () => showSection() });
    area.removeAttribute('aria-busy');
  } catch (problem) {
    if (mine !== shows) return;
    if (problem.code === 'unauthorized') await signOut(words.ended);
    else failed(area, sentence(problem));
  }
}

function failed(area, text) {
  area.removeAttribute('aria-busy');
  fill(area, h('p', { class: 'state bad', role: 'alert' }, text), h('button', { type: 'button', on: { click: () => showSection() } }, words.again));
}

/** Announces a result. */
function say(text) {
  clearTimeout(saying);
  setText(byId('said'), text);
  saying = setTimeout(() => setText(byId('said'), ''), SAID_FOR);
}

/** Asks the server how people sign in, and shows it. */
async function open() {
  try {
    await speakAs();
    const { development, oidc, language: spoken } = await account.ask();
    if (spoken) await speakAs(spoken);
    byId('development').hidden = !development;
    byId('provider').hidden = !oidc;
    if (!development && !oidc) setText(byId('notice'), words.refused[404]);
    await account.resume();
    showPerson();
  } catch (problem) {
    showPerson();
    setText(byId('notice'), inWords(problem, words));
  }
}

function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId('theme').value = theme;
}

byId('development').addEventListener('submit', (event) => {
  event.preventDefault();
  signIn(byId('name').value.trim());
});
byId('with-provider').addEventListener('click', () => signIn());
byId('sign-out').addEventListener('click', () => signOut());
byId('theme').addEventListener('change', ({ target }) => {
  localData.set(THEME, target.value);
  showTheme(target.value);
});
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  byId('section').querySelector('h1')?.focus();
});
addEventListener('hashchange', () => server && showSection({ focus: true }));

showTheme(localData.get(THEME) ?? 'auto');
open();
