/** The element in a portal's page: data of previous people, the open room, several elements. */
import { RoomServer, equals, evenly, jwt, posted, until, written } from './kit.js';

export const tests = {
  async 'leaves nothing of a person after sign-out'(client) {
    for (const signOut of [(element) => (element.tokenProvider = null), (_element, session) => (session.gone = true)]) {
      const server = new RoomServer(client);
      server.rooms.push({ id: 'secret', name: 'Secret plans', kind: 'private', role: 'member' });
      const session = { gone: false };
      server.expires = new Date(Date.now() + 2_500).toISOString();
      const element = server.shows({ provider: async () => (session.gone ? null : jwt('alice')) });
      await until(() => isLive(element));
      server.deaf = true;
      const app = element.shadowRoot.firstChild;
      writes(element, 'never sent');
      await until(async () => (await written(server.owner)).length === 1);
      box(element).value = 'a draft';
      find(element, 'nav input').value = 'sec';
      find(element, '[aria-label="New room"]').click();
      find(element, 'dialog #room-name').value = 'my room';
      equals([element.unsent, text(element).includes('Secret plans'), text(element).includes('message 1')], [1, true, true]);

      signOut(element, session);
      await until(() => element.shadowRoot.firstChild !== app && !find(element, '.notice').hidden);
      await until(async () => (await written(server.owner)).length === 0);
      const traces = ['Secret plans', 'message 1', 'never sent', 'Alice', 'alice'];
      equals(traces.filter((trace) => element.shadowRoot.textContent.includes(trace)), []);
      equals([...element.shadowRoot.querySelectorAll('input, textarea')].map(({ value }) => value).filter(Boolean), []);
      equals([element.shadowRoot.querySelectorAll('dialog[open]').length, element.unsent, element.getAttribute('room')], [0, 0, 'general']);
      equals(Object.keys(localStorage).filter((name) => name.includes(server.url)), []);
      element.remove();
      server.ends();
    }
  },

  async 'shows the next person in the same tab an empty page'(client) {
    const server = new RoomServer(client);
    const element = server.shows();
    await until(() => isLive(element));
    box(element).value = 'a draft of alice';
    element.tokenProvider = null;
    element.tokenProvider = async () => jwt('bob');
    await until(() => isLive(element) && find(element, '.person').textContent.includes('Bob'));
    equals([box(element).value, find(element, '.person').textContent.includes('Alice')], ['', false]);
  },

  async 'shows another person nothing, even without a sign-out'(client) {
    const server = new RoomServer(client);
    let user = 'alice';
    const element = server.shows({ provider: async () => jwt(user) });
    await until(() => isLive(element));
    server.deaf = true;
    writes(element, 'never sent');
    await until(async () => (await written(server.owner)).length === 1);
    box(element).value = 'a draft of alice';
    server.deaf = false;
    user = 'bob';
    await evenly(async () => {
      server.breaksOff(4001);
      await until(() => isLive(element) && find(element, '.person').textContent.includes('Bob'));
    });
    equals([box(element).value, server.asked('message.post').length], ['', 1]);
    await until(async () => (await written(server.owner)).length === 0);
  },

  async 'keeps a draft after the session ended, and hides it until then'(client) {
    const server = new RoomServer(client);
    const element = server.shows();
    await until(() => isLive(element));
    box(element).value = 'a draft';
    server.breaksOff(4001);
    await until(() => text(element).includes(client.strings.signedOut));
    equals(['message 1', 'Alice'].filter((trace) => text(element).includes(trace)), []);
    element.tokenProvider = async () => jwt('alice');
    await until(() => isLive(element));
    equals(box(element).value, 'a draft');
  },

  async 'drops replies for a person who has left'(client) {
    const server = new RoomServer(client);
    let answer;
    const element = server.shows();
    await until(() => isLive(element));
    server.fetched = () => new Promise((resolve) => (answer = () => resolve(Response.json({ members: [{ user: { id: 'carol', name: 'Carol' }, role: 'member', online: true }] }))));
    find(element, '.people').click();
    await until(() => answer);
    element.tokenProvider = null;
    server.fetched = () => undefined;
    element.tokenProvider = async () => jwt('bob');
    await until(() => isLive(element));
    answer();
    find(element, '.people').click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    equals(element.shadowRoot.textContent.includes('Carol'), false);
  },

  async 'reports the open room to the page, and opens the room that the page sets'(client) {
    const server = new RoomServer(client);
    server.rooms.push({ id: 'random', name: 'random', kind: 'public', role: 'none' }, { id: 'third', name: 'third', kind: 'public', role: 'member' });
    const told = [];
    const element = server.shows({ attributes: {}, before: (one) => one.addEventListener('parley-room', ({ detail }) => told.push(detail.room)) });
    await until(() => isLive(element));
    equals([told, element.getAttribute('room')], [['general'], 'general']);
    element.open('random');
    element.setAttribute('room', 'third');
    find(element, '[data-room=general]').click();
    equals([told, element.getAttribute('room')], [['general', 'random', 'third', 'general'], 'general']);
    element.open('general');
    element.open('random');
    element.tokenProvider = null;
    equals([told.slice(4), element.getAttribute('room')], [['random', null], 'random']);
    element.tokenProvider = async () => jwt('alice');
    await until(() => server.greeted === 2);
    element.tokenProvider = async () => null;
    server.breaksOff(4001);
    await until(() => told.length === 8);
    equals(told.slice(6), ['random', null]);
  },

  async 'opens a room that was set before sign-in'(client) {
    const server = new RoomServer(client);
    server.rooms.push({ id: 'random', name: 'random', kind: 'public', role: 'member' });
    const element = server.shows({ provider: null, attributes: {} });
    element.open('random');
    element.tokenProvider = async () => jwt('alice');
    await until(() => isLive(element));
    equals(find(element, '.header h2').textContent, 'random');
  },

  async 'shows one room without a list when single'(client) {
    const server = new RoomServer(client);
    server.rooms.push({ id: 'random', name: 'random', kind: 'public', role: 'member' });
    const element = server.shows({ attributes: { single: '', room: 'general' } });
    element.style.width = '320px';
    await until(() => isLive(element));
    writes(element, 'from the widget');
    await until(() => server.log.length === 3 && element.unsent === 0);
    const reachable = [...element.shadowRoot.querySelectorAll('.rooms, .menu')].filter((node) => node.checkVisibility());
    equals([reachable.length, server.asked('subscribe').map(({ room }) => room)], [0, ['general']]);
    element.open('random');
    await until(() => server.asked('unsubscribe').length === 1);
    equals(server.asked('unsubscribe')[0].room, 'general');
  },

  async 'does not count rooms that another element shows'(client) {
    const server = new RoomServer(client);
    server.rooms.push({ id: 'random', name: 'random', kind: 'public', role: 'member' });
    const unread = [];
    const heard = (one, n) => one.addEventListener('parley-unread', ({ detail }) => (unread[n] = detail.unread));
    const one = server.shows({ attributes: { room: 'random' }, before: (element) => heard(element, 0) });
    const other = server.shows({ before: (element) => heard(element, 1) });
    await until(() => isLive(one) && isLive(other));
    await until(() => server.asked('subscribe').length === 4);
    server.says(posted('to general'));
    await until(() => text(other).includes('to general'));
    equals([unread, find(one, '[data-room=general] .badge').hidden], [[], true]);
    other.remove();
    // The elements of a page learn of each other by messages, so the first posts may come before.
    let posts = 0;
    await until(() => (server.says(posted(`to nobody in particular ${++posts}`)), unread[0] > 0));
  },

  async 'sends a message once with several elements on the page'(client) {
    const server = new RoomServer(client);
    const elements = [server.shows(), server.shows({ attributes: { room: 'general', single: '' } })];
    await until(() => elements.every(isLive));
    server.deaf = true;
    writes(elements[0], 'once');
    await until(async () => (await written(server.owner)).length === 1);
    elements[0].remove();
    server.deaf = false;
    await until(() => server.log.length === 3);
    await until(async () => (await written(server.owner)).length === 0);
    equals(new Set(server.asked('message.post').map(({ key }) => key)).size, 1);
  },

  'treats invisible text as blank, like the server'({ isBlank }) {
    const nothing = ['', ' ', '\n\t', '\u2800', '\ufe0f', '\u001b', '\u200b', '\u00ad', '\u2060\u202e', '\u3164', '\u115f', '\ufeff', '\u{e0041}', '\u0000', '\u2800 \ufe0f'];
    equals(nothing.filter((given) => !isBlank(given)), []);
    equals(['a', '.', '\u2801', '❤️', 'می\u200cخواهم', '👨\u200d👩\u200d👧', '\u0301', '\ufffd'].filter(isBlank), []);
  },
};

function find(element, selector) {
  return element.shadowRoot.querySelector(selector);
}

function box(element) {
  return find(element, 'textarea');
}

function writes(element, words) {
  box(element).value = words;
  box(element).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
}

function isLive(element) {
  return find(element, '.log').getAttribute('aria-busy') === 'false' && !find(element, '.timeline').hidden && !box(element).disabled;
}

/** Its visible text. */
function text(element) {
  return [...element.shadowRoot.querySelectorAll('*')].filter((node) => !node.children.length && node.checkVisibility()).map(({ textContent }) => textContent).join('\n');
}
