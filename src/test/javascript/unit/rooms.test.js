/** The sidebar's rooms and read markers: what a watching connection receives becomes a list that drops nothing, and counts that agree. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { levelsOf } from '../../../main/webapp/chat/rooms/levels.js';
import { Marker } from '../../../main/webapp/chat/rooms/marker.js';
import { MyRooms, placed } from '../../../main/webapp/chat/rooms/my-rooms.js';
import { retentionChoices } from '../../../main/webapp/chat/rooms/retention.js';
import { readUpTo, seenBy } from '../../../main/webapp/chat/rooms/reading.js';
import { sections } from '../../../main/webapp/chat/rooms/sections.js';
import { apply, initial, isAttentive, mentions, unread } from '../../../main/webapp/chat/store.js';
import { Session } from '../../../main/webapp/chat/session.js';
import { Socket, TOKEN, golden, page, settled } from './kit.js';

const alice = { id: 'alice', name: 'Alice' };
const bob = { id: 'bob', name: 'Bob' };
const carol = { id: 'carol', name: 'Carol' };
const HELLO = { type: 'hello', user: alice, features: ['read', 'direct', 'threads'] };
const room = (id, more = {}) => ({ id, name: id, kind: 'public', role: 'member', offset: 10, read: 10, unread: 0, mentions: 0, ...more });
const after = (...events) => events.reduce(apply, initial);
const watched = (rooms, more = false) => ({ type: 'client.watched', rooms, more });
const message = (offset, by = bob, more = {}) => ({ offset, by, at: '2026-03-02T09:00:00.000Z', text: `message ${offset}`, key: `k${offset}`, ...more });
const posted = (offset, by = bob, more = {}) => ({ type: 'message.posted', room: 'r', ...message(offset, by, more) });
/** The room `r`, open and live after ten messages of which two are unread. */
function open(...events) {
  const messages = Array.from({ length: 10 }, (_, n) => message(n + 1, n % 5 ? bob : alice));
  const reply = { epoch: 'e', offset: 10, role: 'member', recovered: false, messages, read: 8, unread: 2, mentions: 0, online: [] };
  return after(HELLO, watched([room('r', { read: 8, unread: 2 })]), { type: 'client.opened', room: 'r' }, { type: 'client.subscribed', room: 'r', asked: 50, reply }, ...events);
}
const counts = ({ rooms }, id = 'r') => [rooms.get(id).unread, rooms.get(id).mentions];

test('replaces the list by the reply to watch, and keeps the open room', () => {
  const state = after(HELLO, watched([room('a'), room('b')]), { type: 'client.opened', room: 'x' }, watched([room('b', { unread: 3 }), room('c')]));
  assert.deepEqual([[...state.rooms.keys()].sort(), state.rooms.get('b').unread, state.rooms.get('x').role], [['b', 'c', 'x'], 3, 'none']);
});

test('keeps what events added or removed while pages of the list arrive', () => {
  const first = after(HELLO, watched([room('old'), room('gone')]), watched([room('a')], true));
  assert.deepEqual([...first.rooms.keys()], ['old', 'gone', 'a'], 'nothing is dropped before the last page');
  const events = [{ type: 'room.added', room: room('new') }, { type: 'room.removed', room: 'left' }, { type: 'client.watched.page', rooms: [room('left'), room('old', { unread: 1 })], more: false }];
  const state = events.reduce(apply, first);
  assert.deepEqual([...state.rooms.keys()].sort(), ['a', 'new', 'old']);
  assert.deepEqual([state.rooms.get('old').unread, state.listing], [1, null]);
});

test('adds a room that activity names, and shows a hidden direct room again', () => {
  const state = after(HELLO, watched([room('d', { kind: 'direct', name: undefined, people: [alice, bob], hidden: true })]), { type: 'activity', room: 'd', offset: 11, unread: 1, mentions: 0, last: message(11) }, { type: 'activity', room: 'n', offset: 4, unread: 2, mentions: 1 });
  assert.deepEqual([counts(state, 'n'), state.rooms.get('n').name, state.rooms.get('d').hidden, state.rooms.get('d').name], [[2, 1], null, false, 'Bob']);
});

test('a removed room leaves the list, and the open one can still say why', () => {
  const state = open({ type: 'room.removed', room: 'r' });
  assert.equal(state.rooms.get('r').role, 'none');
  assert.equal(after(HELLO, watched([room('a')]), { type: 'room.removed', room: 'a' }).rooms.size, 0);
});

test('counts an event once, whether activity or the event comes first', () => {
  const activity = { type: 'activity', room: 'r', offset: 11, read: 8, unread: 3, mentions: 1 };
  const event = posted(11, bob, { mentions: ['alice'] });
  assert.deepEqual(counts(open(event, activity)), [3, 1]);
  assert.deepEqual(counts(open(activity, event)), [3, 1]);
  assert.deepEqual(counts(open(event, posted(12), activity)), [4, 1], 'older activity is ignored');
  assert.deepEqual(counts(open(posted(11, alice))), [2, 0]);
});

test('reading moves the marker forward, and the counts with it', () => {
  const read = (upto, more) => ({ type: 'client.read', room: 'r', upto, ...more });
  assert.deepEqual(counts(open(read(9))), [1, 0]);
  assert.deepEqual(counts(open(read(10), read(9))), [0, 0]);
  assert.deepEqual(counts(open(read(10), read(6, { back: true }))), [4, 0]);
  const back = open(read(10), read(6, { back: true })).rooms.get('r');
  assert.deepEqual([back.read, back.newAfter], [6, 6]);
});

test("the server's numbers don't undo a marker that is on its way", () => {
  const read = { type: 'client.read', room: 'r', upto: 10 };
  const late = { type: 'activity', room: 'r', offset: 10, read: 8, unread: 2, mentions: 0 };
  assert.deepEqual(counts(open(read, late)), [0, 0]);
  assert.deepEqual(counts(open(read, posted(11), { ...late, offset: 11, unread: 3 })), [1, 0]);
  assert.deepEqual(counts(open(read, { type: 'client.read.stored', room: 'r', upto: 10 }, { ...late, read: 9, unread: 1 })), [1, 0], 'a stored marker leaves the last word to the server');
});

test("follows one's other connections, and keeps how far others have read", () => {
  const several = open({ type: 'read', room: 'r', readers: [{ user: 'alice', upto: 9 }, { user: 'bob', upto: 4 }, { user: 'carol', upto: 10 }] }, { type: 'read', room: 'r', readers: [{ user: 'bob', upto: 3 }] });
  assert.deepEqual([...several.rooms.get('r').readers], [['bob', 4], ['carol', 10]]);
  const state = open({ type: 'read', room: 'r', upto: 10 }, { type: 'read', room: 'r', by: bob, upto: 9 }, { type: 'read', room: 'r', by: bob, upto: 7 });
  assert.deepEqual([counts(state), [...state.rooms.get('r').readers]], [[0, 0], [['bob', 9]]]);
  assert.deepEqual(counts(open({ type: 'read', room: 'r', by: alice, upto: 10 }, { type: 'read', room: 'r', by: alice, upto: 3 })), [6, 0]);
});

test('a deleted message is counted down once', () => {
  const deleted = { type: 'message.deleted', room: 'r', message: 9, offset: 11, at: '2026-03-02T09:00:00.000Z', by: bob };
  assert.deepEqual(counts(open(deleted)), [1, 0]);
  assert.deepEqual(counts(open({ type: 'activity', room: 'r', offset: 11, unread: 1, mentions: 0 }, deleted)), [1, 0]);
});

test('opens with the line above the first unread message', () => {
  assert.equal(open().rooms.get('r').newAfter, 8);
  const away = open({ type: 'client.read', room: 'r', upto: 10 }, { type: 'client.focused', focused: false }, posted(11), { type: 'client.focused', focused: true });
  assert.deepEqual([away.rooms.get('r').newAfter, isAttentive(away)], [10, true]);
});

test('tells the page what the person wants to know', () => {
  const state = after(HELLO, watched([room('a', { unread: 5, mentions: 1 }), room('b', { unread: 7, mentions: 2, hidden: true }), room('c', { unread: 9, mentions: 9, level: 'nothing' })]));
  assert.deepEqual([unread(state), mentions(state)], [7, 3]);
});

test('at the end of a room everything is read but unopened threads', () => {
  const at = (unreadThreads) => ({ position: { epoch: 'e', offset: 20 }, unreadThreads });
  assert.equal(readUpTo(at(new Map()), 17, true), 20);
  assert.equal(readUpTo(at(new Map([[3, 18]])), 17, true), 18);
  assert.equal(readUpTo(at(new Map([[3, 5]])), 17, true), 17);
  assert.equal(readUpTo(at(new Map()), 12, false), 12);
});

test('each reader is at the last of my messages that they have read', () => {
  const messages = [message(1, alice), message(2), message(3, alice), message(4, alice, { deleted: true })];
  assert.deepEqual([...seenBy(messages, new Map([['bob', 2], ['carol', 9], ['alice', 9], ['x', 0]]), 'alice')], [[1, ['bob']], [3, ['carol']]]);
});

test('sends a marker at once, then the latest one every 2 s', async (t) => {
  const { passes } = page(t);
  const sent = [];
  const stored = [];
  const marker = new Marker({ send: async (...given) => void sent.push(given), stored: (...given) => stored.push(given) });
  marker.moved('r', 1);
  for (const upto of [2, 3, 4, 3]) marker.moved('r', upto);
  marker.moved('other', 7);
  await passes(0);
  assert.deepEqual(sent, [['r', 1, false], ['other', 7, false]]);
  await passes(1_999);
  assert.equal(sent.length, 2);
  await passes(1);
  assert.deepEqual([sent.slice(2), stored], [[['r', 4, false]], [['other', 7], ['r', 4]]]);
  marker.moved('r', 2, true);
  assert.deepEqual(sent.at(-1), ['r', 2, true]);
  await passes(10_000);
  assert.equal(sent.length, 4);
});

test('sends a marker again after the connection is back, and none that was refused', async (t) => {
  const { passes } = page(t);
  const outcomes = [{ lost: true, temporary: true }, null, { code: 'forbidden' }];
  const sent = [];
  const marker = new Marker({
    send: async (_, upto) => {
      sent.push(upto);
      const problem = outcomes.shift();
      if (problem) throw problem;
    },
    stored() {},
  });
  marker.moved('r', 1);
  await passes(60_000);
  assert.deepEqual(sent, [1]);
  marker.flush();
  await passes(2_000);
  marker.moved('r', 2);
  await passes(60_000);
  assert.deepEqual(sent, [1, 1, 2]);
});

test('orders the sidebar: favourites, own sections, rooms, direct messages', () => {
  const direct = (id, at, people) => room(id, { kind: 'direct', name: undefined, people, last: { at } });
  const list = [room('z', { favourite: true, position: 2 }), room('y', { favourite: true, position: 1 }), room('s', { section: 'Work' }), room('b', { position: 5 }), room('a'), room('h', { hidden: true }), direct('d1', '2026-01-01', [alice, bob]), direct('d2', '2026-02-01', [alice, carol])];
  const state = after(HELLO, watched(list));
  const shown = (options) => sections(state, options).filter(({ rooms }) => rooms.length).map(({ key, rooms }) => `${key}: ${rooms.map(({ id }) => id)}`);
  assert.deepEqual(shown(), ['favourites: y,z', 'own Work: s', 'mine: b,a', 'direct: d2,d1']);
  assert.deepEqual(shown({ filter: 'h' }), ['mine: h']);
  assert.deepEqual(shown({ filter: 'carol' }), ['direct: d2']);
});

test('orders rooms by the numbers in their names', () => {
  const [, mine] = sections(after(HELLO, watched(['room 10', 'room 9', 'Room 100', 'room 1'].map((name) => room(name, { name })))));
  assert.deepEqual(mine.rooms.map(({ name }) => name), ['room 1', 'room 9', 'room 10', 'Room 100']);
});

test('puts unread rooms first, and leaves the open one in its place', () => {
  const state = after(HELLO, watched([room('a'), room('b', { unread: 1, read: 9 }), room('c', { unread: 1, level: 'nothing' })]), { type: 'client.opened', room: 'b' }, { type: 'client.read', room: 'b', upto: 10 });
  const [, mine] = sections(state, { unreadFirst: true });
  assert.deepEqual(mine.rooms.map(({ id, unread: count }) => `${id}${count}`), ['b0', 'a0', 'c1']);
});

test('numbers only the rooms that need it', () => {
  const list = (...places) => places.map((place, n) => ({ id: `r${n}`, place }));
  assert.deepEqual(placed(list(1024, 2048), 1), []);
  assert.deepEqual(placed(list(1024, null, null, null), 3), [{ id: 'r1', position: 2048 }, { id: 'r2', position: 3072 }]);
  assert.deepEqual(placed(list(1), 0), [{ id: 'r0', position: 1024 }], 'positions begin with 1');
  assert.deepEqual(placed(list(5, 6), 1), [{ id: 'r0', position: 1024 }, { id: 'r1', position: 2048 }]);
});

/** MyRooms over a state that the test can look at. */
function mine(rooms, rest) {
  let state = after(HELLO, watched(rooms));
  const failed = [];
  const made = new MyRooms({ request: async () => ({}), rest, state: () => state, apply: (event) => (state = apply(state, event)), failed: (problem) => failed.push(problem.code) });
  return { made, failed, room: (id) => state.rooms.get(id) };
}

test('moves a room between two others', async () => {
  const set = [];
  const { made, room: of } = mine([room('a', { position: 1024 }), room('b', { position: 2048 }), room('c')], { setRoom: async (...given) => set.push(given) });
  await made.move('c', { favourite: false, section: '' }, [of('a'), of('b')], 1);
  assert.deepEqual(set, [['c', { favourite: false, section: '', position: 1536 }]]);
  assert.equal(of('c').place, 1536);
});

test('takes back a setting that the server refuses', async () => {
  const { made, failed, room: of } = mine([room('a')], { setRoom: async () => Promise.reject({ code: 'unavailable' }) });
  const setting = made.set('a', { level: 'nothing' });
  assert.equal(of('a').level, 'nothing');
  await setting;
  assert.deepEqual([of('a').level, of('a').favourite, failed], ['mentions', false, ['unavailable']]);
});

test('watches 300 rooms with one subscription, and reads on where the list has more', async (t) => {
  const clock = page(t);
  const asked = [];
  t.mock.method(globalThis, 'fetch', async (url) => {
    asked.push(String(url));
    return Response.json(String(url).includes('after=9.9.r299') ? { rooms: [room('next')], more: true, next: '9.8.next' } : { rooms: [room('last')], more: false });
  });
  const session = new Session({ server: 'https://chat.example/', provider: async () => TOKEN, onChange() {} });
  clock.ends(() => session.stop());
  session.open('r0');
  session.start();
  await settled();
  Socket.last.receive({ ...golden.hello.events[0], expires: undefined, expiresIn: undefined, features: ['read'] });
  await settled();
  const frame = (type) => Socket.last.sent.filter((one) => one.type === type);
  Socket.last.receive({ re: frame('watch')[0].id, ok: { rooms: Array.from({ length: 300 }, (_, n) => room(`r${n}`)), more: true, next: '9.9.r299' } });
  await clock.passes(0);
  await settled();
  assert.deepEqual([frame('subscribe').length, session.state.rooms.size, asked.filter((url) => url.includes('/me/rooms'))], [1, 302, ['https://chat.example/api/me/rooms?after=9.9.r299&limit=100', 'https://chat.example/api/me/rooms?after=9.8.next&limit=100']]);
  Socket.last.receive({ type: 'room.added', room: room('invited') });
  assert.equal(session.state.rooms.get('invited').role, 'member');
});

test('shows the retention that the installation lets a room have', () => {
  const limits = { retention: { default: '90d', floor: '30d', ceiling: '365d' } };
  const listing = (retention) => ({ type: 'client.rooms', rooms: [room('r', { retention })] });
  const listed = (retention) => after({ ...HELLO, limits }, listing(retention)).rooms.get('r').retention;
  assert.deepEqual(['none', '7d', '30d', '90d', '400d', 'forever'].map(listed), ['30d', '30d', '30d', '90d', '365d', '365d']);
  assert.equal(after(HELLO, listing('none')).rooms.get('r').retention, 'none');
});

test('offers only what the installation allows', () => {
  const offered = (limits, also) => retentionChoices(limits, also).map(([value]) => value);
  assert.deepEqual(offered({ default: '90d', floor: '30d', ceiling: '365d' }, '7d'), ['365d', '90d', '30d']);
  assert.deepEqual(offered(undefined, '14d'), ['forever', '365d', '30d', '14d', '7d', 'none']);
  assert.ok(retentionChoices({ default: 'forever', floor: '45d', ceiling: 'forever' }).every(([, text]) => text));
});

test('offers all messages only where each message notifies', () => {
  const shown = (kind, level) => levelsOf({ kind, level }).map((one) => (one.chosen ? one.level.toUpperCase() : one.level));
  assert.deepEqual(shown('direct', 'all'), ['ALL', 'mentions', 'nothing']);
  assert.deepEqual(shown('public', 'nothing'), ['mentions', 'NOTHING']);
  assert.deepEqual(shown('private', 'all'), ['MENTIONS', 'nothing']);
  assert.deepEqual(shown('public', undefined), ['mentions', 'nothing']);
});
