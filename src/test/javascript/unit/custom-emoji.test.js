/** Custom emoji: when their list is asked for, and what is found. */
import assert from 'node:assert/strict';
import test from 'node:test';

// Node 20 has none.
globalThis.navigator ??= /** @type {any} */ ({ platform: 'Linux', languages: [] });
const { customEmoji, searchCustom } = await import('../../../main/webapp/chat/emoji/custom.js');

function server(...answers) {
  const asked = [];
  const raw = async (method, path) => {
    asked.push(`${method} ${path}`);
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer === null) throw new Error('unreachable');
    return { json: async () => ({ emoji: answer.map((name) => ({ name, picture: `picture-of-${name}` })) }) };
  };
  return { asked, rest: { raw } };
}

test('nobody who is not signed in has custom emoji', async () => {
  assert.equal((await customEmoji(null)).size, 0);
});

test('the list is asked for once, also for a name that it lacks, until a minute has passed', async (t) => {
  t.mock.method(performance, 'now', () => now);
  let now = 1_000;
  const access = server(['party'], ['party', 'later']);
  const [first] = await Promise.all([customEmoji(access, ':party:'), customEmoji(access), customEmoji(access, ':later:')]);
  assert.deepEqual([...first.keys()], [':party:']);
  assert.deepEqual(access.asked, ['GET emoji']);
  now += 60_000;
  assert.deepEqual([...(await customEmoji(access, ':party:')).keys()], [':party:']);
  assert.equal(access.asked.length, 1);
  const again = await Promise.all([customEmoji(access, ':later:'), customEmoji(access, ':later:')]);
  assert.deepEqual(again.map((one) => one.has(':later:')), [true, true]);
  assert.equal(access.asked.length, 2);
});

test('a failure leaves what is known, and the next look after a minute asks again', async (t) => {
  let now = 1_000;
  t.mock.method(performance, 'now', () => now);
  const access = server(null, ['party']);
  assert.equal((await customEmoji(access, ':party:')).size, 0);
  now += 60_000;
  assert.equal((await customEmoji(access, ':party:')).size, 1);
});

test('a search finds names, best match first, up to the most', async () => {
  const all = await customEmoji(server(['parrot', 'party_parrot', 'ship-it']));
  assert.deepEqual(searchCustom(all, 'parrot', 8).map(({ name }) => name), ['parrot', 'party_parrot']);
  assert.deepEqual(searchCustom(all, 'party p', 8).map(({ name }) => name), ['party_parrot']);
  assert.equal(searchCustom(all, 'p', 1).length, 1);
  assert.equal(searchCustom(all, 'zzz', 8).length, 0);
});
