/** Commands about messages: when a deletion is sent, and what is asked for because events don't tell it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { Acts, UNDO_WITHIN } from '../../../main/webapp/chat/message/acts.js';
import { apply, initial } from '../../../main/webapp/chat/store.js';
import { settled } from './kit.js';

const alice = { id: 'alice', name: 'Alice' };
const bob = { id: 'bob', name: 'Bob' };
const AT = '2026-03-02T09:00:00.000Z';
const message = (offset, fields = {}) => ({ offset, by: bob, at: AT, text: `message ${offset}`, key: `key ${offset}`, ...fields });

/** Acts on the room `general`, live after these messages. `replies` answer commands by type, in order. */
function acts(t, messages, { replies = {}, rest = {} } = {}) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const sent = [];
  const failures = [];
  let state = [
    { type: 'hello', user: alice },
    { type: 'client.room', room: { id: 'general', name: 'general', role: 'member' } },
    { type: 'client.subscribed', room: 'general', asked: 50, reply: { epoch: 'e', offset: 100, role: 'member', recovered: false, messages, online: [] } },
    { type: 'client.opened', room: 'general' },
  ].reduce(apply, initial);
  const request = async (type, fields) => {
    sent.push([type, fields]);
    const reply = replies[type]?.shift();
    if (reply instanceof Error) throw reply;
    return reply ?? { offset: 1 };
  };
  const subject = new Acts({ request, rest, state: () => state, apply: (event) => (state = apply(state, event)), failed: (problem) => failures.push(problem.code) });
  const room = () => state.rooms.get('general');
  const happens = (event) => {
    const before = room();
    const logged = { room: 'general', at: AT, by: bob, offset: before.position.offset + 1, ...event };
    state = apply(state, logged);
    subject.noticed(logged, before);
  };
  return { subject, sent, failures, room, happens };
}

const refusal = (code) => Object.assign(new Error(code), { code });

test('sends a deletion when the time to undo is over', async (t) => {
  const { subject, sent, room } = acts(t, [message(1)]);
  subject.delete('general', 1);
  subject.delete('general', 1);
  assert.deepEqual([[...room().deleting], sent], [[1], []]);
  t.mock.timers.tick(UNDO_WITHIN - 1);
  assert.deepEqual(sent, []);
  t.mock.timers.tick(1);
  assert.deepEqual(sent, [['message.delete', { room: 'general', message: 1 }]]);
});

test('sends no deletion that was undone, and at once those that wait when the page is left', async (t) => {
  const { subject, sent, room } = acts(t, [message(1), message(2)]);
  subject.delete('general', 1);
  subject.undoDelete('general', 1);
  subject.delete('general', 2);
  subject.flush();
  t.mock.timers.tick(UNDO_WITHIN);
  assert.deepEqual([sent, [...room().deleting]], [[['message.delete', { room: 'general', message: 2 }]], [2]]);
});

test('shows a message again whose deletion is refused', async (t) => {
  const { subject, failures, room } = acts(t, [message(1)], { replies: { 'message.delete': [refusal('forbidden')] } });
  subject.delete('general', 1);
  subject.flush();
  await settled();
  assert.deepEqual([[...room().deleting], failures], [[], ['forbidden']]);
});

test('asks for the root again when a reply is deleted', async (t) => {
  const root = message(1, { replies: { count: 2, last: AT, by: ['bob', 'carol'] } });
  const now = message(1, { replies: { count: 1, last: AT, by: ['carol'] } });
  const { sent, room, happens } = acts(t, [root], { replies: { history: [{ messages: [now], more: false, asOf: 101 }] } });
  happens({ type: 'message.deleted', message: 50, thread: 1 });
  await settled();
  assert.deepEqual(sent, [['history', { room: 'general', limit: 1, around: 1 }]]);
  assert.deepEqual(room().messages[0], now);
});

test('asks for nothing when a reply is deleted whose root it does not show, or a message of the room', async (t) => {
  const { sent, happens } = acts(t, [message(10)]);
  happens({ type: 'message.deleted', message: 50, thread: 1 });
  happens({ type: 'message.deleted', message: 10 });
  await settled();
  assert.deepEqual(sent, []);
});

test('asks for a message again when the first ten of those who reacted are no longer known', async (t) => {
  const by = Array.from({ length: 10 }, (_, n) => `user ${n}`);
  const { sent, happens } = acts(t, [message(1, { reactions: { '👍': { count: 11, by } } }), message(2, { reactions: { '👍': { count: 2, by: ['user 0', 'x'] } } })]);
  happens({ type: 'reaction.removed', message: 2, emoji: '👍', by: { id: 'x' } });
  assert.deepEqual(sent, []);
  happens({ type: 'reaction.removed', message: 1, emoji: '👍', by: { id: 'user 0' } });
  assert.deepEqual(sent, [['history', { room: 'general', limit: 1, around: 1 }]]);
});

test('shows a loaded message without asking, and one of the history after asking', async (t) => {
  const { subject, sent, room } = acts(t, [message(99), message(100)], { replies: { history: [{ messages: [message(7), message(8)], more: true, moreAfter: true, asOf: 100 }] } });
  await subject.show('general', 100);
  assert.deepEqual([sent, room().target, room().window], [[], { offset: 100, quiet: false }, null]);
  await subject.show('general', 8);
  assert.deepEqual([sent, room().target.offset, room().window.messages.length], [[['history', { room: 'general', limit: 50, around: 8 }]], 8, 2]);
  subject.latest('general');
  assert.deepEqual([room().window, room().target], [null, null]);
});

test('rejects when there is no such message', async (t) => {
  const { subject, room } = acts(t, [message(100)], { rest: { message: async () => Promise.reject(refusal('not_found')) }, replies: { history: [{ messages: [], more: false, moreAfter: false, asOf: 100 }] } });
  await assert.rejects(subject.show('general', 5), { code: 'not_found' });
  assert.deepEqual([room().messages.length, room().asking, room().loading], [1, 0, false]);
});

test('asks for earlier and later pages one at a time', async (t) => {
  const { subject, sent, room } = acts(t, [message(50)], { replies: { history: [{ messages: [message(8)], more: true, moreAfter: true, asOf: 100 }, { messages: [message(7)], more: false, asOf: 100 }, { messages: [message(9)], moreAfter: true, asOf: 100 }] } });
  await subject.show('general', 8);
  const first = subject.earlier(room());
  await subject.earlier(room());
  await first;
  await subject.earlier(room());
  await subject.later(room());
  assert.deepEqual(sent.slice(1).map(([, { before, after }]) => [before, after]), [[8, undefined], [undefined, 8]]);
  assert.deepEqual(room().window.messages.map(({ offset }) => offset), [7, 8, 9]);
});
