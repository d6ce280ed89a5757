/** Dialogs and menus whose room, message or session is replaced while they are open, or while the server works. */
import { MessageServer, bob, conversation, types } from './acts-kit.js';
import { equals, until } from './kit.js';

const OTHER = { id: 'other', name: 'Other', kind: 'public', role: 'owner' };

/** Alice, an owner of two rooms with three messages of Bob each. `calls` are the HTTP requests that change something, `answers` their answers. */
async function owner(client, { kind = 'public', features = [] } = {}) {
  const server = new MessageServer(client);
  server.log = [];
  server.features = [...server.features, ...features];
  for (let n = 1; n <= 3; n++) server.writes(`message ${n}`, { by: bob, minute: n });
  Object.assign(server.rooms[0], { kind });
  server.rooms.push(OTHER);
  const calls = [];
  const answers = [];
  const reads = server.fetched;
  server.fetched = (url, options = {}) => {
    if (!options.method || options.method === 'GET') return reads(url, options);
    const body = options.body && JSON.parse(options.body);
    calls.push([options.method, url.pathname.replace(/^.*\/api\//, ''), body ?? url.search]);
    return answers.length ? answers.shift()(url) : new Response(null, { status: 204 });
  };
  const page = await conversation(server, { role: 'owner' });
  const act = (text) => page.all('.members footer .act').find(({ textContent }) => textContent === text).click();
  const dialog = (id) => page.find(`dialog[aria-labelledby="${id}"]`);
  const submits = (id) => dialog(id).querySelector('form').requestSubmit();
  page.find('.people').click();
  await until(() => page.find('[data-manages=bob]'));
  /** The portal, a link or a notification opens another room. */
  const leaves = async () => {
    page.element.setAttribute('room', 'other');
    await until(() => page.find('.header h2').textContent === 'Other');
  };
  return { server, page, calls, answers, act, dialog, submits, leaves };
}

/** An answer that comes when it is told to. */
function later(make) {
  let answer = () => {};
  const promise = new Promise((resolve) => (answer = () => resolve(make())));
  return { promise: () => promise, answer };
}

const refused = () => Response.json({ code: 'forbidden' }, { status: 403 });
const done = () => new Response(null, { status: 204 });

export const tests = {
  async 'closes the room that the dialog names, whatever room is open then'(client) {
    const { calls, act, submits, leaves } = await owner(client);
    act(client.strings.closeRoom);
    await leaves();
    submits('close-room-title');
    await until(() => calls.length);
    equals(calls[0].slice(0, 2), ['DELETE', 'rooms/general']);
  },

  async 'leaves the room that the dialog names, whatever room is open then'(client) {
    const { server, act, submits, leaves } = await owner(client, { kind: 'private' });
    server.answers['room.leave'] = () => ({});
    act(client.strings.leave);
    await leaves();
    submits('leave-title');
    await until(() => server.asked('room.leave').length);
    equals(server.asked('room.leave')[0].room, 'general');
  },

  async 'changes a person in the room of the dialog, whatever room is open then'(client) {
    const { page, calls, act, dialog, submits, leaves } = await owner(client);
    page.find('[data-manages=bob]').click();
    dialog('person-title').querySelector('#person-access').value = 'ban';
    await leaves();
    submits('person-title');
    await until(() => calls.length);
    equals(calls[0], ['PUT', 'rooms/general/bans', { user: 'bob' }]);
    page.element.setAttribute('room', 'general');
    await until(() => page.find('.header h2').textContent === 'general');
    act(client.strings.invite);
    dialog('invite-title').querySelector('input').value = 'carol';
    await leaves();
    submits('invite-title');
    await until(() => calls.length === 2);
    equals(calls[1], ['PUT', 'rooms/general/members', { user: 'carol', role: 'member' }]);
  },

  async 'reports the message that the dialog was opened for, whatever room is open then'(client) {
    const { page, calls, dialog, submits, leaves } = await owner(client, { features: ['reports'] });
    await page.opensMenu(2);
    page.item(client.strings.acts.report).click();
    await until(() => dialog('report-title')?.open);
    await leaves();
    submits('report-title');
    await until(() => calls.length);
    equals(calls[0].slice(0, 2), ['POST', 'rooms/general/messages/2/report']);
  },

  async 'reacts to the message for which the picker was opened, whatever room is open then'(client) {
    const { server, page, leaves } = await owner(client);
    page.hovers(2);
    page.tool('react').click();
    await until(() => page.find('.picker [data-emoji]'));
    await leaves();
    page.find('.picker [data-emoji]').click();
    await until(() => server.asked('reaction.add').length);
    equals([server.asked('reaction.add')[0].room, server.asked('reaction.add')[0].message], ['general', 2]);
  },

  async 'says why a room can not be joined or made, and why a command was refused'(client) {
    const { server, page, answers, dialog, submits } = await owner(client);
    const conflict = () => Response.json({ code: 'conflict' }, { status: 409 });
    answers.push(conflict);
    page.find('[aria-label="New room"]').click();
    page.find('#room-name').value = 'Fresh';
    submits('new-room-title');
    await until(() => dialog('new-room-title').querySelector('.problem').textContent === client.strings.creating.conflict);
    dialog('new-room-title').close();
    answers.push(conflict);
    page.box().value = '/invite bob';
    page.box().form.requestSubmit();
    await until(() => page.said() === client.strings.moderation.conflict);
    server.answers['room.join'] = () => {
      throw { code: 'conflict', message: '', temporary: false };
    };
    server.rooms.push({ ...OTHER, id: 'full', role: 'none' });
    page.element.setAttribute('room', 'full');
    await until(() => page.find('.join') && !page.find('.join').hidden);
    page.find('.join button').click();
    await until(() => page.said() === client.strings.joining.conflict);
  },

  async 'closes what a button has opened when it is pressed again, and opens it the third time'(client) {
    const { page } = await owner(client, { features: ['notifications', 'people'] });
    page.hovers(2);
    const cases = [
      [page.find('.composer [aria-label="Emoji"]'), '.picker'],
      [page.find('.bell'), '.notices'],
      [page.tool('more'), '.menu-box'],
      [page.find('.members button.name'), '.card'],
    ];
    for (const [button, popover] of cases) {
      const isOpen = () => Boolean(page.find(`${popover}:popover-open`));
      const presses = async () => {
        button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
        // As the browser does before the click, for a popover that closes by itself.
        if (isOpen()) page.find(popover).hidePopover();
        button.click();
        await new Promise((resolve) => setTimeout(resolve, 100));
      };
      await presses();
      await until(isOpen);
      await presses();
      equals([popover, isOpen()], [popover, false]);
      await presses();
      await until(isOpen);
      page.find(popover).hidePopover();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  },

  async 'adds a page of results once when more are asked for while they are on their way'(client) {
    const { server, page } = await owner(client, { features: ['search'] });
    const reads = server.fetched;
    let answer = null;
    const found = (n) => Response.json({ results: [{ room: 'general', message: server.newest(3, { id: 'alice' })[n], highlights: [] }], cursor: n ? undefined : 'next' });
    server.fetched = (url, options = {}) => {
      if (!url.pathname.endsWith('/search')) return reads(url, options);
      return url.searchParams.get('cursor') ? new Promise((resolve) => (answer = () => resolve(found(1)))) : found(0);
    };
    page.find('.search-button').click();
    await until(() => page.find('.finder')?.open);
    types(page.find('.finder input[type=search]'), 'message');
    // The end of the list is in view, so the next page is on its way.
    await until(() => answer);
    page.find('.finder .further').click();
    answer();
    await until(() => page.find('.finder .further').hidden);
    await new Promise((resolve) => setTimeout(resolve, 50));
    equals(page.all('.hit').length, 2);
  },

  async 'loads the members of a room that was opened by making it'(client) {
    const { server, page, answers, submits } = await owner(client);
    answers.push(() => {
      server.rooms.push({ ...OTHER, id: 'fresh', name: 'Fresh' });
      return Response.json({ ...OTHER, id: 'fresh', name: 'Fresh' }, { status: 201 });
    });
    page.find('[aria-label="New room"]').click();
    page.find('#room-name').value = 'Fresh';
    submits('new-room-title');
    await until(() => page.find('.header h2').textContent === 'Fresh');
    await until(() => !page.find('.members .skeleton') && page.all('.members li').length === 2);
  },

  async 'keeps a dialog open that was opened again before the server answered the first'(client) {
    for (const answer of [done, refused]) {
      const { page, answers, act, dialog, submits } = await owner(client);
      const first = later(answer);
      answers.push(first.promise);
      act(client.strings.invite);
      dialog('invite-title').querySelector('input').value = 'carol';
      submits('invite-title');
      await until(() => !answers.length);
      dialog('invite-title').close();
      act(client.strings.invite);
      equals(dialog('invite-title').querySelector('[type=submit]').disabled, false);
      dialog('invite-title').querySelector('input').value = 'dave';
      first.answer();
      await new Promise((resolve) => setTimeout(resolve, 50));
      equals([dialog('invite-title').open, dialog('invite-title').querySelector('.problem').textContent], [true, '']);
      page.element.remove();
    }
  },

  async 'shows the versions of the message that was asked for last'(client) {
    const { server, page, dialog } = await owner(client);
    server.changes('message.edited', 1, { text: 'message 1, again' });
    server.changes('message.edited', 2, { text: 'message 2, again' });
    await until(() => page.row(1).querySelector('.edited') && page.row(2).querySelector('.edited'));
    const first = later(() => Response.json([{ at: '2026-03-02T09:00:00.000Z', text: 'message 1' }]));
    const reads = server.fetched;
    server.fetched = (url, options) => (url.pathname.endsWith('/messages/1/versions') ? first.promise() : reads(url, options));
    page.row(1).querySelector('.edited').click();
    await until(() => dialog('versions-title')?.open);
    dialog('versions-title').close();
    page.row(2).querySelector('.edited').click();
    await until(() => dialog('versions-title').textContent.includes('message 2'));
    first.answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
    equals([dialog('versions-title').textContent.includes('message 1'), dialog('versions-title').textContent.includes('message 2')], [false, true]);
  },
};
