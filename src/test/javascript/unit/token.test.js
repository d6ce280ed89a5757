/** Tokens: refreshed before they expire, asked for again when that fails, never taken for granted. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { setServerTime } from '../../../main/webapp/chat/clock.js';
import { Problem } from '../../../main/webapp/chat/problem.js';
import { Identity, LONGEST } from '../../../main/webapp/chat/token/identity.js';
import { Refreshing } from '../../../main/webapp/chat/token/refreshing.js';
import { NOW, TOKEN, page } from './kit.js';

const AN_HOUR = 3_600_000;
const at = (milliseconds) => new Date(NOW + milliseconds).toISOString();

/** A refresh of a token that ends in 100 s. `answers` are the server's, in turn; an Error is a refusal. */
function refreshing(t, { token = async () => TOKEN, answers = [] } = {}) {
  const clock = page(t);
  const calls = [];
  const ask = async (given) => {
    calls.push(`ask ${given} at ${Date.now() - NOW}`);
    const answer = answers.shift() ?? { expiresIn: 10_000_000 };
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const refresh = new Refreshing({ token, ask, reconnect: () => calls.push('reconnect'), signedOut: () => calls.push('signed out') });
  clock.ends(() => refresh.stop());
  refresh.before({ expiresIn: 100_000, expires: at(-AN_HOUR) });
  return { refresh, calls, ...clock };
}

test('hands the server another token when four fifths of the time are over', async (t) => {
  const { calls, passes } = refreshing(t, { answers: [{ expiresIn: 100_000, expires: at(AN_HOUR) }] });
  await passes(79_999);
  assert.deepEqual(calls, []);
  await passes(1);
  assert.deepEqual(calls, [`ask ${TOKEN} at 80000`]);
  await passes(80_000);
  assert.deepEqual(calls[1], `ask ${TOKEN} at 160000`);
});

test('believes the time of a server that sends no duration', async (t) => {
  const { refresh, calls, passes } = refreshing(t);
  refresh.stop();
  const other = new Refreshing({ token: async () => TOKEN, ask: async () => (calls.push(Date.now() - NOW), {}), reconnect: () => {}, signedOut: () => {} });
  setServerTime(at(-AN_HOUR));
  other.before({ expires: at(100_000 - AN_HOUR) });
  await passes(80_000);
  assert.deepEqual(calls, [80_000]);
  setServerTime(at(80_000));
});

test('tries again with backoff while the portal or the server fails', async (t) => {
  const answers = [new Problem({ code: 'unavailable', temporary: true }), new Problem({ code: 'unauthorized' })];
  const { calls, passes } = refreshing(t, { answers });
  await passes(80_000);
  await passes(500);
  await passes(500);
  assert.deepEqual(calls.map((call) => Number(call.split(' ').at(-1))), [80_000, 80_500, 81_000]);
});

test('reconnects when the server takes the token on a new connection only', async (t) => {
  const { calls, passes } = refreshing(t, { answers: [new Problem({ code: 'forbidden' })] });
  await passes(80_000);
  assert.deepEqual(calls.at(-1), 'reconnect');
});

test('ends when nobody is signed in any longer, and asks nothing once it is stopped', async (t) => {
  const { calls, passes } = refreshing(t, { token: async () => null });
  await passes(80_000);
  assert.deepEqual(calls, ['signed out']);
});

test('asks nothing once it is stopped', async (t) => {
  const { refresh, calls, passes } = refreshing(t);
  refresh.stop();
  await passes(1_000_000);
  assert.deepEqual(calls, []);
});

test('gives a portal 15 s for its token', async (t) => {
  const { passes } = page(t);
  const failures = [];
  const identity = new Identity(() => new Promise(() => {}), { failed: ({ reason }) => failures.push(reason) });
  const outcome = identity.fresh().catch(({ reason, temporary }) => ({ reason, temporary }));
  await passes(14_999);
  assert.deepEqual(failures, []);
  await passes(1);
  assert.deepEqual([await outcome, failures], [{ reason: 'late', temporary: true }, ['late']]);
});

test('asks the portal once for the calls between two connections', async () => {
  let asked = 0;
  const identity = new Identity(async () => (asked++, TOKEN));
  assert.deepEqual([await identity.current(), await identity.current(), asked], [TOKEN, TOKEN, 1]);
  await identity.fresh();
  assert.equal(asked, 2);
});

for (const given of [undefined, '', 'alice', 'a.b', {}, '<!doctype html>']) {
  test(`takes ${JSON.stringify(given)} for a failure, never for a token or a sign-out`, async () => {
    const { reason, temporary } = await new Identity(async () => given).fresh().catch((failure) => failure);
    assert.deepEqual({ reason, temporary }, { reason: 'not_a_token', temporary: true });
  });
}

test("says that a token is too long, because the browser doesn't say that the server refused it", async () => {
  const token = (length) => `h.${'p'.repeat(length - 4)}.s`;
  assert.equal(await new Identity(async () => token(LONGEST)).fresh(), token(LONGEST));
  const failure = await new Identity(async () => token(LONGEST + 1)).fresh().catch((problem) => problem);
  assert.deepEqual([failure.reason, failure.temporary, failure.message.includes('15001')], ['too_long', true, true]);
});
