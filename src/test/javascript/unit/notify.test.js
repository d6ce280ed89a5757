/** Notifications: the list and its count, which tab shows one on the desktop, and what the service worker makes of a push. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { runInNewContext } from 'node:vm';
import { Desktop } from '../../../main/webapp/chat/notify/desktop.js';
import { noNotices, noticesChanged } from '../../../main/webapp/chat/notify/fold.js';
import { Push, bytesOf } from '../../../main/webapp/chat/notify/push.js';
import { settled } from './kit.js';

const bob = { id: 'bob', name: 'Bob' };
const notice = (id, more = {}) => ({ id, room: 'r', offset: id, by: bob, why: 'mention', at: '2026-03-02T09:00:00.000Z', ...more });
const after = (...events) => events.reduce((notices, event) => noticesChanged(notices, event) ?? notices, noNotices);
const listed = (notifications, unread, more = false) => ({ type: 'client.notices', notifications, unread, more });
const notified = (id) => ({ type: 'notified', id, room: 'r', offset: id, by: bob, why: 'mention', received: 1_000 });
const shown = ({ list, unread }) => [list.map(({ id, read }) => `${id}${read ? ' read' : ''}`).join(), unread];

test('counts a new notification once, and puts it first', () => {
  const notices = after(listed([notice(5), notice(3, { read: true })], 4), notified(7), notified(7), notified(5));
  assert.deepEqual(shown(notices), ['7,5,3 read', 5]);
  assert.equal(notices.list[0].at, '1970-01-01T00:00:01.000Z');
});

test('marks what was read elsewhere, also of what is not loaded', () => {
  const first = listed([notice(9), notice(8), notice(7)], 5, true);
  assert.deepEqual(shown(after(first, { type: 'withdrawn', ids: [8] })), ['9,8 read,7', 4]);
  assert.deepEqual(shown(after(first, { type: 'withdrawn', ids: [2] })), ['9,8,7', 4]);
  assert.deepEqual(shown(after(first, { type: 'withdrawn', upto: 8 }, { type: 'withdrawn', upto: 8 })), ['9,8 read,7 read', 1]);
  assert.deepEqual(shown(after(first, { type: 'withdrawn', upto: 9 })), ['9 read,8 read,7 read', 0]);
});

test('pages back without repeating one', () => {
  const notices = after(listed([notice(9), notice(8)], 4, true), { ...listed([notice(8), notice(7)], 4), before: 8 });
  assert.deepEqual([shown(notices), notices.more], [['9,8,7', 4], false]);
});

test('adds a page once that was asked for twice', () => {
  const page = { ...listed([notice(7), notice(6)], 4), before: 8 };
  assert.equal(shown(after(listed([notice(9), notice(8)], 4, true), page, page))[0], '9,8,7,6');
});

/** Web Locks as several tabs of one browser share them. */
function locks() {
  const held = new Set();
  return {
    async request(name, { ifAvailable }, task) {
      assert.ok(ifAvailable);
      if (held.has(name)) return task(null);
      held.add(name);
      try {
        return await task({ name });
      } finally {
        held.delete(name);
      }
    },
  };
}

/** The tabs of a browser in which the person allowed notifications; `attentive` says which of them is looked at. */
async function tabs(t, attentive, { permission = 'granted', on = true } = {}) {
  const made = [];
  globalThis.Notification = class extends EventTarget {
    static permission = permission;
    constructor(title, options) {
      super();
      made.push([title, options.tag]);
    }
    close() {
      made.push('closed');
    }
  };
  t.after(() => delete globalThis.Notification);
  const shared = locks();
  const waits = [];
  const wait = (milliseconds) => new Promise((resolve) => waits.push([milliseconds, resolve]));
  const all = attentive.map(() => new Desktop({ own: () => ({ get: () => on }), open() {}, locks: shared, wait }));
  all.forEach((tab, n) => tab.show(notice(7), { title: 'Bob', body: '', attentive: attentive[n] }));
  await settled();
  for (const [, resolve] of waits.filter(([milliseconds]) => milliseconds < 1_000)) resolve();
  await settled();
  return { made, all };
}

test('one tab of several shows a notification', async (t) => {
  const { made, all } = await tabs(t, [false, false, false]);
  assert.deepEqual(made, [['Bob', '7']]);
  for (const tab of all) tab.withdraw((id) => id === 7);
  assert.deepEqual(made.slice(1), ['closed']);
});

test('no tab shows one while the person looks at another tab, or has not turned it on', async (t) => {
  assert.deepEqual((await tabs(t, [false, true, false])).made, []);
  assert.deepEqual((await tabs(t, [false], { on: false })).made, []);
  assert.deepEqual((await tabs(t, [false], { permission: 'denied' })).made, []);
});

test('keeps 20 notifications open, and closes the oldest for the next one', async (t) => {
  const open = new Set();
  globalThis.Notification = class extends EventTarget {
    static permission = 'granted';
    constructor(_, { tag }) {
      super();
      open.add((this.tag = tag));
    }
    close() {
      open.delete(this.tag);
    }
  };
  t.after(() => delete globalThis.Notification);
  const tab = new Desktop({ own: () => ({ get: () => true }), open() {}, locks: null, wait: async () => {} });
  for (let id = 1; id <= 21; id++) await tab.show(notice(id), { title: 'Bob', body: '', attentive: false });
  assert.deepEqual([...open].map(Number), Array.from({ length: 20 }, (_, n) => n + 2));
});

/** The browser's storage of a worker, as it survives the worker: the keys in their order. */
function storage() {
  const keys = new Map();
  const cache = { match: async (key) => keys.get(key), put: async (key, response) => void keys.set(key, response), keys: async () => [...keys.keys()], delete: async (key) => keys.delete(key) };
  return { size: () => keys.size, open: async () => cache };
}

/** The service worker in a browser of the test. `open` are the addresses of the pages that are open. */
function worker(open = [], caches = storage()) {
  const listeners = {};
  const shows = [];
  const seen = [];
  const clients = open.map((url) => ({ url, postMessage: (data) => seen.push(data), focus: async () => seen.push('focus') }));
  const self = {
    location: { href: 'https://chat.example/parley/chat/push-worker.js?page=%2Fportal%2F%3Fa%3D1&words=%7B%22mention%22%3A%22Mentioned%20you%22%7D' },
    addEventListener: (type, listener) => (listeners[type] = listener),
    skipWaiting() {},
    caches,
    Response: class {},
    registration: {
      showNotification: async (title, options) => void shows.push({ title, ...options, close: () => seen.push(`closed ${options.tag}`) }),
      getNotifications: async ({ tag }) => shows.filter((one) => one.tag === tag),
    },
    clients: { matchAll: async () => clients, openWindow: async (address) => seen.push(address) },
  };
  runInNewContext(readFileSync(new URL('../../../main/webapp/chat/push-worker.js', import.meta.url), 'utf8'), { self, URL });
  const fires = async (type, event) => {
    let work;
    listeners[type]({ ...event, waitUntil: (promise) => (work = promise) });
    await work;
  };
  return { shows, seen, pushes: (data) => fires('push', { data: { json: () => (typeof data === 'string' ? JSON.parse(data) : data) } }), clicks: (notification) => fires('notificationclick', { notification }) };
}

test('the service worker shows a push, and withdraws it', async () => {
  const { shows, seen, pushes } = worker();
  await pushes({ id: 7, room: 'r', offset: 42, why: 'mention', by: bob });
  await pushes({ id: 8, room: 'r', offset: 43, why: 'mention', by: { id: 'x' }, text: 'Look' });
  assert.deepEqual(shows.map(({ title, body, tag }) => [title, body, tag]), [['Bob', 'Mentioned you', '7'], ['x', 'Look', '8']]);
  await pushes({ withdraw: [7] });
  assert.deepEqual(seen, ['closed 7']);
  await pushes('null');
  await assert.doesNotReject(pushes('{'));
  assert.equal(shows.length, 2);
});

test('a push that comes again is shown once, also by a worker that started since', async () => {
  const caches = storage();
  const first = worker([], caches);
  const push = { id: 7, room: 'r', offset: 42, why: 'mention', by: bob };
  await Promise.all([first.pushes(push), first.pushes(push)]);
  await first.pushes({ ...push, id: 8 });
  const later = worker([], caches);
  await later.pushes(push);
  await later.pushes({ ...push, id: 9 });
  assert.deepEqual([first.shows.map(({ tag }) => tag), later.shows.map(({ tag }) => tag)], [['7', '8'], ['9']]);
});

test('the worker remembers a bounded number of pushes, and works without a storage', async () => {
  const caches = storage();
  const { shows, pushes } = worker([], caches);
  for (let id = 1; id <= 501; id++) await pushes({ id, room: 'r', offset: id, why: 'mention', by: bob });
  assert.deepEqual([shows.length, caches.size()], [501, 500]);
  const without = worker([], { open: () => Promise.reject(new Error('SecurityError')) });
  await without.pushes({ id: 1, room: 'r', offset: 1, why: 'mention', by: bob });
  assert.deepEqual(without.shows.map(({ tag }) => tag), ['1']);
});

test('a click shows the message in the open page, or opens one', async () => {
  const clicked = { close() {}, data: { room: 'a b', offset: 42 } };
  const closed = worker(['https://chat.example/other']);
  await closed.clicks(clicked);
  assert.deepEqual(closed.seen, ['/portal/?a=1#/a%20b/42']);
  const open = worker(['https://chat.example/portal/?a=1#/x/1']);
  await open.clicks(clicked);
  assert.deepEqual(JSON.stringify(open.seen), JSON.stringify([{ parley: 'open', room: 'a b', offset: 42 }, 'focus']));
});

test("reads the server's key", () => {
  assert.deepEqual([...bytesOf('-_8A')], [0xfb, 0xff, 0x00]);
});

test('subscribes this browser when the person turns it on, and takes it back if the server refuses', async () => {
  const done = [];
  const subscription = { endpoint: 'https://push.example/1', unsubscribe: async () => done.push('unsubscribed'), toJSON: () => ({ endpoint: 'https://push.example/1', expirationTime: null, keys: { p256dh: 'p', auth: 'a' } }) };
  const registration = { pushManager: { subscribe: async ({ userVisibleOnly, applicationServerKey }) => (done.push([userVisibleOnly, [...applicationServerKey]]), subscription), getSubscription: async () => subscription } };
  const origin = new URL('../../../main/webapp/chat/notify/push.js', import.meta.url).origin;
  const page = { PushManager: class {}, location: { origin, pathname: '/portal/', search: '' }, navigator: { serviceWorker: { register: async (address) => (done.push(address.searchParams.get('page')), registration), getRegistration: async () => registration } } };
  const notices = { pushKey: async () => '-_8A', pushTo: async (given) => done.push(given) };
  const push = new Push(() => notices, page);
  await push.turnOn();
  assert.deepEqual(done, ['/portal/', [true, [0xfb, 0xff, 0]], { endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' } }]);
  notices.pushTo = () => Promise.reject(new Error('refused'));
  await assert.rejects(push.turnOn());
  assert.deepEqual([done.at(-1), await push.isOn()], ['unsubscribed', true]);
});

test('Web Push is turned on once the worker is active', async () => {
  for (const [state, outcome] of [['activated', 'subscribed'], ['redundant', 'The service worker failed']]) {
    const installing = Object.assign(new EventTarget(), { state: 'installing' });
    const subscription = { endpoint: 'https://push.example/1', toJSON: () => ({ endpoint: 'https://push.example/1', keys: {} }) };
    const subscribe = async () => (assert.equal(installing.state, 'activated'), subscription);
    const serviceWorker = { register: async () => ({ active: null, waiting: null, installing, pushManager: { subscribe } }) };
    const page = { PushManager: class {}, location: { pathname: '/', search: '' }, navigator: { serviceWorker } };
    const push = new Push(() => ({ pushKey: async () => 'AA', pushTo: async () => {} }), page);
    const turning = push.turnOn().then(() => 'subscribed', ({ message }) => message);
    await new Promise((resolve) => setTimeout(resolve));
    for (const next of ['activating', state]) {
      installing.state = next;
      installing.dispatchEvent(new Event('statechange'));
    }
    assert.equal(await turning, outcome);
  }
});

test('a page that may have no service worker offers none', async () => {
  const page = { PushManager: class {}, location: { origin: 'null' }, get navigator() { throw new Error('SecurityError'); } };
  const push = new Push(() => ({}), page);
  assert.deepEqual([push.possible, await push.isOn()], [false, false]);
});
