/** Unsent messages: one key for each, sent in order, and shown once. Without a disk, as in a private window. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { MOST_UNSENT, Outbox } from '../../../main/webapp/chat/outbox.js';
import { Problem } from '../../../main/webapp/chat/problem.js';
import { page, settled } from './kit.js';

const lost = () => new Problem({ code: 'unavailable', temporary: true, lost: true });
const busy = (retryAfter) => new Problem({ code: 'rate_limited', temporary: true, retryAfter });

/** An outbox and what it posted. `answers` are given in turn, then offsets; an Error is a refusal. */
function outbox(t, answers = []) {
  const clock = page(t);
  const posted = [];
  const post = async (entry) => {
    posted.push({ ...entry });
    const answer = answers.shift() ?? { offset: posted.length };
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const box = new Outbox({ owner: ['https://chat.example/', 'alice'], post, locks: null, storage: null });
  clock.ends(() => box.close());
  return { box, posted, ...clock, states: () => box.entries.map(({ text, state }) => `${text} ${state}`) };
}

test('sends a message once, and forgets it when the log shows it', async (t) => {
  const { box, posted, states, passes } = outbox(t);
  const { key } = box.send('general', 'hi');
  await passes(0);
  box.flush();
  await passes(60_000);
  assert.deepEqual([posted.map((entry) => entry.key), states()], [[key], ['hi sent']]);
  box.settle((entry) => entry.key === key);
  assert.deepEqual(box.entries, []);
});

test('sends a room in the order of writing, one message at a time', async (t) => {
  const { box, posted, passes } = outbox(t, [busy(2_000)]);
  for (const text of ['one', 'two', 'three']) box.send('general', text);
  await passes(0);
  assert.deepEqual(posted.map(({ text }) => text), ['one']);
  await passes(2_000);
  assert.deepEqual(posted.map(({ text }) => text), ['one', 'one', 'two', 'three']);
});

test('sends with the same key what a lost connection left open', async (t) => {
  const { box, posted, states, passes } = outbox(t, [lost()]);
  box.send('general', 'hi');
  await passes(0);
  assert.deepEqual(states(), ['hi pending']);
  await passes(60_000);
  assert.equal(posted.length, 1, 'it waits for a connection');
  box.flush();
  await passes(0);
  assert.deepEqual([posted.length, new Set(posted.map(({ key }) => key)).size, states()], [2, 1, ['hi sent']]);
});

test('waits as long as the server asks before it sends again', async (t) => {
  const { box, posted, passes } = outbox(t, [busy(1_500)]);
  box.send('general', 'hi');
  await passes(0);
  await passes(1_499);
  assert.equal(posted.length, 1);
  await passes(1);
  assert.equal(posted.length, 2);
});

test('fails every message to a room that refuses them, and sends to other rooms', async (t) => {
  const { box, states, passes } = outbox(t, [new Problem({ code: 'forbidden' })]);
  box.send('cellar', 'a');
  box.send('cellar', 'b');
  box.send('general', 'c');
  await passes(0);
  assert.deepEqual(states(), ['a failed', 'b failed', 'c sent']);
  box.retry(box.entries[0].key);
  await passes(0);
  assert.deepEqual(states(), ['a sent', 'b failed', 'c sent']);
  box.discard(box.entries[1].key);
  await passes(5_000);
  assert.deepEqual(states(), ['a sent', 'c sent']);
});

test('brings a discarded message back for 5 s, and nothing else', async (t) => {
  const { box, states, passes } = outbox(t, [new Problem({ code: 'too_large' }), new Problem({ code: 'too_large' })]);
  box.send('general', 'a');
  box.send('general', 'b');
  await passes(0);
  const [a, b] = box.entries.map(({ key }) => key);
  box.discard(a);
  box.discard(b);
  assert.deepEqual(states(), ['a discarded', 'b discarded']);
  box.undoDiscard(a);
  box.undoDiscard('another');
  await passes(5_000);
  assert.deepEqual(states(), ['a failed']);
  box.undoDiscard(b);
  assert.deepEqual(states(), ['a failed']);
});

test('posts whom a message mentions and its thread, and nothing that is empty', async (t) => {
  const { box, posted, passes } = outbox(t);
  box.send('general', 'a', { mentions: ['bob', 'urn:user:7'], everyone: true, thread: 12, also: true });
  box.send('general', 'b', { mentions: [], everyone: false });
  await passes(0);
  const given = posted.map(({ mentions, everyone, thread, also }) => ({ mentions, everyone, thread, also }));
  assert.deepEqual(given[0], { mentions: ['bob', 'urn:user:7'], everyone: true, thread: 12, also: true });
  assert.deepEqual(Object.keys(posted[1]).filter((field) => ['mentions', 'everyone', 'thread', 'also'].includes(field)), []);
});

test('fails only the message that may not mention everyone', async (t) => {
  const { box, states, passes } = outbox(t, [new Problem({ code: 'forbidden' })]);
  box.send('general', 'a', { everyone: true });
  box.send('general', 'b');
  await passes(0);
  assert.deepEqual(states(), ['a failed', 'b sent']);
});

test('sends no message again that waits for a moderator', async (t) => {
  const { box, posted, states, passes } = outbox(t, [{ offset: 0, held: true }, { offset: 0, held: true }, { offset: 0, held: true }]);
  for (const text of ['a', 'b', 'c']) box.send('general', text);
  await passes(0);
  box.flush();
  await passes(60_000);
  assert.deepEqual([posted.length, states()], [3, ['a held', 'b held', 'c held']]);
  const [a, b, c] = box.entries.map(({ key, room }) => ({ key, room }));
  box.decide([{ ...a, state: 'waiting' }, { ...b, state: 'refused' }, { ...c, state: 'approved' }]);
  assert.deepEqual(states(), ['a held', 'b failed']);
  assert.equal(box.entries[1].problem, 'not_approved');
  box.decide([{ key: a.key, room: 'another', state: 'waiting' }]);
  assert.deepEqual(states(), ['b failed'], 'its room was closed');
});

test('takes no more messages than it may keep', async (t) => {
  const { box } = outbox(t, [lost()]);
  for (let n = 0; n < MOST_UNSENT; n++) assert.notEqual(box.send('general', `${n}`), null);
  assert.equal(box.send('general', 'one more'), null);
  await settled();
});
