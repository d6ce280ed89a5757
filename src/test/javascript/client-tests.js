/**
 * Tests of the browser client, run in a page of the application: `run()` resolves to `[{name, passed, error?}]`. The only server they need is
 * the one that serves the modules and the golden frames. Storage is the page's own; the other end of the socket is a RoomServer, which can
 * lose frames.
 */
import {
  EPOCH, RoomServer, alice, endings, equals, evenly, jwt, modules, never, newOutbox, newOwner, onDisk, posted, provider, rejects, settled, soon, texts,
  until, within, written,
} from './kit.js';
import { tests as format } from './format-tests.js';
import { tests as acts } from './acts-tests.js';
import { tests as calls } from './calls-tests.js';
import { tests as dialogs } from './dialogs-tests.js';
import { tests as documents } from './documents-tests.js';
import { tests as embedding } from './embedding-tests.js';
import { tests as language } from './language-tests.js';
import { tests as look } from './look-tests.js';
import { tests as messages } from './message-tests.js';
import { tests as people } from './people-tests.js';
import { tests as portal } from './portal-tests.js';
import { tests as pure } from './pure-tests.js';
import { tests as readings } from './reading-tests.js';
import { tests as rooms } from './rooms-tests.js';
import { tests as tokens } from './token-tests.js';

/**
 * `base` is the URL of the deployed application, ending with a slash. Most tests wait for a backoff, so several pages with storages of their
 * own can each run a share: share 0 of 3, 1 of 3, 2 of 3. `only` is a part of the names of those to run.
 */
export async function run({ base = new URL('.', document.baseURI).href, share = 0, of = 1, only = '' } = {}) {
  const client = await modules(base);
  const mine = Object.entries(tests).filter(([name]) => name.includes(only)).filter((_, index) => index % of === share);
  const results = [];
  for (const [name, test] of mine) results.push(await outcome(name, () => test(client)));
  return results;
}

async function outcome(name, test) {
  try {
    await test();
    return { name, passed: true };
  } catch (error) {
    return { name, passed: false, error: String(error?.stack ?? error) };
  } finally {
    for (const end of endings.splice(0).reverse()) await end();
  }
}

const own = {
  async 'sends in the order of writing, and drops what the log shows'(client) {
    const posted = [];
    const outbox = newOutbox(client, async ({ text }) => ({ offset: posted.push(text) }));
    for (const text of ['one', 'two', 'three']) outbox.send('general', text);
    await until(() => posted.length === 3);
    equals(posted, ['one', 'two', 'three']);
    await until(() => outbox.entries.every(({ state }) => state === 'sent'));
    outbox.settle(() => true);
    equals(outbox.entries, []);
  },

  async 'sends again, with the same key, what a lost connection left unconfirmed'(client) {
    const keys = [];
    const outbox = newOutbox(client, async ({ key }) => {
      if (keys.push(key) === 1) throw new client.Problem({ code: 'unavailable', temporary: true, lost: true });
      return { offset: 1 };
    });
    outbox.send('general', 'hi');
    await until(() => keys.length === 1);
    await settled();
    equals(outbox.entries[0].state, 'pending');
    outbox.flush();
    await until(() => outbox.entries[0].state === 'sent');
    equals(keys[0], keys[1]);
  },

  async 'marks a message as failed, and retries on request'(client) {
    let refuse = true;
    const outbox = newOutbox(client, async () => {
      if (refuse) throw new client.Problem({ code: 'forbidden', message: 'no' });
      return { offset: 1 };
    });
    const { key } = outbox.send('general', 'hi');
    await until(() => outbox.entries[0].state === 'failed');
    refuse = false;
    outbox.retry(key);
    await until(() => outbox.entries[0].state === 'sent');
    equals(outbox.entries[0].key, key);
  },

  async 'waits as long as the server asks before it sends again'(client) {
    const waited = [];
    let refusals = 2;
    const post = async () => {
      if (refusals-- > 0) throw new client.Problem({ code: 'rate_limited', temporary: true, retryAfter: 1500 });
      return { offset: 1 };
    };
    const outbox = newOutbox(client, post, { wait: async (milliseconds) => waited.push(milliseconds) });
    outbox.send('general', 'hi');
    await until(() => outbox.entries[0].state === 'sent');
    equals(waited, [1500, 1500]);
  },

  async 'retries as long as refusals are temporary'(client) {
    let refusals = 50;
    const post = async () => {
      if (refusals-- > 0) throw new client.Problem({ code: 'unavailable', temporary: true });
      return { offset: 1 };
    };
    const waited = [];
    const outbox = newOutbox(client, post, { wait: async (milliseconds) => waited.push(milliseconds) });
    outbox.send('general', 'hi');
    await until(() => outbox.entries[0].state === 'sent');
    equals(waited.length, 50);
    for (const milliseconds of waited) within(milliseconds, 500, 30_000);
  },

  async 'fails all pending messages of a room that refuses them, and none of other rooms'(client) {
    const posted = [];
    const outbox = newOutbox(client, async ({ room, text }) => {
      posted.push(text);
      if (room === 'closed') throw new client.Problem({ code: 'not_found' });
      return { offset: 1 };
    });
    for (const text of ['one', 'two', 'three']) outbox.send('closed', text);
    outbox.send('general', 'four');
    await until(() => outbox.entries.every(({ state }) => state === 'failed' || state === 'sent'));
    equals(outbox.entries.map(({ text, state, problem }) => [text, state, problem]), [
      ['one', 'failed', 'not_found'],
      ['two', 'failed', 'not_found'],
      ['three', 'failed', 'not_found'],
      ['four', 'sent', undefined],
    ]);
    equals(posted.sort(), ['four', 'one']);
  },

  async 'accepts 200 messages, and no more until one is gone'(client) {
    const outbox = newOutbox(client, never, { storage: null });
    for (let n = 1; n <= client.MOST_UNSENT; n++) equals(outbox.send('general', `${n}`) !== null, true);
    equals(outbox.send('general', 'one too many'), null);
    outbox.settle(({ key }) => key === outbox.entries[0].key);
    equals(outbox.send('general', 'fits again') !== null, true);
  },

  async 'stores a message before sending it'(client) {
    const owner = newOwner(client);
    let onDisk;
    const outbox = newOutbox(client, async () => ((onDisk = await written(owner)), { offset: 1 }), { owner });
    const { key } = outbox.send('general', 'kept');
    await until(() => onDisk);
    equals(onDisk.map((entry) => [entry.key, entry.text, entry.state]), [[key, 'kept', 'pending']]);
  },

  async 'deletes a stored message after its reply, even a duplicate'(client) {
    for (const ok of [{ offset: 7 }, { offset: 7, duplicate: true }]) {
      const owner = newOwner(client);
      const outbox = newOutbox(client, async () => ok, { owner });
      outbox.send('general', 'hi');
      await until(() => outbox.entries[0].state === 'sent');
      await until(async () => (await written(owner)).length === 0);
    }
  },

  async 'deletes a stored message after its event, without a reply'(client) {
    const owner = newOwner(client);
    const outbox = newOutbox(client, never, { owner });
    outbox.send('general', 'hi');
    await until(async () => (await written(owner)).length === 1);
    outbox.settle(() => true);
    await until(async () => (await written(owner)).length === 0);
  },

  async 'sends unsent messages after a reload, with the same keys, in the same order'(client) {
    const owner = newOwner(client);
    const before = newOutbox(client, never, { owner });
    const entries = ['one', 'two', 'three'].map((text) => before.send('general', text));
    await until(async () => (await written(owner)).length === 3);
    before.close();
    const posted = [];
    const after = newOutbox(client, async (entry) => ({ offset: posted.push(entry) }), { owner });
    await until(() => posted.length === 3);
    equals(posted.map(({ key, text, at }) => [key, text, at]), entries.map(({ key, text, at }) => [key, text, at]));
    await until(async () => (await written(owner)).length === 0);
  },

  async 'keeps messages for their owner only'(client) {
    const owner = newOwner(client);
    const before = newOutbox(client, never, { owner });
    before.send('general', 'mine');
    await until(async () => (await written(owner)).length === 1);
    before.close();
    const [server, user] = owner;
    for (const other of [[server, `${user}2`], [server, `${user} `], [server, ''], [`${server}x`, user], [server], [`${server} ${user}`]]) {
      const outbox = newOutbox(client, never, { owner: other });
      await outbox.takeOver();
      equals(outbox.entries, []);
    }
  },

  async 'keeps failed messages over a reload, to retry or discard'(client) {
    const owner = newOwner(client);
    const refuse = async () => {
      throw new client.Problem({ code: 'forbidden' });
    };
    const before = newOutbox(client, refuse, { owner });
    const [first, second] = ['one', 'two'].map((text) => before.send('general', text));
    await until(async () => (await written(owner)).filter(({ state }) => state === 'failed').length === 2);
    before.close();
    const posted = [];
    const after = newOutbox(client, async ({ key }) => ({ offset: posted.push(key) }), { owner });
    await until(() => after.entries.length === 2);
    await settled();
    equals([after.entries.map(({ state, problem }) => [state, problem]), posted], [[['failed', 'forbidden'], ['failed', 'forbidden']], []]);
    after.discard(first.key);
    after.retry(second.key);
    await until(() => posted.length === 1);
    equals(posted, [second.key]);
    await until(async () => (await written(owner)).length === 0);
  },

  async 'takes over messages of another tab only after that tab ends'(client) {
    for (const locks of [undefined, null]) {
      const owner = newOwner(client);
      const posted = [];
      const one = newOutbox(client, never, { owner, locks });
      const { key } = one.send('general', 'hi');
      await until(async () => (await written(owner)).length === 1);
      const other = newOutbox(client, async (entry) => ({ offset: posted.push(entry.key) }), { owner, locks });
      await other.takeOver();
      equals([other.entries, posted], [[], []]);
      one.close();
      await until(async () => (await other.takeOver(), posted.length === 1));
      equals(posted, [key]);
    }
  },

  async 'takes over from a tab that crashed'(client) {
    const owner = newOwner(client);
    const tab = document.body.appendChild(document.createElement('iframe'));
    const crashing = newOutbox(client, never, { owner, locks: tab.contentWindow.navigator.locks });
    crashing.send('general', 'hi');
    await until(async () => (await written(owner)).length === 1);
    const other = newOutbox(client, never, { owner });
    await other.takeOver();
    equals(other.entries, []);
    tab.remove();
    await until(async () => (await other.takeOver(), other.entries.length === 1));
  },

  async 'takes over from a crashed tab without Web Locks, after its lease expires'(client) {
    const owner = newOwner(client);
    const crashed = newOutbox(client, never, { owner, locks: null });
    crashed.send('general', 'hi');
    await until(async () => (await written(owner)).length === 1);
    const [lease] = Object.keys(localStorage).filter((name) => name.includes(owner[1]));
    localStorage.setItem(lease, String(Date.now() - 1));
    const other = newOutbox(client, never, { owner, locks: null });
    await until(() => other.entries.length === 1);
    for (const outbox of [crashed, other]) outbox.close();
    equals(Object.keys(localStorage).filter((name) => name.includes(owner[1])), []);
  },

  async 'gives the messages of an ended tab to one living tab'(client) {
    const owner = newOwner(client);
    const ended = newOutbox(client, never, { owner });
    for (let n = 0; n < 20; n++) ended.send('general', `${n}`);
    await until(async () => (await written(owner)).length === 20);
    ended.close();
    const tabs = Array.from({ length: 5 }, () => newOutbox(client, never, { owner }));
    await until(() => tabs.some(({ entries }) => entries.length > 0));
    await Promise.all(tabs.map((tab) => tab.takeOver()));
    equals(tabs.map(({ entries }) => entries.length).sort(), [0, 0, 0, 0, 20]);
  },

  async 'lets one tab at a time take messages over'(client) {
    const group = newOwner(client);
    const leases = ['one', 'other'].map((holder) => new client.Lease(group, holder));
    await Promise.all(leases.map((lease) => lease.taken));
    const steps = [];
    const task = (n) => async () => {
      steps.push(`${n} begins`);
      await settled();
      steps.push(`${n} ends`);
    };
    await Promise.all(leases.map((lease, n) => lease.alone(task(n))));
    equals(steps.map((step) => step.split(' ')[1]), ['begins', 'ends', 'begins', 'ends']);
    for (const lease of leases) lease.end();
  },

  async 'stores 200 messages of an owner, and updates those'(client) {
    const { Unsent, MOST_WRITTEN } = client;
    const owner = newOwner(client);
    const unsent = new Unsent(owner);
    const entry = (key, state = 'pending') => ({ key, state, holder: 'x', order: 1, room: 'general', text: 'x' });
    for (let n = 0; n <= MOST_WRITTEN; n++) await unsent.put(entry(`${n}`));
    await unsent.put(entry('7', 'failed'));
    const kept = await written(owner);
    equals([kept.length, kept.find(({ key }) => key === '7').state], [MOST_WRITTEN, 'failed']);
    unsent.close();
  },

  async 'sends without IndexedDB'(client) {
    const refusing = { open: () => { throw new DOMException('no', 'SecurityError'); } };
    const silent = { open: () => ({}) };
    for (const storage of [null, refusing, silent]) {
      const outbox = newOutbox(client, async () => ({ offset: 1 }), { storage });
      outbox.send('general', 'hi');
      await until(() => outbox.entries[0].state === 'sent');
    }
  },

  'lists a lost room while it has failed messages'({ RoomList, apply, initial, strings }) {
    const list = new RoomList({});
    const state = apply(initial, { type: 'client.rooms', rooms: [{ id: 'general', name: 'general', role: 'member' }] });
    const shown = () => [...list.node.querySelectorAll('.room')].map((button) => [button.dataset.room, button.textContent.includes(strings.unsent(1))]);
    const failed = (room) => ({ room, state: 'failed' });
    list.update(state, [failed('gone'), failed('general'), { room: 'waiting', state: 'pending' }]);
    equals(shown(), [['general', true], ['gone', true]]);
    list.update(state, []);
    equals([...list.node.querySelectorAll('.room')].map((button) => button.dataset.room), ['general']);
  },

  'removes invalid characters before sending'(client) {
    const outbox = newOutbox(client, never);
    equals(outbox.send('general', 'a\ud800b\0c\udc00 🚢').text, 'abc 🚢');
  },

  'makes a valid key with and without randomUUID'({ newKey }) {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    equals(uuid.test(newKey()), true);
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    equals(uuid.test(newKey()), true);
    delete crypto.randomUUID;
  },

  async 'resumes from its position after a disconnect, without duplicates'(client) {
    const server = new RoomServer(client);
    const session = await server.serves('alice');
    server.breaksOff();
    server.logs(posted('while away'));
    await until(() => texts(session).length === 3);
    equals(texts(session), ['message 1', 'message 2', 'while away']);
    equals(server.asked('subscribe').at(-1).since, { epoch: EPOCH, offset: 2 });
  },

  async 'starts over after a disconnect that the server cannot recover'(client) {
    const server = new RoomServer(client);
    const session = await server.serves('alice');
    server.recovers = false;
    server.breaksOff();
    for (let n = 0; n < 60; n++) server.logs(posted(`n ${n}`));
    await until(() => texts(session).at(-1) === 'n 59');
    equals([texts(session).length, new Set(texts(session)).size], [50, 50]);
  },

  async 'neither loses nor repeats events right after the reply'(client) {
    const server = new RoomServer(client);
    server.behindReply = () => {
      for (let n = 1; n <= 20; n++) server.says(posted(`n ${n}`));
    };
    const session = await server.serves('alice');
    await until(() => texts(session).length === 22);
    server.breaksOff();
    await until(() => texts(session).length === 42);
    equals(session.state.rooms.get('general').messages.map(({ offset }) => offset), Array.from({ length: 42 }, (_, n) => n + 1));
  },

  async 'fills a gap before it continues'(client) {
    const server = new RoomServer(client);
    const session = await server.serves('alice');
    server.logs(posted('lost on the way'));
    server.says(posted('behind the hole'));
    server.says(posted('and on'));
    await until(() => texts(session).length === 5);
    equals(texts(session).slice(2), ['lost on the way', 'behind the hole', 'and on']);
    equals(server.asked('subscribe').map(({ since }) => since?.offset), [undefined, 2]);
  },

  async 'reloads when the gap stays, without flooding the server'(client) {
    const server = new RoomServer(client);
    await evenly(async () => {
      const session = await server.serves('alice');
      server.logs(posted('never delivered'));
      server.withholds = 3;
      server.says(posted('behind the hole'));
      await until(() => texts(session).at(-1) === 'behind the hole');
      equals(server.asked('subscribe').map(({ since, last }) => since?.offset ?? last), [50, 2, 2, 2, 50]);
    });
  },

  async 'subscribes again when the server allows it'(client) {
    const server = new RoomServer(client);
    const session = await server.serves('alice');
    server.tells({ type: 'unsubscribed', room: 'general', code: 'unavailable', resubscribe: true });
    await until(() => session.state.rooms.get('general').subscription === 'none');
    equals(texts(session).length, 2);
    server.logs(posted('meanwhile'));
    await until(() => texts(session).length === 3);
    equals(server.asked('subscribe').at(-1).since.offset, 2);
  },

  async 'stops when the server does not allow it, and shows why'(client) {
    const server = new RoomServer(client);
    const session = await server.serves('alice');
    server.tells({ type: 'unsubscribed', room: 'general', code: 'forbidden', resubscribe: false });
    await until(() => client.isOver(session.state.rooms.get('general')));
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    equals([server.asked('subscribe').length, session.state.rooms.get('general').role], [1, 'none']);
  },

  async 'asks again for a room while the refusal is temporary'(client) {
    const server = new RoomServer(client);
    server.refuses = { subscribe: [{ code: 'unavailable', temporary: true, retryAfter: 10 }, { code: 'rate_limited', temporary: true, retryAfter: 10 }] };
    const session = await server.serves('alice');
    equals(texts(session).length, 2);
  },

  async 'unsubscribes from a room that was left before the reply'(client) {
    const server = new RoomServer(client);
    const session = await server.serves('alice');
    session.open('random');
    session.open('general');
    await until(() => server.asked('unsubscribe').length === 1);
    equals(server.asked('unsubscribe')[0].room, 'random');
  },

  async 'does not send again the frame that the server closed for, but sends all others'(client) {
    const server = new RoomServer(client);
    const session = await server.serves('alice');
    await evenly(async () => {
      server.deaf = true;
      session.send('too long for this server');
      await until(() => server.asked('message.post').length === 1);
      server.deaf = false;
      server.breaksOff(1009);
      await until(() => session.state.rooms.get('general').subscription === 'live' && session.state.connection.phase === 'connected');
    });
    equals(session.unsent.map(({ state, problem }) => [state, problem]), [['failed', 'too_large']]);
    equals(server.asked('message.post').length, 1);
  },

  async 'posts a message once that was confirmed into a dead socket and sent again after a reload'(client) {
    const server = new RoomServer(client);
    const before = await server.serves('alice');
    server.mute = true;
    before.send('once');
    await until(() => server.log.length === 3);
    server.leaves(before);
    server.mute = false;
    const after = await server.serves('alice');
    await until(async () => (await written(server.owner)).length === 0);
    const keys = new Set(server.asked('message.post').map(({ key }) => key));
    equals([keys.size, server.log.length, texts(after).filter((text) => text === 'once').length, after.unsent], [1, 3, 1, []]);
  },

  async 'sends once after a reload what never reached the server'(client) {
    const server = new RoomServer(client);
    const before = await server.serves('alice');
    server.deaf = true;
    before.send('once');
    await until(() => server.asked('message.post').length === 1);
    server.leaves(before);
    server.deaf = false;
    const after = await server.serves('alice');
    await until(() => texts(after).at(-1) === 'once' && after.unsent.length === 0);
    equals([new Set(server.asked('message.post').map(({ key }) => key)).size, server.log.length], [1, 3]);
    await until(async () => (await written(server.owner)).length === 0);
  },

  async 'shows a message once, whether its reply or its event comes first'(client) {
    const server = new RoomServer(client);
    const session = await server.serves('alice');
    for (const eventFirst of [true, false]) {
      server.eventFirst = eventFirst;
      session.send('hi');
      await until(() => session.unsent.length === 0);
    }
    equals(texts(session), ['message 1', 'message 2', 'hi', 'hi']);
  },

  async 'keeps messages that a room refused, to retry later'(client) {
    const server = new RoomServer(client);
    const session = await server.serves('alice');
    server.refuses = { 'message.post': [{ code: 'forbidden', temporary: false }] };
    server.tells({ type: 'unsubscribed', room: 'general', code: 'forbidden', resubscribe: false });
    await until(() => client.isOver(session.state.rooms.get('general')));
    session.send('let me in');
    await until(() => session.unsent[0]?.state === 'failed');
    session.retry(session.unsent[0].key);
    await until(() => texts(session).includes('let me in') && session.unsent.length === 0);
  },

  async 'refreshes the token before it expires'(client) {
    const server = new RoomServer(client);
    const tokens = ['first', 'second'].map(jwt);
    server.provider = async () => tokens.shift();
    server.expires = soon(1.5);
    const session = await server.serves('alice');
    await until(() => server.asked('auth.refresh').length === 1);
    equals([server.asked('auth.refresh')[0].token, session.state.connection.phase, tokens], [jwt('second'), 'connected', []]);
  },

  async 'reconnects with a token that the server accepts only on a new connection'(client) {
    const server = new RoomServer(client);
    server.expires = soon(1);
    server.refuses = { 'auth.refresh': [{ code: 'forbidden', temporary: false }] };
    const session = await server.serves('alice');
    await until(() => server.asked('auth.refresh').length === 1);
    server.expires = soon(600);
    await until(() => server.asked('subscribe').length === 2 && session.state.rooms.get('general').subscription === 'live');
    equals([session.state.connection.phase, server.greeted], ['connected', 2]);
  },

  async 'retries the refresh while the portal or the server fails'(client) {
    const server = new RoomServer(client);
    server.expires = soon(1);
    server.refuses = { 'auth.refresh': [{ code: 'unavailable', temporary: true }, { code: 'unauthorized', temporary: false }] };
    await evenly(async () => {
      const session = await server.serves('alice');
      await until(() => server.asked('auth.refresh').length === 3);
      equals(session.state.connection.phase, 'connected');
    });
  },

  async 'is signed out when the portal has no token'(client) {
    const server = new RoomServer(client);
    server.expires = soon(1);
    const session = await server.serves('alice');
    server.provider = async () => null;
    await until(() => session.state.connection.phase === 'signed-out');
  },

  async 'reconnects after an expired or revoked token, but not with the same one'(client) {
    const server = new RoomServer(client);
    server.provider = async () => jwt(`token ${server.greeted}`);
    const session = await server.serves('alice');
    server.breaksOff(4001);
    await until(() => server.greeted === 2 && session.state.rooms.get('general').subscription === 'live');
    server.breaksOff(4001);
    await until(() => session.state.connection.phase === 'signed-out');
    equals(server.greeted, 2);

    const other = new RoomServer(client);
    const stubborn = await other.serves('alice');
    other.breaksOff(4001);
    await until(() => stubborn.state.connection.phase === 'signed-out');
    equals(other.greeted, 1);
  },

  async 'signs in with a requested code, and keeps tokens in memory only'(client) {
    const { signIn, asked } = provider(client);
    equals([await signIn.resume(), signIn.name, await signIn.token()], [true, 'Alice', 'access 1']);
    equals([asked[0].code, asked[0].code_verifier, location.search], ['c', 'v', '']);
    equals(Object.values({ ...sessionStorage, ...localStorage }).filter((kept) => /access|renewal|eyJ/.test(kept)), []);
  },

  async 'rejects an answer that the page did not request'(client) {
    for (const query of ['?state=other&code=c', '?state=s&code=c&iss=https://other.example']) {
      const { signIn, asked } = provider(client, { query });
      await rejects(signIn.resume(), client.SignInFailed);
      equals([asked, signIn.name, await signIn.token()], [[], null, null]);
    }
    const { signIn } = provider(client, { pending: null });
    await rejects(signIn.resume(), client.SignInFailed);
  },

  async 'rejects an identity for another client'(client) {
    const wrong = [{ nonce: 'other' }, { aud: 'other' }, { aud: ['page', 'other'] }, { iss: 'https://other.example' }, { exp: 1 }];
    for (const claims of wrong) {
      const { signIn } = provider(client, { claims });
      await rejects(signIn.resume(), client.SignInFailed);
      equals([signIn.name, await signIn.token()], [null, null]);
    }
  },

  async 'rejects a provider with another issuer'(client) {
    const { signIn, asked } = provider(client, { issuer: 'https://other.example' });
    await rejects(signIn.resume(), client.SignInFailed);
    equals(asked, []);
  },

  async 'stays signed out silently when the provider has no session'(client) {
    const { signIn } = provider(client, { query: '?state=s&error=login_required' });
    equals([await signIn.resume(), signIn.name], [false, null]);
  },

  async 'refreshes its token in time, once for all callers, as long as the provider allows it'(client) {
    const { signIn, asked, refuse } = provider(client, { lasts: 20 });
    await signIn.resume();
    equals(await Promise.all([signIn.token(), signIn.token()]), ['access 2', 'access 2']);
    equals(asked.map(({ grant_type, refresh_token }) => [grant_type, refresh_token]), [['authorization_code', undefined], ['refresh_token', 'renewal 1']]);
    refuse();
    equals([await signIn.token(), await signIn.token(), asked.length], ['access 2', 'access 2', 3]);
    signIn.forget();
    equals([await signIn.token(), signIn.name], [null, null]);
  },

  'announces the delivery state of a message to screen readers'({ Timeline, Notice, strings }) {
    const timeline = new Timeline({});
    const notice = new Notice({});
    const room = { id: 'general', name: 'general', messages: [], newAfter: null, earlier: false };
    const entry = { key: 'k', room: 'general', text: 'hi', at: '2026-03-02T09:00:00.000Z' };
    const status = () => timeline.node.querySelector('[role=status]').textContent;
    const shows = (state, words, spoken, messages = []) => {
      const unsent = messages.length ? [] : [{ ...entry, state, problem: state === 'failed' ? 'forbidden' : undefined }];
      timeline.update({ room: { ...room, messages }, unsent, user: alice, connected: true });
      const article = timeline.node.querySelector('article');
      equals([article.textContent.includes(words), article.ariaLive, status()], [true, 'off', spoken]);
    };
    const failed = strings.failed(strings.problems.forbidden);
    shows('pending', strings.pending, '');
    shows('failed', failed, failed);
    equals([...timeline.node.querySelectorAll('article button')].map((button) => button.textContent), [strings.retry, strings.discard]);
    shows('pending', strings.pending, strings.pending);
    shows('sent', strings.delivered, strings.delivered, [{ ...entry, offset: 1, by: alice }]);
    notice.update('refused', { unsent: [{ ...entry, state: 'failed', problem: 'forbidden' }], user: alice });
    equals([notice.node.querySelector('section').ariaLabel, notice.node.textContent.includes(failed)], [strings.notSent, true]);
  },
};

const tests = { ...pure, ...messages, ...own, ...acts, ...calls, ...dialogs, ...documents, ...embedding, ...people, ...tokens, ...portal, ...format, ...language, ...look, ...rooms, ...readings };
