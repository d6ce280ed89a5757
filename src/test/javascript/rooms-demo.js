/** The sidebar, read markers, people and notifications of a server that has them, for screenshots. */
import { MessageServer, alice, bob, conversation, presses } from './acts-kit.js';
import { EPOCH, modules, settled, until } from './kit.js';

const carol = { id: 'carol', name: 'Carol' };
const FEATURES = ['edit', 'reactions', 'threads', 'pins', 'read', 'direct', 'people', 'notifications'];
const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Alice's rooms in place of what the page shows. */
export async function fillsThePage(base = new URL('.', document.baseURI).href, more = {}) {
  document.body.replaceChildren();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('body { display: block; margin: 0 } parley-chat { height: 100dvh; --parley-height: 100dvh; --parley-radius: 0 } :root { color-scheme: light dark }');
  document.adoptedStyleSheets = [sheet];
  const client = await modules(base);
  // The bundle has texts of its own: those of the script follow the page too.
  await client.speak([document.documentElement.lang]);
  return myRooms(client, more);
}

const PEOPLE = [
  { id: 'alice', name: 'Alice', availability: 'auto' },
  { id: 'bob', name: 'Bob', availability: 'busy', status: { text: 'In the release meeting', emoji: '📦', until: new Date(Date.now() + 3_600_000).toISOString() } },
  { id: 'carol', name: 'Carol', availability: 'away', status: { text: 'Back on Monday', emoji: '🌴' } },
];
const MATRIX = ['person-0', 'person-1', 'person-2', 'reader', 'stranger'].map((id) => ({ id, name: id, availability: 'auto' }));

function listed(id, name, more = {}) {
  return { id, name, kind: 'public', role: 'member', epoch: EPOCH, offset: 40, read: 40, unread: 0, mentions: 0, level: 'all', ...more };
}

const ROOMS = [
  listed('incidents', 'Incidents', { favourite: true, position: 1024, unread: 3, mentions: 1, read: 30 }),
  listed('engineering', 'Engineering', { favourite: true, position: 2048 }),
  listed('ops', 'On call', { section: 'Operations', kind: 'private', unread: 12, read: 20 }),
  listed('capacity', 'Capacity planning', { section: 'Operations', level: 'mentions' }),
  listed('lunch', 'Lunch', { level: 'nothing', unread: 40, read: 0 }),
  listed('design', 'Design reviews', { unread: 2, read: 38 }),
  listed('long', 'A room whose name is much too long for the sidebar of any screen', {}),
  listed('arabic', 'مراجعة الترجمة العربية', {}),
  listed('d-bob', undefined, { kind: 'direct', people: [alice, bob], unread: 2, read: 38, last: { at: ago(3) } }),
  listed('d-carol', undefined, { kind: 'direct', people: [alice, carol], last: { at: ago(70) } }),
  listed('d-all', undefined, { kind: 'direct', people: [alice, bob, carol], last: { at: ago(900) } }),
];

const PUBLIC = [['announcements', 'Announcements', 'Read only · what everybody should know'], ['books', 'Book club', 'This month: a long walk'], ['general', 'Release 4.2', 'Ship on Friday'], ['engineering', 'Engineering', ''], ['music', 'Music', 'What are you listening to?'], ['plants', 'Plants', '']].map(([id, name, topic]) => ({ id, name, topic, kind: 'public', role: ROOMS.some((room) => room.id === id) || id === 'general' ? 'member' : 'none' }));

const NOTIFIED = [
  { id: 9, room: 'incidents', offset: 39, by: bob, why: 'mention', text: '@Alice can you look at the graphs?', at: ago(4) },
  { id: 8, room: 'd-bob', offset: 40, by: bob, why: 'direct', text: 'Do you have a minute?', at: ago(6) },
  { id: 7, room: 'general', offset: 12, by: carol, why: 'reply', text: 'Agreed, but let us log a warning when it is used.', at: ago(90) },
  { id: 6, room: 'design', by: carol, why: 'invited', at: ago(1_500), read: true },
];

/** `more` may have further `features`, `answers` to requests, and other `states`. */
export async function myRooms(client, { features = /** @type {string[]} */ ([]), answers = (..._) => /** @type {any} */ (undefined), states: shown = states } = {}) {
  const { fetch } = window;
  const server = new MessageServer(client);
  server.features = [...FEATURES, ...features];
  server.log = [];
  Object.assign(server.people, { carol });
  Object.assign(server.roles, { carol: 'moderator', alice: 'owner' });
  Object.assign(server.rooms[0], { name: 'Release 4.2', topic: 'Ship on Friday · runbook in the wiki' });
  for (let n = 0; n < 24; n++) server.writes(`Earlier message number ${n + 1}`, { by: [bob, carol, alice][n % 3], minute: n * 2 - 900 });
  server.writes('Morning! The release branch is cut. Who takes the smoke tests on staging?', { by: carol, minute: 0 });
  const mine = server.writes('I can, after ten. The numbers of last night look good: no errors in six hours.', { by: alice, minute: 4 });
  const before = server.log.length;
  for (const [n, text] of ['One open question: do we keep the old export for another version?', 'Two customers still use it.', 'Carol, do you know whom to ask?', 'The new one has no column for the cost centre yet.', 'Otherwise I am done.'].entries()) server.writes(text, { by: bob, minute: 60 + n * 7 });
  const general = listed('general', 'Release 4.2', { role: 'owner', offset: server.log.length, read: before, unread: 5, position: 1 });
  server.marks = { read: before, unread: 5, mentions: 0, readers: [{ user: 'bob', upto: mine }, { user: 'carol', upto: mine }] };
  server.answers.watch = () => ({ rooms: [general, ...ROOMS], more: false });
  server.answers.read = () => ({});
  const messages = server.fetched;
  const settings = {};
  // The style sheet comes with the page's code.
  server.fetched = (url, options) => url.pathname.endsWith('.css') ? fetch(url) : answers(url, options) ?? rest(url, options, settings) ?? messages(url, options);
  const page = await conversation(server, { role: 'owner', width: '100%' });
  page.element.style.cssText = '';
  await until(() => page.find('[data-row="d-bob"]'));
  return { ...shown(client, server, page), page, server };
}

function rest({ pathname, searchParams }, options, settings) {
  const path = pathname.replace(/^.*\/api\//, '');
  const query = (searchParams.get('query') ?? '').toLowerCase();
  if (path === 'rooms' && options?.method === 'GET') return Response.json({ rooms: PUBLIC.filter(({ name }) => name.toLowerCase().includes(query)), more: false });
  if (path === 'people') return Response.json({ people: [...PEOPLE, ...MATRIX].filter(({ id, name }) => name.toLowerCase().startsWith(query) || id.startsWith(query)), more: false });
  if (path === 'people/one') return Response.json(PEOPLE.find(({ id }) => id === searchParams.get('id')) ?? {}, { status: PEOPLE.some(({ id }) => id === searchParams.get('id')) ? 200 : 404 });
  if (path === 'me' && options?.method === 'PATCH') return Response.json({ ...PEOPLE[0], ...Object.assign(settings, JSON.parse(options.body)) });
  if (path === 'me') return Response.json({ ...PEOPLE[0], receipts: true, keywords: ['release', 'outage'], quiet: { from: '20:00', to: '07:00', zone: 'Europe/Berlin' }, ...settings });
  if (path === 'me/blocks') return Response.json({ blocks: [] });
  if (path === 'me/drafts') return Response.json({ drafts: [] });
  if (path.startsWith('me/rooms')) return Response.json({});
  if (path === 'me/notifications') return Response.json({ notifications: NOTIFIED, more: false, unread: 3 });
  if (path === 'me/export') return Response.json({ id: 'e1', at: ago(60), state: 'done', expires: new Date(Date.now() + 6 * 86_400_000).toISOString(), bytes: 48_300_000, next: '2999-01-01T00:00:00.000Z' });
  if (path === 'push-key') return Response.json({ key: 'BP4' });
  return undefined;
}

function states(client, server, page) {
  const click = (selector) => page.find(selector).click();
  const enter = {
    rooms() {},
    async 'room-menu'() {
      page.find('[data-row="engineering"] .room').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true }));
      await until(() => page.find('.menu-box:popover-open'));
    },
    async section() {
      await enter['room-menu']();
      page.item(client.strings.sidebar.moveTo).click();
      await until(() => page.find('dialog[open] #section-name'));
    },
    async browse() {
      click('.rooms .add');
      await until(() => page.all('dialog.browse[open] li').length > 3);
    },
    async 'nothing-found'() {
      page.find('.search input').value = 'nowhere';
      page.find('.search input').dispatchEvent(new Event('input'));
    },
    async direct() {
      page.find('[data-section=direct] .add').click();
      await until(() => page.all('.people-picker[class] li').length > 2);
      page.all('dialog[open] .people-picker li')[0].click();
      await until(() => page.find('.chip-person'));
    },
    async invite() {
      page.find('.people').click();
      await until(() => page.all('.members li').length > 1);
      [...page.all('.members .act')].find((one) => one.textContent.includes(client.strings.invite)).click();
      await until(() => page.all('dialog[open] .people-picker li').length > 2);
      page.all('dialog[open] .people-picker li')[1].click();
    },
    async card() {
      page.find('.messages button.author').click();
      await until(() => page.find('.card:popover-open .status-line'));
    },
    async preferences() {
      click('.self');
      await until(() => page.find('dialog.preferences[open]'));
    },
    async notices() {
      click('.bell');
      await until(() => page.all('.notices:popover-open li').length > 2);
    },
    async announcements() {
      server.tells({ type: 'announcement.shown', id: 'a', kind: 'maintenance', text: 'We install a new version on Friday at 20:00. The chat stays usable, but files can be late.', link: 'https://status.example/friday' });
      server.tells({ type: 'announcement.shown', id: 'b', kind: 'warning', text: 'Mail arrives late today.', dismissible: true });
      server.tells({ type: 'announcement.shown', id: 'c', kind: 'info', text: 'The new handbook is here.', link: 'https://handbook.example/', dismissible: true });
      await until(() => page.all('.announcement').length === 3);
    },
    async drawer() {
      click('.header .menu');
    },
  };
  return {
    names: Object.keys(enter),
    async shows(state) {
      await enter[state]();
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    },
    async leaves() {
      for (const id of 'abc') server.tells({ type: 'announcement.ended', id });
      page.find('dialog[open]')?.close();
      page.find('.menu-box:popover-open')?.hidePopover();
      page.find('.card:popover-open')?.hidePopover();
      page.find('.notices:popover-open')?.hidePopover();
      const search = page.find('.search input');
      search.value = '';
      search.dispatchEvent(new Event('input'));
      presses(page.find('.app'), 'Escape');
      page.root.activeElement?.blur();
      await settled();
    },
  };
}
