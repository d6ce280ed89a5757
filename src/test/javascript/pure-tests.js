/**
 * Tests of the pure modules: the fold, authority, backoff and close codes. They need neither a page nor a server, so
 * they run in the browser (client-tests.js) and in Node (unit/pure.test.js).
 */
import { EPOCH, FRAMES, alice, bob, equals, message, offsets, post, roomAfter, within } from './kit.js';

export const tests = {
  'waits between 0.5 and 30 s'({ delay }) {
    for (const attempt of [0, 1, 5, 50, 5_000]) {
      for (const random of [0, 0.5, 0.999_999]) within(delay(attempt, () => random), 500, 30_000);
    }
    equals(delay(50, () => 0), 500);
    equals(delay(50, () => 0.999_999), 30_000);
  },

  'raises the longest wait with each failure'({ delay }) {
    const most = [0, 1, 2, 3, 4, 5].map((attempt) => delay(attempt, () => 0.999_999));
    equals(most, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  },

  'acts on each close code as the protocol says'({ afterClose, frames }) {
    for (const { code, reason, client } of frames.closing) equals([code, afterClose(code, reason).then], [code, client]);
    equals(afterClose(1012, '{"after":1500}'), { then: 'after', after: 1500 });
    equals(afterClose(1012, 'soon').then, 'back off');
  },

  'applies events in the order of their offsets'(client) {
    const room = roomAfter(client, post(3), post(4));
    equals(offsets(room), [1, 2, 3, 4]);
    equals(room.position, { epoch: EPOCH, offset: 4 });
  },

  'applies a repeated event once'(client) {
    const room = roomAfter(client, post(3), post(3), post(1), post(3));
    equals(offsets(room), [1, 2, 3]);
    equals(room.unread, 1);
  },

  'notices a gap and applies nothing after it'(client) {
    const room = roomAfter(client, post(3), post(5), post(6));
    equals(offsets(room), [1, 2, 3]);
    equals(room.subscription, 'broken');
    equals(room.position.offset, 3);
  },

  'continues from its position when the server recovers the room'(client) {
    const again = { type: 'client.subscribed', room: 'general', asked: 50, reply: { epoch: EPOCH, offset: 5, recovered: true, online: [] } };
    const room = roomAfter(client, post(3), post(5), again, post(4), post(5));
    equals(offsets(room), [1, 2, 3, 4, 5]);
  },

  'starts over when the server cannot recover the room'(client) {
    const reply = { epoch: EPOCH, offset: 90, recovered: false, messages: [message(89), message(90)], online: [] };
    const room = roomAfter(client, post(3), { type: 'client.subscribed', room: 'general', asked: 50, reply });
    equals(offsets(room), [89, 90]);
    equals(room.position.offset, 90);
    equals(room.unread, 3);
  },

  'drops events between the request and the reply, because the server repeats them'(client) {
    const room = roomAfter(client, post(4), { type: 'client.subscribing', room: 'general' }, post(5), post(6));
    equals([offsets(room), room.position.offset, room.subscription], [[1, 2], 2, 'asked']);
  },

  'keeps a room that it may subscribe to again, and ends any other'(client) {
    const ended = (resubscribe) => roomAfter(client, { type: 'unsubscribed', room: 'general', code: 'forbidden', resubscribe });
    equals([ended(true).subscription, ended(true).role, offsets(ended(true)), client.isOver(ended(true))], ['none', 'member', [1, 2], false]);
    equals([ended(false).subscription, ended(false).role, client.isOver(ended(false))], ['ended', 'none', true]);
  },

  'notices by the reply to a post that its event is missing'(client) {
    const behind = (head) => roomAfter(client, { type: 'client.behind', room: 'general', head }).subscription;
    equals([behind(2), behind(3)], ['live', 'broken']);
  },

  'counts an unknown event type in the position'(client) {
    const room = roomAfter(client, { ...post(3), type: 'poll.opened' }, post(4));
    equals(offsets(room), [1, 2, 4]);
  },

  'counts unread messages while the room is not open'(client) {
    const other = { type: 'client.opened', room: 'random' };
    equals(roomAfter(client, other, post(3), post(4, alice)).unread, 1);
    equals(roomAfter(client, other, post(3), { type: 'client.opened', room: 'general' }).unread, 0);
  },

  'puts earlier messages first, without duplicates'(client) {
    const reply = { epoch: EPOCH, offset: 9, recovered: false, messages: [message(8), message(9)], online: [] };
    const page = { type: 'client.page', page: 'earlier', room: 'general', messages: [message(6), message(7), message(8)], more: true };
    equals(offsets(roomAfter(client, { type: 'client.subscribed', room: 'general', asked: 2, reply }, page)), [6, 7, 8, 9]);
  },

  'ends a typing indicator after 6 s or with the message'(client) {
    const typing = { type: 'typing', room: 'general', by: bob, on: true, received: 1_000 };
    const at = (now) => roomAfter(client, typing, { type: 'client.time', room: 'general', now }).typing.size;
    equals([at(6_999), at(7_000)], [1, 0]);
    equals(roomAfter(client, typing, post(3)).typing.size, 0);
  },

  'keeps the role from events when an older room list arrives'(client) {
    const joined = { type: 'member.joined', room: 'general', offset: 3, at: '2026-03-02T09:00:00.000Z', by: alice, user: alice, role: 'moderator' };
    const list = { type: 'client.rooms', rooms: [{ id: 'general', name: 'general', kind: 'public', role: 'none' }] };
    equals(roomAfter(client, joined, list).role, 'moderator');
  },

  'follows roles, bans and mutes event by event'({ apply, initial, frames }) {
    let state = apply({ ...initial, user: { id: 'carol', name: 'Carol' } }, { type: 'client.room', room: { id: 'cellar', name: 'Cellar', kind: 'private', role: 'member' } });
    const reply = { epoch: EPOCH, offset: 6, role: 'member', muted: '2026-03-02T09:30:00.000Z', recovered: false, messages: [], online: [] };
    state = apply(state, { type: 'client.subscribed', room: 'cellar', asked: 2, reply });
    equals(state.rooms.get('cellar').muted, '2026-03-02T09:30:00.000Z');
    state = apply(state, { type: 'client.members', room: 'cellar', members: [{ user: { id: 'carol', name: 'Carol' }, role: 'member', online: true }] });
    state = apply(state, { type: 'client.bans', room: 'cellar', bans: [] });
    const seen = frames.roles.events.map((event) => {
      state = apply(state, event);
      const { members, bans, muted, role, subscription } = state.rooms.get('cellar');
      return [members.map((member) => `${member.user.id} ${member.role}`).join(), bans.length, muted ?? '-', role, subscription];
    });
    equals(seen, [
      ['carol member,bob guest', 0, '2026-03-02T09:30:00.000Z', 'member', 'live'],
      ['carol member,bob moderator', 0, '2026-03-02T09:30:00.000Z', 'member', 'live'],
      ['carol member,bob moderator', 0, '2026-03-02T10:20:20.000Z', 'member', 'live'],
      ['carol member,bob moderator', 0, '-', 'member', 'live'],
      ['bob moderator', 1, '-', 'none', 'live'],
      ['bob moderator', 0, '-', 'none', 'live'],
      ['bob moderator', 0, '-', 'none', 'live'],
      ['bob moderator', 0, '-', 'none', 'ended'],
    ]);
  },

  'offers the moderation that the server allows'({ mayModerate, moderates, rolesToGive, isMuted }) {
    const all = ['owner', 'moderator', 'member', 'guest', 'none', 'banned'];
    const ruled = (role) => all.filter((other) => mayModerate(role, other));
    equals([ruled('owner'), ruled('moderator'), ruled('member'), ruled('guest')], [all, ['member', 'guest', 'none', 'banned'], [], []]);
    equals([rolesToGive('owner'), rolesToGive('moderator')], [['owner', 'moderator', 'member', 'guest'], ['member', 'guest']]);
    equals(all.filter(moderates), ['owner', 'moderator']);
    const muted = { muted: '2026-03-02T10:00:00.000Z' };
    equals([isMuted(muted, Date.parse(muted.muted) - 1), isMuted(muted, Date.parse(muted.muted)), isMuted({ muted: null })], [true, false, false]);
  },

  'never changes the given state'({ apply, initial }) {
    const before = JSON.stringify([...initial.rooms]);
    apply(initial, { type: 'client.rooms', rooms: [{ id: '__proto__', name: 'x', role: 'member' }] });
    equals(JSON.stringify([...initial.rooms]), before);
  },

  'reads every golden frame'({ apply, initial, Problem, frames }) {
    let state = apply(initial, frames.hello.events[0]);
    equals(state.user, alice);
    state = apply(state, { type: 'client.room', room: { id: 'general', name: 'general', kind: 'public', role: 'none' } });
    state = apply(state, { type: 'client.subscribed', room: 'general', asked: 50, reply: frames.subscribe.replies[0].ok });
    for (const name of ['subscribe', 'room.join', 'message.post', 'room.leave', 'typing']) {
      for (const event of frames[name].events) state = apply(state, { ...event, received: 0 });
    }
    const room = state.rooms.get('general');
    // The post is a reply in a thread.
    equals([offsets(room), room.messages[0].replies.count], [[41, 42], 1]);
    equals(room.position.offset, 45);
    equals(room.subscription, 'live');
    const refusals = FRAMES.flatMap((name) => frames[name].replies).filter(({ error }) => error);
    for (const { error } of refusals) equals(typeof new Problem(error).temporary, 'boolean');
  },
};
