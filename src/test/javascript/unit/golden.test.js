/**
 * The golden frames, read by the client: each command is sent as in its example, each reply settles its command, and each
 * event changes the state as the protocol says.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { afterClose } from '../../../main/webapp/chat/close-code.js';
import { Connection } from '../../../main/webapp/chat/connection.js';
import { Problem } from '../../../main/webapp/chat/problem.js';
import { apply, initial } from '../../../main/webapp/chat/store.js';
import { Socket, TOKEN, golden, page, settled } from './kit.js';

const RECEIVED = 1_000;
const reader = { id: 'reader', name: 'Reader' };

/** The rooms of the examples as a reader sees them, live and up to offset `at`; the reader is in none of the examples. */
function live(room, at, fields = {}) {
  const events = [
    { type: 'hello', user: reader },
    { type: 'client.room', room: { id: room, name: room, kind: 'public', role: 'member' } },
    { type: 'client.subscribed', room, asked: 50, reply: { epoch: '01JZ6R3WQ8E4T7N2', offset: at, recovered: false, role: 'member', messages: [], online: [] } },
    { type: 'client.members', room, members: [{ user: { id: 'carol', name: 'Carol' }, role: 'member', online: false }] },
  ];
  const state = events.reduce(apply, initial);
  return { ...state, rooms: new Map(state.rooms).set(room, { ...state.rooms.get(room), ...fields }) };
}

/** The room after each of these events. */
function after(state, ...events) {
  return events.map((event) => (state = apply(state, event.type === 'typing' ? { ...event, received: RECEIVED } : event)).rooms.get(event.room));
}

const members = ({ members: all }) => all.map(({ user, role }) => `${user.id} ${role}`);

/** What the state is after the events and replies of each example. */
const checks = {
  hello({ events: [hello] }) {
    const state = apply(initial, hello);
    assert.deepEqual(state.user, { id: 'alice', name: 'Alice' });
    assert.deepEqual(state.limits, { frame: 65_536, text: 4_000, subscriptions: 128, edit: 3_600, file: 26_214_400, files: 10, retention: { default: '365d', floor: '30d', ceiling: 'forever' } });
  },

  subscribe({ replies: [member, stranger], events: [presence, renamed] }) {
    const subscribed = ({ ok }) => apply(live('general', 7), { type: 'client.subscribed', room: 'general', asked: 50, reply: ok }).rooms.get('general');
    const room = subscribed(member);
    assert.deepEqual(room.position, { epoch: '01JZ6R3WQ8E4T7N2', offset: 42 });
    assert.deepEqual(room.messages, member.ok.messages);
    assert.deepEqual([room.subscription, room.role, room.online, room.unread], ['live', 'member', ['alice', 'bob'], 2]);
    assert.equal(room.earlier, false, 'two messages of fifty are all that there are');
    assert.deepEqual([subscribed(stranger).role, subscribed(stranger).online], ['none', 1250]);
    assert.deepEqual(after(live('general', 42), presence)[0].online, ['alice', 'bob']);
    const bob = { id: 'bob', name: 'Bob' };
    const [called] = after(live('general', 42, { members: [{ user: bob, role: 'member' }], messages: [{ offset: 42, by: bob }] }), renamed);
    assert.deepEqual([called.members[0].user, called.messages[0].by], [renamed.renamed[0], renamed.renamed[0]]);
  },

  'subscribe.since'({ replies: [recovered, lost] }) {
    const known = live('general', 42, { messages: [{ offset: 42, by: reader }] });
    const subscribed = ({ ok }) => apply(known, { type: 'client.subscribed', room: 'general', asked: 50, reply: ok }).rooms.get('general');
    assert.deepEqual([subscribed(recovered).position.offset, subscribed(recovered).messages.length], [42, 1]);
    assert.deepEqual([subscribed(lost).position.offset, subscribed(lost).messages], [2044, []]);
  },

  unsubscribe({ events: [presence] }) {
    const [room] = after(live('general', 42, { online: ['alice', 'bob'] }), presence);
    assert.deepEqual([room.online, room.position.offset], [['bob'], 42]);
  },

  'room.join'({ events: [joined] }) {
    const [room] = after(live('general', 42, { members: [] }), joined);
    assert.deepEqual([members(room), room.position.offset, room.role], [['carol member'], 43, 'member']);
  },

  'room.leave'({ events: [left] }) {
    const [room] = after(live('general', 44), left);
    assert.deepEqual([members(room), room.position.offset, room.role], [[], 45, 'member']);
  },

  'message.post'({ command, replies: [first, second], events: [posted] }) {
    const typing = new Map([['alice', { name: 'Alice', until: RECEIVED + 1 }]]);
    const [room] = after(live('general', 43, { typing }), posted);
    const { type: _, room: __, ...message } = posted;
    // A reply that only its thread shows is neither in the timeline nor unread there.
    const inRoom = !message.thread || message.also;
    assert.deepEqual([room.messages, room.unread, room.typing.size], inRoom ? [[message], 1, 0] : [[], 0, 0]);
    assert.deepEqual([message.key, message.text], [command.key, command.text]);
    assert.deepEqual([first.ok.offset, second.ok.offset], [message.offset, message.offset]);
  },

  'room.updated'({ events }) {
    const rooms = after(live('general', 45), ...events);
    assert.deepEqual(
      rooms.map(({ name, kind, topic, position }) => [name, kind, topic, position.offset]),
      [
        ['Release', 'public', 'Version 2 ships on Monday', 46],
        ['General', 'public', '', 47],
      ],
    );
  },

  'room.rewritten'({ events: [rewritten] }) {
    const before = live('general', 57, { messages: [{ offset: 42, by: { id: 'bob', name: 'Bob' }, text: 'before' }] });
    const changed = apply(before, rewritten);
    const room = changed.rooms.get('general');
    assert.deepEqual([room.subscription, room.rewritten, room.position.offset], ['broken', true, 58]);
    const messages = [{ offset: 42, by: { id: 'erased-1', name: 'Erased person' }, deleted: true }];
    const reply = { epoch: room.position.epoch, offset: 58, messages, more: false, recovered: false };
    const again = apply(changed, { type: 'client.subscribed', room: 'general', reply, asked: 50 }).rooms.get('general');
    assert.deepEqual([again.messages, again.subscription, again.rewritten, again.window], [messages, 'live', false, null]);
  },

  history({ command, replies: [{ ok }] }) {
    const newest = { offset: command.before, by: reader };
    const room = apply(live('general', 43, { messages: [newest], loading: true }), { ...ok, type: 'client.page', page: 'earlier', room: 'general' }).rooms.get('general');
    assert.deepEqual([room.messages, room.earlier, room.loading], [[...ok.messages, newest], true, false]);
  },

  'history.around'({ command, replies: [{ ok }] }) {
    const newest = { offset: 57, by: reader, at: '2026-03-02T10:00:00.000Z' };
    const room = apply(live('general', 57, { messages: [newest] }), { ...ok, type: 'client.page', page: 'around', room: 'general' }).rooms.get('general');
    assert.deepEqual([room.window?.messages ?? room.messages.slice(0, -1), room.window?.earlier ?? room.earlier, Boolean(room.window)], [ok.messages, ok.more, ok.moreAfter]);
    assert.ok(ok.messages.length <= command.limit);
  },

  'message.post.thread'({ events: [reply, deleted] }) {
    const root = { offset: reply.thread, by: reader, text: 'before' };
    const [room] = after(live('general', 46, { messages: [root] }), reply);
    const { type: _, room: __, ...message } = reply;
    assert.deepEqual([room.position.offset, room.messages], [47, [{ ...root, replies: { count: 1, last: reply.at, by: [reply.by.id] } }, message]]);
    const [resumed] = after(live('general', 44, { messages: [root] }), deleted);
    assert.deepEqual([resumed.messages[0], resumed.messages[1].deleted, resumed.messages[1].text, resumed.unread], [root, true, undefined, 0]);
  },

  'message.post.files'({ events: [posted, edited] }) {
    const [room, next] = after(live('general', 44), posted, edited);
    assert.deepEqual([room.messages[0].text, room.messages[0].files], ['', posted.files]);
    assert.deepEqual([next.messages[0].text, next.messages[0].files], ['The plan', posted.files.slice(0, 1)]);
  },

  'message.edit'({ events: [edited] }) {
    const [room] = after(live('general', 47, { messages: [{ offset: 42, text: 'before' }] }), edited);
    assert.deepEqual([room.messages[0].text, room.messages[0].edited, room.position.offset], [edited.text, edited.at, 48]);
  },

  'message.delete'({ events: [deleted] }) {
    const [room] = after(live('general', 48, { messages: [{ offset: 42, text: 'before' }] }), deleted);
    assert.deepEqual([room.messages[0], room.position.offset], [{ offset: 42, deleted: true }, 49]);
  },

  'message.restored'({ events: [removed, restored, again] }) {
    const before = { offset: 42, text: restored.text, mentions: restored.mentions, edited: restored.edited };
    const rooms = after(live('general', 55, { messages: [before] }), removed, restored);
    assert.deepEqual(
      rooms.map(({ messages: [message], position }) => [message, position.offset]),
      [
        [{ offset: 42, deleted: true }, 56],
        [before, 57],
      ],
    );
    const [gone] = after(live('general', 56, { messages: [{ offset: 42, deleted: true }] }), again);
    assert.deepEqual(gone.messages, [{ offset: 42, deleted: true }]);
  },

  'reaction.add'({ events: [added] }) {
    const [room] = after(live('general', 49, { messages: [{ offset: added.message, text: 'x' }] }), added);
    assert.deepEqual([room.messages[0].reactions, room.position.offset], [{ [added.emoji]: { count: 1, by: [added.by.id] } }, 50]);
  },

  'reaction.remove'({ events: [removed] }) {
    const reactions = { [removed.emoji]: { count: 1, by: [removed.by.id] } };
    const [room] = after(live('general', 50, { messages: [{ offset: removed.message, text: 'x', reactions }] }), removed);
    assert.deepEqual([room.messages[0].reactions, room.position.offset], [undefined, 51]);
  },

  'message.pin'({ events: [pinned] }) {
    const [room] = after(live('general', 51, { messages: [{ offset: 41 }] }), pinned);
    assert.deepEqual([room.messages[0].pinned, room.position.offset], [true, 52]);
  },

  'message.unpin'({ events: [unpinned] }) {
    const [room] = after(live('general', 52, { messages: [{ offset: 41, pinned: true }] }), unpinned);
    assert.deepEqual([room.messages[0], room.position.offset], [{ offset: 41 }, 53]);
  },

  'message.unpreview'({ events: [previewed, edited, removed] }) {
    const rooms = after(live('general', 52, { messages: [{ offset: 41, text: 'x' }] }), previewed, edited, removed);
    assert.deepEqual(
      rooms.map(({ messages: [{ previews }], position }) => [previews, position.offset]),
      [
        [previewed.previews, 53],
        [previewed.previews.slice(0, 1), 54],
        [undefined, 55],
      ],
    );
  },

  typing({ events: [on, off] }) {
    const [writing, done] = after(live('general', 42), on, off);
    assert.deepEqual([...writing.typing], [['bob', { name: 'Bob', until: RECEIVED + 6_000 }]]);
    assert.equal(done.typing.size, 0);
  },

  roles({ events }) {
    const rooms = after(live('cellar', 6, { bans: [] }), ...events);
    assert.deepEqual(
      rooms.map((room) => [members(room).join(), room.members.find(({ user }) => user.id === 'carol')?.muted ?? '-', room.bans.length, room.subscription]),
      [
        ['carol member,bob guest', '-', 0, 'live'],
        ['carol member,bob moderator', '-', 0, 'live'],
        ['carol member,bob moderator', '2026-03-02T10:20:20.000Z', 0, 'live'],
        ['carol member,bob moderator', '-', 0, 'live'],
        ['bob moderator', '-', 1, 'live'],
        ['bob moderator', '-', 0, 'live'],
        ['bob moderator', '-', 0, 'live'],
        ['bob moderator', '-', 0, 'ended'],
      ],
    );
    assert.equal(rooms[4].bans[0].until, '2026-03-09T09:00:00.000Z');
    assert.deepEqual([rooms.at(-1).role, rooms.at(-1).problem, rooms.at(-1).position.offset], ['none', { code: 'gone' }, 13]);
  },

  closing(closings) {
    for (const { code, reason, client } of closings) assert.equal(afterClose(code, reason).then, client, `close code ${code}`);
  },

  watch({ replies: [{ ok }], events }) {
    const bob = [{ type: 'hello', user: { id: 'bob', name: 'Bob' }, features: ['read'] }, { type: 'client.watched', ...ok }].reduce(apply, initial);
    const numbers = (state, id) => [state.rooms.get(id).unread, state.rooms.get(id).mentions, state.rooms.get(id).read];
    const { level, favourite, section, place, last, role } = bob.rooms.get('general');
    assert.deepEqual([numbers(bob, 'general'), level, favourite, section, place, last, role], [[2, 1, 40], 'mentions', true, 'Work', 3, ok.rooms[0].last, 'member']);
    const { hidden, muted, kind } = bob.rooms.get('plans');
    assert.deepEqual([hidden, muted, kind], [true, ok.rooms[1].muted, 'private']);
    const [active, read, added, removed] = events;
    const after = [active, read, added, removed].map((event) => (state) => apply(state, event));
    const states = after.reduce((all, next) => [...all, next(all.at(-1))], [bob]).slice(1);
    assert.deepEqual([numbers(states[0], 'general'), states[0].rooms.get('general').last], [[3, 2, 40], active.last]);
    assert.deepEqual(numbers(states[1], 'general'), [0, 0, 45]);
    assert.deepEqual([...states[3].rooms.keys()].sort(), ['general', 'release']);
  },

  notified({ events }) {
    const { notices } = events.reduce((state, event) => apply(state, { ...event, received: RECEIVED }), live('general', 42));
    assert.deepEqual(notices.list.map(({ id, why, offset, read }) => [id, why, offset, read]), [[8, 'invited', undefined, true], [7, 'mention', 42, true]]);
    assert.equal(notices.unread, 0);
  },

  announcement({ events }) {
    const [first, second] = events.reduce((states, event) => [...states, apply(states.at(-1), event)], [initial]).slice(1).map(({ announcements }) => announcements.map(({ kind }) => kind));
    assert.deepEqual([first, second], [['maintenance'], ['maintenance', 'warning']]);
    assert.deepEqual(events.reduce(apply, initial).announcements.map(({ kind }) => kind), ['warning']);
  },

  features({ events }) {
    assert.deepEqual(events.map((event) => apply({ ...initial, features: ['pins'] }, event).features), [['edit', 'reactions', 'threads'], []]);
  },

  read({ command, events: [one, several] }) {
    const readers = (event) => [...apply(live('general', 45), event).rooms.get('general').readers];
    assert.deepEqual(readers(one), [['bob', 45]]);
    assert.deepEqual(readers(several), [['alice', 45], ['carol', 44]]);
    assert.equal(command.upto, 45);
  },

  documents({ events: [created, renamed, , deleted] }) {
    assert.deepEqual(after(live('general', 52), created, renamed, deleted).map(({ position, subscription }) => [position.offset, subscription]), [
      [53, 'live'],
      [54, 'live'],
      [55, 'live'],
    ]);
  },

  'document.update'({ events: [updated] }) {
    const before = live('general', 52);
    assert.equal(apply(before, updated).rooms.get('general').position.offset, 52, 'a version is no offset');
  },

  'call.start'({ events: [started, people] }) {
    assert.deepEqual(after(live('general', 55, { unread: 1 }), started, people).map(({ position, unread, messages }) => [position.offset, unread, messages]), [
      [56, 1, []],
      [56, 1, []],
    ]);
  },

  'call.leave'({ events: [people, ended] }) {
    assert.deepEqual(after(live('general', 56, { unread: 1 }), people, ended).map(({ position, unread }) => [position.offset, unread]), [
      [56, 1],
      [57, 1],
    ]);
  },

  // The reply of these changes no room: the test of replies below is theirs.
  'auth.refresh': null,
  'call.join': null,
  'document.aware': null,
  'document.close': null,
  'document.open': null,
  'document.open.since': null,
  ping: null,
  signal: null,
  unwatch: null,
  // The state of the page does not change: see slash.test.js.
  'slash.register': null,
  'slash.list': null,
  'slash.run': null,
  'slash.press': null,
  'slash.answer': null,
};

test('every example has a check', () => {
  assert.deepEqual(Object.keys(golden).sort(), Object.keys(checks).sort());
});

for (const [name, check] of Object.entries(checks)) {
  if (check) test(`${name}: the state follows the example`, () => check(golden[name]));
}

for (const [name, { command, replies }] of Object.entries(golden)) {
  if (!command) continue;
  test(`${name}: the command is sent as in the example, and each reply settles it`, async (t) => {
    const { ends } = page(t);
    const connection = new Connection({ url: 'wss://chat.example/ws', token: async () => TOKEN, refused: async () => false, onEvent() {}, onPhase() {} });
    ends(() => connection.stop());
    connection.start();
    await settled();
    Socket.last.receive({ ...golden.hello.events[0], expires: undefined, expiresIn: undefined });
    const { id: _, type, ...fields } = command;
    if (command.id === undefined) {
      connection.tell(type, fields);
      assert.deepEqual(Socket.last.sent, [command]);
    }
    for (const reply of replies) {
      const outcome = connection.request(type, fields).catch((problem) => problem);
      const { id, ...sent } = Socket.last.sent.at(-1);
      assert.deepEqual({ ...sent, id: command.id }, command);
      Socket.last.receive({ ...reply, re: id });
      const settledWith = await outcome;
      if (reply.ok) assert.deepEqual(settledWith, reply.ok);
      else assert.deepEqual(problemOf(settledWith), { retryAfter: undefined, ...reply.error });
    }
  });
}

function problemOf(problem) {
  assert.ok(problem instanceof Problem);
  const { code, message, temporary, retryAfter } = problem;
  return { code, message, temporary, retryAfter };
}
