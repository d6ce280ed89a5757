/** The person's rooms in the page: unread lines and markers, the sidebar, drafts, people, and notifications. */
import { MessageServer, conversation, presses, types } from './acts-kit.js';
import { EPOCH, alice, bob, endings, equals, settled, until } from './kit.js';

const carol = { id: 'carol', name: 'Carol' };
const PEOPLE = [alice, bob, carol].map((person) => ({ ...person, availability: 'auto' }));
const mine = (id, more = {}) => ({ id, name: id, kind: 'public', role: 'member', epoch: EPOCH, offset: 5, read: 5, unread: 0, mentions: 0, level: 'mentions', ...more });

/** A server that keeps read markers, with `count` messages in the room `general` of which `unread` are unread, and alice's page. */
async function rooms(client, { count = 6, unread = 0, others = [], before = () => {} } = {}) {
  const server = new MessageServer(client);
  server.features = ['edit', 'threads', 'read', 'direct', 'people', 'notifications'];
  server.people.carol = carol;
  server.log = [];
  for (let n = 1; n <= count; n++) server.writes(`message ${n}`, { by: bob, minute: n });
  const numbers = { read: count - unread, unread, mentions: 0 };
  server.marks = { ...numbers, readers: [] };
  server.answers.watch = () => ({ rooms: [mine('general', { ...numbers, offset: count }), ...others], more: false });
  server.answers.read = () => ({});
  const calls = [];
  const messages = server.fetched;
  server.fetched = (url, options = {}) => {
    const path = url.pathname.replace(/^.*\/api\//, '');
    const body = options.body && JSON.parse(options.body);
    calls.push([options.method, path, body ?? url.search]);
    return answerTo(path, options.method, url.searchParams) ?? messages(url, options);
  };
  before(server);
  const page = await conversation(server, { attributes: { room: 'general' } });
  await until(() => page.find('[data-section=direct]'));
  const markers = () => server.asked('read').map(({ room, upto, back }) => [room, upto, ...(back ? [back] : [])]);
  const inView = (offset) => {
    const [row, log] = [page.row(offset)?.getBoundingClientRect(), page.find('.main .log').getBoundingClientRect()];
    return Boolean(row) && row.top >= log.top - 1 && row.bottom <= log.bottom + 1;
  };
  return { server, page, calls, markers, inView, room: (id) => page.find(`[data-row="${id}"]`), did: (method, path) => calls.filter((call) => call[0] === method && call[1] === path).map((call) => call[2]) };
}

function answerTo(path, method, query) {
  const text = (query.get('query') ?? '').toLowerCase();
  if (path === 'rooms' && method === 'GET') return Response.json({ rooms: [{ id: 'books', name: 'Book club', kind: 'public', role: 'none' }].filter(({ name }) => name.toLowerCase().includes(text)), more: false });
  if (path === 'people') return Response.json({ people: PEOPLE.filter(({ id }) => id.startsWith(text)), more: false });
  if (path === 'people/one') return Response.json({ ...PEOPLE.find(({ id }) => id === query.get('id')), status: { text: 'On a train' } });
  if (path === 'direct') return Response.json({ id: 'd', kind: 'direct', name: '', role: 'member', people: [alice, bob] }, { status: 201 });
  if (path === 'me/blocks') return method === 'GET' ? Response.json({ blocks: [] }) : new Response(null, { status: 204 });
  if (path === 'me/drafts') return Response.json({ drafts: [] });
  if (path === 'me/notifications') return Response.json({ notifications: [{ id: 4, room: 'general', offset: 2, by: bob, why: 'mention', at: '2026-03-02T09:00:00.000Z', text: 'Look' }], more: false, unread: 1 });
  if (path === 'me') return Response.json({ ...PEOPLE[0], receipts: true, keywords: [] });
  if (path.startsWith('me/')) return new Response(null, { status: 204 });
  return undefined;
}

export const tests = {
  async 'opens a room at its first unread message, and reads on while the person scrolls'(client) {
    const { page, markers, inView } = await rooms(client, { count: 90, unread: 60 });
    await until(() => page.find('.divider.new') && inView(31));
    await settled();
    equals([page.root.activeElement, inView(90), page.find('.latest').hidden], [null, false, false]);
    await until(() => markers().length > 0);
    const [, first] = markers()[0];
    equals([first > 31, first < 60], [true, true]);
    page.find('.latest').click();
    await until(() => markers().at(-1)?.[1] === 90);
    await until(() => page.find('.room[aria-current] .badge:not(.failed)').hidden);
  },

  async 'goes to the latest message from a first unread one near the start'(client) {
    const { page, markers, inView } = await rooms(client, { count: 93, unread: 90 });
    await until(() => page.find('.divider.new') && !page.find('.latest').hidden);
    page.find('.latest').click();
    await until(() => inView(93));
    await new Promise((resolve) => setTimeout(resolve, 300));
    equals(inView(93), true);
    await until(() => markers().at(-1)?.[1] === 93);
  },

  async 'opens the room that was open last, and after a reload the place in it'(client) {
    const { server, page, markers } = await rooms(client, { count: 120, others: [mine('aaa', { name: 'Aaa' })] });
    await until(() => markers().length > 0 || page.find('.room[aria-current]'));
    const log = page.find('.main .log');
    await until(() => ((log.scrollTop = 700), !page.find('.main .latest').hidden));
    await settled();
    const inView = (of) => {
      const edge = of.find('.main .log').getBoundingClientRect().top;
      return Number(of.all('.main article').find((article) => article.getBoundingClientRect().bottom > edge).dataset.offset);
    };
    const first = inView(page);
    const comesBack = async (how) => {
      const { getEntriesByType } = performance;
      performance.getEntriesByType = (type) => (type === 'navigation' ? [{ type: how }] : []);
      endings.push(() => (performance.getEntriesByType = getEntriesByType));
      dispatchEvent(new Event('pagehide'));
      page.element.remove();
      const again = await conversation(server, { attributes: {} });
      await until(() => again.row(120) || again.row(first));
      await settled();
      return again;
    };
    const reloaded = await comesBack('reload');
    equals(reloaded.element.getAttribute('room'), 'general');
    await until(() => Math.abs(inView(reloaded) - first) <= 2);
    page.element = reloaded.element;
    const later = await comesBack('navigate');
    await until(() => later.row(120));
    equals([later.element.getAttribute('room'), later.find('.main .latest').hidden], ['general', true]);
  },

  async 'asks for the history around a first unread message that is not loaded'(client) {
    const { page, server, inView } = await rooms(client, { count: 200, unread: 150 });
    await until(() => page.find('.divider.new') && inView(51));
    equals(server.asked('history')[0].around, 51);
  },

  async 'reads nothing while the page has no focus, and shows what came then below a line'(client) {
    const { page, server, markers } = await rooms(client);
    await until(() => page.find('.room[aria-current]'));
    const { hasFocus } = document;
    document.hasFocus = () => false;
    try {
      dispatchEvent(new Event('blur'));
      const sent = markers().length;
      server.writes('while away', { by: bob });
      await until(() => page.row(7));
      await until(() => page.find('.room[aria-current] .badge:not(.failed)').textContent.startsWith('1'));
      equals(markers().length, sent);
    } finally {
      document.hasFocus = hasFocus;
    }
    dispatchEvent(new Event('focus'));
    await until(() => page.find('.divider.new')?.nextElementSibling === page.row(7));
    await until(() => markers().at(-1)?.[1] === 7);
  },

  async 'marks a message as unread until the person comes back'(client) {
    const { page, markers, room } = await rooms(client, { others: [mine('random')] });
    await until(() => page.row(4));
    await page.opensMenu(4);
    page.item('Mark as unread').click();
    await until(() => markers().some(([, upto, back]) => upto === 3 && back));
    await until(() => page.find('.divider.new')?.nextElementSibling === page.row(4));
    const sent = markers().length;
    page.find('.main .log').dispatchEvent(new Event('scroll'));
    await settled();
    equals([markers().length, room('general').querySelector('.badge:not(.failed)').textContent.startsWith('3')], [sent, true]);
  },

  async 'shows once who has read up to which of my messages'(client) {
    const { page, server } = await rooms(client);
    const first = server.writes('first', { by: alice });
    const second = server.writes('second', { by: alice });
    await until(() => page.row(second));
    server.tells({ type: 'read', room: 'general', by: bob, upto: first });
    await until(() => page.row(first).querySelector('.seen'));
    equals(page.row(first).querySelector('.seen').title, 'Seen by Bob');
    server.tells({ type: 'read', room: 'general', readers: [{ user: 'bob', upto: second }] });
    await until(() => page.row(second).querySelector('.seen'));
    equals(page.all('.seen').length, 1);
  },

  async 'asks again for rooms whose page could not be read'(client) {
    const waiting = [];
    const { page } = await rooms(client, {
      before: (one) => {
        const rest = one.fetched;
        const found = (id) => Response.json({ rooms: [{ id, name: id, kind: 'public', role: 'none' }], more: id === 'first' });
        one.fetched = (url, options = {}) => {
          if (!url.pathname.endsWith('/api/rooms')) return rest(url, options);
          return url.searchParams.get('after') ? new Promise((resolve) => waiting.push((fails) => resolve(fails ? Response.json({ code: 'unavailable' }, { status: 503 }) : found('second')))) : found('first');
        };
      },
    });
    page.find('[data-section=mine] .add').click();
    // The end of the list is in view, so the next page is on its way.
    await until(() => waiting.length === 1);
    page.find('.browse .earlier').click();
    equals(waiting.length, 1);
    waiting.pop()(true);
    await until(() => !page.find('.browse .none').hidden);
    equals([page.all('.found-room').length, page.find('.browse .earlier').hidden], [1, false]);
    page.find('.browse .earlier').click();
    await until(() => waiting.length === 1);
    waiting.pop()(false);
    await until(() => page.all('.found-room').length === 2);
    equals([page.find('.browse .earlier').hidden, page.find('.browse .none').hidden], [true, true]);
  },

  async 'leaves the keys to an input method while it composes'(client) {
    const { page } = await rooms(client, { before: (one) => one.features.push('search') });
    const root = page.root;
    // Whether a key was left to the browser, and the field kept the focus and the dialog stayed.
    const leaves = (field, key, isOpen) => [key, presses(field, key, { isComposing: true }), root.activeElement === field, isOpen()];
    const kept = (field, isOpen, keys = ['ArrowDown', 'ArrowUp', 'Enter', 'Escape', 'Backspace']) => {
      equals(keys.map((key) => leaves(field, key, isOpen)), keys.map((key) => [key, true, true, true]));
    };
    const inDialog = async (name, count) => {
      await until(() => page.find(`dialog${name}[open]`) && page.all(`dialog${name} :is(li, .hit)`).length >= count);
      const dialog = page.find(`dialog${name}`);
      kept(dialog.querySelector('input'), () => dialog.open);
      dialog.close();
    };
    page.find('[data-section=mine] .add').click();
    await inDialog('.browse', 1);
    page.find('.search-button').click();
    await until(() => page.find('.finder[open]'));
    types(page.find('.finder input[type=search]'), 'general');
    await inDialog('.finder', 1);
    presses(page.find('.app'), 'k', { ctrlKey: true });
    await inDialog('.switcher', 0);
    page.find('[data-section=direct] .add').click();
    await until(() => page.all('dialog[open] .people-picker li').length > 1);
    await inDialog('[open]', 2);
    // Wide enough for the panel to stand beside the conversation.
    page.element.style.width = '1200px';
    page.find('.people').click();
    await until(() => !page.find('.members').hidden && !page.find('.main').inert);
    page.box().focus();
    kept(page.box(), () => !page.find('.members').hidden);
  },

  async 'says of a room, not of a message, that a setting was refused'(client) {
    const { page, room } = await rooms(client, {
      before: (one) => {
        const rest = one.fetched;
        one.fetched = (url, options = {}) => (options.method === 'PATCH' || /me\/rooms/.test(url.pathname) ? Response.json({ code: 'not_found' }, { status: 404 }) : rest(url, options));
      },
    });
    room('general').querySelector('.room-more').click();
    await until(() => page.item(client.strings.sidebar.favourite));
    page.item(client.strings.sidebar.favourite).click();
    await until(() => page.said() !== '');
    equals(page.said(), client.strings.problems.not_found);
  },

  async 'goes back to the text when the last file of a message is removed'(client) {
    const { page } = await rooms(client, { before: (one) => one.features.push('files') });
    await until(() => !page.find('.composer [aria-label^="Attach"]').hidden);
    const clipboardData = new DataTransfer();
    for (const name of ['a.txt', 'b.txt']) clipboardData.items.add(new File(['x'], name, { type: 'text/plain' }));
    page.box().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    await until(() => page.all('.tray li').length === 2);
    const removes = () => {
      const button = page.find('.tray li button');
      button.focus();
      button.click();
    };
    removes();
    equals(page.root.activeElement === page.find('.tray li button'), true);
    removes();
    equals(page.root.activeElement === page.box(), true);
  },

  async 'goes on with a recording when a draft of another device arrives'(client) {
    const { mediaDevices } = navigator;
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: () => new Promise(() => {}) } });
    endings.push(() => Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: mediaDevices }));
    const { server, page } = await rooms(client, { before: (one) => one.features.push('files') });
    page.find('.composer [aria-label^="Record"]').click();
    await until(() => page.find('.recorder'));
    server.tells({ type: 'draft', room: 'general', text: 'from the phone' });
    await until(() => page.box().value === 'from the phone');
    equals(page.find('.recorder') !== null, true);
  },

  async 'shows an invitation at once, and drops a room that the person was removed from'(client) {
    const { server, room } = await rooms(client, { others: [mine('old')] });
    server.tells({ type: 'room.added', room: mine('new', { name: 'Just <b>made</b>', unread: 2, mentions: 1 }) });
    await until(() => room('new'));
    equals([room('new').querySelector('.name').textContent, room('new').querySelector('.badge:not(.failed)').className], ['Just <b>made</b>', 'badge']);
    server.tells({ type: 'room.removed', room: 'old' });
    await until(() => !room('old'));
    server.tells({ type: 'activity', room: 'new', offset: 9, read: 5, unread: 3, mentions: 0 });
    await until(() => room('new').querySelector('.badge:not(.failed)').classList.contains('quiet'));
  },

  async 'mutes, hides and moves a room by its menu and by keyboard'(client) {
    const { page, server, room, did } = await rooms(client, { others: [mine('a'), mine('b', { role: 'none' })] });
    server.tells({ type: 'room.added', room: mine('b') });
    await until(() => room('b') && !room('b').querySelector('.room-more').hidden);
    const act = async (id, text) => {
      room(id).querySelector('.room-more').click();
      await until(() => page.find('.menu-box:popover-open'));
      [...page.root.querySelectorAll('.menu-box button')].find((one) => one.textContent.includes(text)).click();
    };
    await act('a', 'Nothing');
    await until(() => room('a').querySelector('.room').dataset.quiet === '');
    presses(room('b').querySelector('.room'), 'ArrowUp', { altKey: true });
    await until(() => did('PATCH', 'me/rooms/b').length > 0);
    await until(() => page.all('[data-section=mine] .row').map(({ dataset }) => dataset.row).join() === 'b,a,general');
    await act('a', 'Hide');
    await until(() => !room('a')?.isConnected);
    equals(did('PATCH', 'me/rooms/a'), [{ level: 'nothing' }, { hidden: true }]);
  },

  async 'drags a room into another section'(client) {
    const { page, room, did } = await rooms(client, { others: [mine('a'), mine('star', { favourite: true, position: 5 })] });
    const data = new DataTransfer();
    const drag = (target, type, y = 0) => target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data, clientY: y }));
    drag(room('a'), 'dragstart');
    drag(room('star'), 'dragover', room('star').getBoundingClientRect().bottom - 1);
    equals(room('star').dataset.drop, 'below');
    drag(room('star'), 'drop');
    await until(() => page.all('[data-section=favourites] .row').map(({ dataset }) => dataset.row).join() === 'star,a');
    equals([did('PATCH', 'me/rooms/a')[0], page.all('[data-drop], [data-dragged]').length], [{ favourite: true, section: '', position: 1029 }, 0]);
  },

  async 'finds a room of the server and opens it by keyboard'(client) {
    const { page } = await rooms(client);
    const search = page.find('.rooms .search input');
    types(search, 'book');
    presses(search, 'Enter');
    await until(() => page.find('dialog.browse[open] li button')?.textContent.includes('Book club'));
    equals([page.find('dialog.browse input').value, page.all('.rooms .row').length], ['book', 0]);
    presses(page.find('dialog.browse input'), 'Enter');
    await until(() => page.element.getAttribute('room') === 'books');
  },

  async 'writes to someone who was found by name'(client) {
    const { page, did, server } = await rooms(client);
    server.rooms = [...server.rooms, { id: 'd', kind: 'direct', name: '', role: 'member' }];
    page.find('[data-section=direct] .add').click();
    const field = () => page.find('dialog[open] .people-picker input');
    await until(() => page.all('dialog[open] .people-picker li').length === 2);
    types(field(), 'bo');
    await until(() => page.all('dialog[open] .people-picker li').length === 1);
    presses(field(), 'Enter');
    await until(() => page.find('.chip-person'));
    page.find('dialog[open] .primary').click();
    await until(() => page.element.getAttribute('room') === 'd');
    equals([did('PUT', 'direct'), page.find('.title h2').textContent], [[{ users: ['bob'] }], 'Bob']);
    await until(() => page.root.activeElement === page.box());
  },

  async 'folds the messages of a blocked person until they are asked for'(client) {
    const { page, did } = await rooms(client);
    page.find('.messages button.author').click();
    await until(() => page.find('.card:popover-open .status-line'));
    equals(page.find('.card .status-line').textContent, 'On a train');
    [...page.all('.card button')].find((one) => one.textContent === 'Block').click();
    await until(() => page.text(2)?.startsWith('Message by a blocked person'));
    equals(did('PUT', 'me/blocks'), [{ user: 'bob' }]);
    page.row(2).querySelector('.text button').click();
    equals([page.text(2), page.text(3).startsWith('Message by')], ['message 2', true]);
  },

  async 'keeps the draft that the person is typing, and takes over others'(client) {
    const { page, server, did } = await rooms(client);
    server.tells({ type: 'draft', room: 'general', text: 'from the phone' });
    await until(() => page.box().value === 'from the phone');
    page.box().focus();
    types(page.box(), 'typed here');
    server.tells({ type: 'draft', room: 'general', text: 'later, from the phone' });
    await until(() => did('PUT', 'me/drafts/general').length === 1);
    equals([page.box().value, did('PUT', 'me/drafts/general')], ['typed here', [{ text: 'typed here' }]]);
    const now = performance.now;
    performance.now = () => now.call(performance) + 11_000;
    try {
      server.tells({ type: 'draft', room: 'general', text: '' });
      await until(() => page.box().value === '');
    } finally {
      performance.now = now;
    }
  },

  async 'lists notifications, goes to the message, and follows what was read elsewhere'(client) {
    const { page, server } = await rooms(client, { count: 6 });
    const bell = () => page.find('.bell');
    await until(() => bell().ariaLabel === 'Notifications, 1 unread');
    server.tells({ type: 'notified', id: 5, room: 'general', by: carol, why: 'invited' });
    await until(() => bell().ariaLabel === 'Notifications, 2 unread');
    equals(page.root.querySelector('.app > .spoken').textContent.trim(), 'Carol added you to general');
    server.tells({ type: 'withdrawn', ids: [5] });
    await until(() => bell().ariaLabel === 'Notifications, 1 unread');
    bell().click();
    await until(() => page.all('.notices:popover-open li').length === 1);
    page.find('.notices .notice-item').click();
    await until(() => page.row(2)?.dataset.target === '');
    equals(page.find('.notices').matches(':popover-open'), false);
  },

  async 'shows announcements until they are over or dismissed'(client) {
    const { page, server, did } = await rooms(client);
    const banners = () => page.all('.announcement').map((one) => one.textContent.trim());
    server.tells({ type: 'announcement.shown', id: 'a', kind: 'maintenance', text: '<b>Tonight</b>', link: 'javascript:alert(1)' });
    server.tells({ type: 'announcement.shown', id: 'b', kind: 'info', text: 'New rooms', link: 'https://status.example/b', dismissible: true });
    await until(() => banners().length === 2);
    equals(banners(), ['Maintenance <b>Tonight</b>', 'News New rooms Details']);
    equals([page.find('.announcements').role, page.all('.announcement a').map(({ href }) => href), page.all('.announcement button').length], ['status', ['https://status.example/b'], 1]);
    page.find('.announcement button').click();
    await until(() => banners().length === 1 && did('DELETE', 'me/announcements/b').length === 1);
    server.tells({ type: 'announcement.ended', id: 'a' });
    await until(() => page.find('.announcements').hidden);
  },

  async 'uses one connection for several elements, and the next one connects when the leading one goes'(client) {
    const server = new MessageServer(client);
    const open = () => server.shows({ attributes: { room: 'general', shared: '' }, before: (one) => (one.style.cssText = '--parley-height: 400px') });
    const texts = (element) => [...element.shadowRoot.querySelectorAll('.main .message .text')].map(({ textContent }) => textContent);
    const shows = (element, count) => until(() => texts(element).length === count);
    const first = open();
    await shows(first, 2);
    const [second, third] = [open(), open()];
    await shows(second, 2);
    await shows(third, 2);
    equals(server.greeted, 1);
    server.says({ type: 'message.posted', by: bob, text: 'to all', key: 'k1' });
    for (const element of [first, second, third]) await shows(element, 3);
    first.remove();
    server.logs({ type: 'message.posted', by: bob, text: 'meanwhile', key: 'k2' });
    for (const element of [second, third]) await until(() => texts(element).at(-1) === 'meanwhile');
    equals([server.greeted, texts(second).length, texts(third).length], [2, 4, 4]);
    const box = third.shadowRoot.querySelector('.main .composer textarea');
    types(box, 'from the third');
    presses(box, 'Enter');
    for (const element of [second, third]) await until(() => texts(element).filter((text) => text === 'from the third').length === 1);
  },
};
