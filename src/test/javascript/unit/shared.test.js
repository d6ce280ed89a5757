/** One connection for several tabs: who leads, what each tab receives, and what happens when the leading one ends. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { SharedConnection } from '../../../main/webapp/chat/connection/shared.js';
import { Stats } from '../../../main/webapp/chat/connection/stats.js';
import { settled } from './kit.js';

const jwt = (claims) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
const HELLO = { type: 'hello', user: { id: 'alice' } };

/** What the tabs of a browser share: Web Locks, channels, and the connections to the server that they made. */
class Browser {
  queues = new Map();
  channels = new Set();
  connections = [];

  locks = {
    request: (name, { signal }, task) =>
      new Promise((resolve, reject) => {
        const entry = { task, resolve };
        signal.addEventListener('abort', () => this.#aborted(name, entry, reject));
        this.queues.set(name, [...(this.queues.get(name) ?? []), entry]);
        this.#grant(name);
      }),
  };

  #aborted(name, entry, reject) {
    if (entry.granted) return;
    this.queues.set(name, this.queues.get(name).filter((one) => one !== entry));
    reject(new Error('AbortError'));
  }

  #grant(name) {
    const [first] = this.queues.get(name);
    if (!first || first.granted) return;
    first.granted = true;
    queueMicrotask(async () => {
      await first.task({ name });
      this.released(name, first);
      first.resolve();
    });
  }

  released(name, entry) {
    if (!this.queues.get(name).includes(entry)) return;
    this.queues.set(name, this.queues.get(name).filter((one) => one !== entry));
    this.#grant(name);
  }

  /** Takes all locks from a tab, as when it crashes. */
  open(name) {
    const channel = { name, onmessage: null, close: () => this.channels.delete(channel), postMessage: (data) => this.#deliver(channel, structuredClone(data)) };
    this.channels.add(channel);
    return channel;
  }

  #deliver(from, data) {
    for (const one of this.channels) if (one !== from && one.name === from.name) setImmediate(() => this.channels.has(one) && one.onmessage?.({ data }));
  }

  get live() {
    return this.connections.filter(({ open }) => open);
  }

  connect(options) {
    const connection = {
      options,
      open: false,
      connected: false,
      asked: [],
      told: [],
      answers: async () => ({}),
      start() {
        this.open = true;
        options.onPhase({ phase: 'connecting' });
      },
      stop() {
        this.open = this.connected = false;
      },
      reconnect() {
        this.told.push('reconnect');
      },
      request(command, fields) {
        this.asked.push([command, fields.room]);
        return this.answers(command, fields);
      },
      tell(command, fields) {
        this.told.push([command, fields]);
      },
      welcome(hello = HELLO) {
        this.connected = true;
        options.onEvent(hello);
        options.onPhase({ phase: 'connected' });
      },
      ends(phase) {
        this.connected = false;
        options.onPhase(phase);
      },
    };
    this.connections.push(connection);
    return connection;
  }
}

/** A tab of the browser: its connection, and what it received. */
async function tab(browser, { claims = { iss: 'https://idp.example', sub: 'alice' }, token = jwt(claims), locks = browser.locks } = {}) {
  const events = [];
  const phases = [];
  const stats = new Stats();
  const shared = new SharedConnection({
    url: 'wss://chat.example/ws', token: async () => token, refused: async () => false, onEvent: (event) => events.push(event), onPhase: ({ phase }) => phases.push(phase),
    stats, locks, open: (name) => browser.open(name), connect: (options) => browser.connect(options),
  });
  shared.start();
  await calm();
  return { shared, events, phases, stats, types: () => events.map(({ type }) => type) };
}

async function calm() {
  for (let n = 0; n < 6; n++) await settled();
}

async function tabs(count) {
  const browser = new Browser();
  const all = [];
  for (let n = 0; n < count; n++) all.push(await tab(browser));
  browser.live[0].welcome();
  await calm();
  return { browser, all };
}

test('a tab counts what passes through the leading one, which leaves its own to its connection', async () => {
  const { browser, all: [leading, other] } = await tabs(2);
  assert.deepEqual([leading.stats.now.received, other.stats.now.transport], [0, 'shared']);
  const { sent, received } = other.stats.now;
  await other.shared.request('ping');
  browser.live[0].answers = async () => Promise.reject(Object.assign(new Error('no'), { code: 'forbidden' }));
  await assert.rejects(other.shared.request('room.join', { room: 'general' }));
  other.shared.tell('typing', { room: 'general', on: true });
  const now = other.stats.now;
  assert.deepEqual([now.sent - sent, now.received - received, now.errors], [3, 2, 1]);
  browser.live[0].ends({ phase: 'waiting' });
  await calm();
  assert.deepEqual([other.stats.now.transport, other.stats.now.connectedAt], [null, null]);
});

test('twenty tabs have one connection, and a late one learns of it', async () => {
  const { browser, all } = await tabs(20);
  all.push(await tab(browser));
  assert.equal(browser.live.length, 1);
  assert.deepEqual(all.map(({ shared, phases, types }) => [shared.connected, phases.at(-1), types()]), Array(21).fill([true, 'connected', ['hello']]));
});

test('each tab gets its replies and refusals', async () => {
  const { browser, all: [first, second, third] } = await tabs(3);
  browser.live[0].answers = async (command, { room }) => {
    if (room === 'secret') throw Object.assign(new Error('x'), { code: 'not_found', temporary: false });
    return { room };
  };
  const outcomes = [first, second, third].map(({ shared }, n) => shared.request('history', { room: `r${n}` }));
  assert.deepEqual(await Promise.all(outcomes), [{ room: 'r0' }, { room: 'r1' }, { room: 'r2' }]);
  await assert.rejects(third.shared.request('subscribe', { room: 'secret' }), { name: 'Problem', code: 'not_found', temporary: false });
});

test('a room stays subscribed as long as a tab needs it, and its events reach only those tabs', async () => {
  const { browser, all: [first, second, third] } = await tabs(3);
  const [server] = browser.live;
  await first.shared.request('subscribe', { room: 'r' });
  await second.shared.request('subscribe', { room: 'r' });
  server.options.onEvent({ type: 'message.posted', room: 'r', offset: 1 });
  server.options.onEvent({ type: 'activity', room: 'r', offset: 1 });
  server.options.onEvent({ type: 'room.added', room: { id: 'x' } });
  await calm();
  assert.deepEqual([first.types(), second.types(), third.types()].map((types) => types.slice(1)), [
    ['message.posted', 'activity', 'room.added'],
    ['message.posted', 'activity', 'room.added'],
    ['activity', 'room.added'],
  ]);
  await first.shared.request('unsubscribe', { room: 'r' });
  assert.equal(server.asked.filter(([command]) => command === 'unsubscribe').length, 0);
  second.shared.stop();
  await calm();
  assert.deepEqual(server.asked.at(-1), ['unsubscribe', 'r']);
});

test('a tab joins once its own lock is held: until then it would count as ended', async () => {
  const browser = new Browser();
  let grants = () => {};
  const granted = new Promise((resolve) => (grants = () => resolve(undefined)));
  const request = async (name, ...rest) => {
    if (!name.endsWith(']')) await granted;
    return browser.locks.request(name, ...rest);
  };
  const late = await tab(browser, { locks: { request } });
  await tab(browser);
  browser.live[0].welcome();
  await calm();
  assert.deepEqual([late.phases, late.types()], [['connecting'], []]);
  grants();
  await calm();
  await late.shared.request('subscribe', { room: 'r' });
  browser.live[0].options.onEvent({ type: 'message.posted', room: 'r', offset: 1 });
  await calm();
  assert.deepEqual([late.phases.at(-1), late.types()], ['connected', ['hello', 'message.posted']]);
});

test('when the leading tab ends, the next one connects, and what was asked is reported as lost', async () => {
  const { browser, all } = await tabs(3);
  const [first, second, third] = all;
  browser.live[0].answers = () => new Promise(() => {});
  const asked = third.shared.request('message.post', { room: 'r' });
  await calm();
  first.shared.stop();
  await assert.rejects(asked, { lost: true });
  await calm();
  assert.deepEqual([browser.live.length, browser.connections.length, second.phases.at(-1), third.phases.at(-1), third.shared.connected], [1, 2, 'connecting', 'connecting', false]);
  browser.live[0].welcome();
  await calm();
  assert.deepEqual([second.shared.connected, third.shared.connected, third.types()], [true, true, ['hello', 'hello']]);
  assert.deepEqual(await third.shared.request('ping'), {});
});

test('fifty leading tabs end one after the other, and the last tab stays connected', async () => {
  const { browser, all } = await tabs(51);
  const last = all.pop();
  for (const { shared } of all) {
    shared.stop();
    await calm();
    assert.equal(browser.live.length, 1);
    browser.live[0].welcome();
    await calm();
    assert.equal(last.shared.connected, true);
  }
});

test('a tab whose connection ended for good leaves the others alone', async () => {
  const { browser, all: [first, second] } = await tabs(2);
  browser.live[0].ends({ phase: 'signed-out', by: 'portal' });
  await calm();
  assert.deepEqual([first.phases.at(-1), second.phases.at(-1), browser.live.length], ['signed-out', 'connecting', 1]);
  first.shared.start();
  await calm();
  browser.live[0].welcome();
  await calm();
  assert.deepEqual([first.shared.connected, second.shared.connected, browser.live.length], [true, true, 1]);
});

test('another person in the leading tab is no affair of the others', async () => {
  const { browser, all: [first, second] } = await tabs(2);
  browser.live[0].ends({ phase: 'waiting' });
  browser.live[0].options.onEvent({ type: 'hello', user: { id: 'bob' } });
  await calm();
  assert.deepEqual([first.events.at(-1).user.id, second.events.at(-1).user.id, second.phases.at(-1)], ['bob', 'alice', 'waiting']);
});

test('other people, and tokens without a subject, have connections of their own', async () => {
  const browser = new Browser();
  await tab(browser);
  await tab(browser, { claims: { iss: 'https://idp.example', sub: 'bob' } });
  await tab(browser, { claims: { iss: 'https://other.example', sub: 'alice' } });
  const alone = await tab(browser, { token: 'a.b.c' });
  assert.equal(browser.live.length, 4);
  browser.live[3].welcome();
  assert.deepEqual([alone.shared.connected, await alone.shared.request('ping')], [true, {}]);
  alone.shared.stop();
  assert.equal(browser.live.length, 3);
});

test('typing and reconnecting reach the connection from every tab', async () => {
  const { browser, all: [first, second] } = await tabs(2);
  first.shared.tell('typing', { on: true });
  second.shared.tell('typing', { on: false });
  second.shared.reconnect();
  await calm();
  assert.deepEqual(browser.live[0].told, [['typing', { on: true }], ['typing', { on: false }], 'reconnect']);
});
