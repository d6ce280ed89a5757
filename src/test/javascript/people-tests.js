/** User ids are free text. Whatever they contain, an action for one person affects no other person and no other room. */
import { endings, equals, erase, message, never, newOutbox, newOwner, settled, until, written } from './kit.js';

const HOSTILE = [
  'f:0b2c:anna', 'urn:user:7', 'https://idp.example/u/1', 'DOMAIN\\anna', 'corp/anna', '..', '.', '%2e%2e', 'a;b', 'a b', 'a+b', 'a?b#c&user=bob',
  'auth0|1', 'uid=anna,ou=people', '__proto__', '"],["', '🦊', 'مرحبا', 'u'.repeat(255),
];

export const tests = {
  async 'puts user ids in the body or the query, never in the path'({ Rest }) {
    const calls = recorded();
    const rest = new Rest('https://chat.example/parley/api/', { current: async () => 'x', fresh: async () => 'x' });
    for (const user of HOSTILE) {
      await rest.giveRole('general', user, 'member');
      await rest.remove('general', user);
      await rest.ban('general', user, null);
      await rest.liftBan('general', user);
      await rest.mute('general', user, 3_600);
      await rest.unmute('general', user);
      const made = calls.splice(0).map(({ method, url, body }) => [method, url.pathname, body?.user ?? url.searchParams.get('user'), [...url.searchParams].length]);
      const expected = ['members', 'bans', 'mutes'].flatMap((which) => [
        ['PUT', `/parley/api/rooms/general/${which}`, user, 0],
        ['DELETE', `/parley/api/rooms/general/${which}`, user, 1],
      ]);
      equals(made, expected);
    }
  },

  async 'pages past a user id with query characters'({ Rest }) {
    const calls = recorded((url) => ({ members: [{ user: { id: 'a&limit=1#b +' } }], more: !url.searchParams.has('after') }));
    await new Rest('https://chat.example/parley/api/', { current: async () => 'x' }).members('general');
    equals(calls.map(({ url }) => Object.fromEntries(url.searchParams)), [{ limit: '100' }, { limit: '100', after: 'a&limit=1#b +' }]);
  },

  async 'sends no request for a room id that would be another path'({ Rest, Problem }) {
    const calls = recorded();
    const rest = new Rest('https://chat.example/parley/api/', { current: async () => 'x' });
    for (const id of ['..', '.', '', 'a/b', '%2e%2e', 'a b', 'ä']) {
      for (const act of [() => rest.close(id), () => rest.room(id), () => rest.members(id), () => rest.remove(id, 'bob')]) {
        const outcome = await act().catch((problem) => problem);
        equals([outcome instanceof Problem, outcome.code], [true, 'not_found']);
      }
    }
    equals(calls, []);
  },

  'shows every message, whatever the ids and keys'({ Timeline }) {
    const timeline = new Timeline({});
    const pairs = [['a', 'b c'], ['a b', 'c'], ['a', '"],["'], ['day', 'x'], ['new', 'y'], ['at', '1']];
    const messages = pairs.map(([id, key], n) => ({ ...message(n + 1, { id, name: id }), key, text: `text ${n}` }));
    const room = { id: 'general', name: 'general', messages: [...messages, { ...message(7), key: undefined, text: 'text 6' }], newAfter: null, earlier: false };
    timeline.update({ room, unsent: [], user: { id: 'a' }, connected: true });
    equals([...timeline.node.querySelectorAll('.text')].map(({ textContent }) => textContent), [0, 1, 2, 3, 4, 5, 6].map((n) => `text ${n}`));
  },

  async 'keeps unsent messages apart for user ids with the same prefix'(client) {
    const server = newOwner(client)[1];
    for (const locks of [undefined, null]) {
      const owners = HOSTILE.flatMap((user) => [[server, user], [server, `${user} x`]]);
      endings.push(...owners.map((owner) => () => erase(owner)));
      const outboxes = owners.map((owner) => newOutbox(client, never, { owner, locks }));
      for (const [n, outbox] of outboxes.entries()) outbox.send('general', `text ${n}`);
      for (const [n, owner] of owners.entries()) {
        await until(async () => (await written(owner)).length === 1);
        equals((await written(owner)).map(({ text }) => text), [`text ${n}`]);
      }
      for (const outbox of outboxes) outbox.close();
      for (const owner of owners) await erase(owner);
    }
  },

  async 'keeps leases apart for user ids with the same prefix'({ Lease, newKey }) {
    const server = newKey();
    for (const locks of [undefined, null]) {
      const one = new Lease([server, 'a'], 'one', locks);
      const other = new Lease([server, 'a b'], 'other', locks);
      endings.push(() => one.end(), () => other.end());
      await Promise.all([one.taken, other.taken]);
      equals([[...(await one.living())], [...(await other.living())]], [['one'], ['other']]);
      one.end();
      other.end();
      await settled();
    }
  },

  async 'finds what the previous version left unsent'(client) {
    const { Unsent, newKey } = client;
    const owner = [`https://${newKey()}.example/`, 'a b'];
    endings.push(() => erase(owner));
    const unsent = new Unsent(owner, older(owner.join(' ')));
    const left = await unsent.adopt('me', new Set(), 10);
    unsent.close();
    equals(left.map(({ text, room }) => [text, room]), [['kept', 'general']]);
  },

  async 'hides the export of the own data where it is switched off'(client) {
    const { data, shown } = ownData(client, new client.Problem({ code: 'not_found', message: '' }));
    await data.open();
    equals(shown()[0], true);
  },

  async 'starts the export of the own data, waits for it, and says that it is ready'({ strings, ...client }) {
    const { data, asked, said, waits, shown } = ownData(client, { state: 'none' }, { state: 'waiting', next: '2999-01-01T00:00:00.000Z' }, { state: 'running' }, { state: 'done', next: '2999-01-01T00:00:00.000Z' });
    await data.open();
    equals(shown(), [false, false, true, true]);
    data.start.click();
    await until(() => waits.length === 1);
    equals(shown(), [false, true, true, false]);
    await waits.shift()();
    equals([waits.length, said.length], [1, 0]);
    await waits.shift()();
    equals([said, shown()], [[strings.myData.isReady], [false, true, false, false]]);
    equals(asked, ['GET me/export', 'POST me/export', 'GET me/export', 'GET me/export']);
  },

  async 'downloads the own data with a ticket in place of a token'(client) {
    const { data, asked } = ownData(client, { state: 'done' });
    const opened = [];
    const { click } = HTMLAnchorElement.prototype;
    endings.push(() => (HTMLAnchorElement.prototype.click = click));
    HTMLAnchorElement.prototype.click = function () {
      opened.push([this.getAttribute('href'), this.download]);
    };
    await data.open();
    data.download.click();
    await until(() => opened.length === 1);
    equals([asked.at(-1), opened], ['POST me/export/e1/ticket', [['#me/export/e1/archive?ticket=a%26b', 'parley-my-data.zip']]]);
  },

  async 'says why the own data can not be exported'(client) {
    const { data, shown } = ownData(client, { state: 'none' }, new client.Problem({ code: 'unavailable', message: 'Too many people export their data now.' }));
    await data.open();
    data.start.click();
    await until(() => data.text.textContent !== '' && data.text.textContent !== client.strings.loading);
    equals(shown(), [false, false, true, true]);
  },
};

/** The settings' group of the own data, on a server whose export has these states one after the other; and what was asked and said. */
function ownData({ MyData }, ...states) {
  const asked = [];
  const said = [];
  const waits = [];
  const answer = async (method, path) => {
    asked.push(`${method} ${path}`);
    const state = states.length > 1 ? states.shift() : states[0];
    if (state instanceof Error) throw state;
    return { json: async () => ({ id: 'e1', bytes: 2_000, expires: '2030-01-08T00:00:00.000Z', ticket: 'a&b', ...state }) };
  };
  const rest = { raw: answer, address: async (path) => ({ url: `#${path}` }) };
  const data = new MyData({ rest: () => rest, say: (text) => said.push(text), clock: { setTimeout: (act) => waits.push(act) } });
  const shown = () => [data.node.hidden, data.start.hidden, data.download.hidden, data.remove.hidden];
  return { data, asked, said, waits, shown };
}

/** Replaces `fetch` and returns the calls it receives, answered with `answer(url)`. */
function recorded(answer = () => ({})) {
  const { fetch } = globalThis;
  const calls = [];
  endings.push(() => (globalThis.fetch = fetch));
  globalThis.fetch = async (url, { method, body }) => {
    calls.push({ method, url, body: body && JSON.parse(body) });
    return Response.json(answer(url));
  };
  return calls;
}

/** IndexedDB with a database of version 1, under another name. */
function older(owner) {
  const name = `parley test ${crypto.randomUUID?.() ?? Math.random()}`;
  endings.push(() => indexedDB.deleteDatabase(name));
  const made = new Promise((resolve) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      const store = opening.result.createObjectStore('unsent', { keyPath: ['owner', 'key'] });
      store.put({ owner, key: 'k', room: 'general', text: 'kept', order: 1, holder: 'gone', state: 'pending' });
    };
    opening.onsuccess = () => resolve(opening.result.close());
  });
  const request = {};
  const later = (_, version) => {
    made.then(() => {
      const opening = indexedDB.open(name, version);
      for (const event of ['onupgradeneeded', 'onsuccess', 'onerror']) opening[event] = (given) => pass(request, opening, event, given);
    });
    return request;
  };
  return { open: later };
}

function pass(request, opening, event, given) {
  Object.defineProperties(request, { result: { get: () => opening.result, configurable: true }, transaction: { get: () => opening.transaction, configurable: true } });
  request[event]?.(given);
}
