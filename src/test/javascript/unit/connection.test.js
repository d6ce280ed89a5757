/** The connection: reconnecting with backoff, close codes, tokens, replies and the heartbeat, with a clock that the test moves. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { elapsed } from '../../../main/webapp/chat/clock.js';
import { Connection } from '../../../main/webapp/chat/connection.js';
import { NOW, Socket, TOKEN, golden, page, settled } from './kit.js';

const HELLO = { ...golden.hello.events[0], expires: undefined, expiresIn: undefined };
const ALMOST_ONE = 0.999_999;
const AN_HOUR = 3_600_000;

/** A started connection. `tokens` are given in turn, the last one again and again; an Error is thrown. */
async function started(t, { chance, tokens = [TOKEN], refused = async () => false } = {}) {
  const clock = page(t, { chance });
  const phases = [];
  const token = async () => {
    const given = tokens.length > 1 ? tokens.shift() : tokens[0];
    if (given instanceof Error) throw given;
    return given;
  };
  const connection = new Connection({ url: 'wss://chat.example/ws', token, refused, onEvent() {}, onPhase: (phase) => phases.push(phase) });
  clock.ends(() => connection.stop());
  connection.start();
  await settled();
  return { connection, phases, ...clock };
}

async function greeted(t, options) {
  const context = await started(t, options);
  Socket.last.receive(HELLO);
  return context;
}

test('sends its token as a subprotocol and never in the URL', async (t) => {
  await started(t);
  assert.equal(Socket.last.url, 'wss://chat.example/ws');
  assert.deepEqual(Socket.last.protocols, ['parley.v1', `bearer.${TOKEN}`]);
});

test('waits longer after each failed attempt, up to 30 s', async (t) => {
  const { phases, passes } = await started(t, { chance: ALMOST_ONE });
  for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const [sockets, now] = [Socket.opened.length, Date.now()];
    Socket.last.end(1006);
    await settled();
    assert.deepEqual(phases.at(-1), { phase: 'waiting', until: now + wait, trouble: undefined });
    await passes(wait - 1);
    assert.equal(Socket.opened.length, sockets, `too early: ${wait} ms`);
    await passes(1);
    assert.equal(Socket.opened.length, sockets + 1, `too late: ${wait} ms`);
  }
});

test('starts the backoff over after a connection has lasted 10 s', async (t) => {
  const { phases, passes } = await started(t, { chance: ALMOST_ONE });
  Socket.last.end(1006);
  await settled();
  await passes(1_000);
  Socket.last.receive(HELLO);
  await passes(9_999);
  Socket.last.end(1006);
  await settled();
  assert.equal(phases.at(-1).until - elapsed(), 2_000);
  await passes(2_000);
  Socket.last.receive(HELLO);
  await passes(10_000);
  Socket.last.end(1006);
  await settled();
  assert.equal(phases.at(-1).until - elapsed(), 1_000);
});

/** When the next attempt comes after the close of a connection that worked; null for never. With the least chance, 500 ms is the backoff. */
const NEXT_ATTEMPT = { 'back off': 500, after: 1_500, 'at once': 0, 'sign in': 0, stop: null };

for (const { code, reason, means, client } of golden.closing) {
  test(`does "${client}" after close code ${code}: ${means}`, async (t) => {
    const other = `${TOKEN}2`;
    const { phases, passes } = await greeted(t, { tokens: [TOKEN, other] });
    Socket.last.end(code, reason);
    await settled();
    const wait = NEXT_ATTEMPT[client];
    if (wait === null) {
      await passes(AN_HOUR);
      assert.deepEqual([Socket.opened.length, phases.at(-1).phase], [1, 'stopped']);
      return;
    }
    if (wait > 0) {
      await passes(wait - 1);
      assert.equal(Socket.opened.length, 1);
    }
    await passes(wait > 0 ? 1 : 0);
    assert.equal(Socket.opened.length, 2);
    assert.equal(Socket.last.protocols[1], `bearer.${other}`);
  });
}

test('reconnects at once only the first time', async (t) => {
  const { phases, passes } = await greeted(t);
  Socket.last.end(4201);
  await settled();
  await passes(0);
  Socket.last.receive(HELLO);
  Socket.last.end(4201);
  await settled();
  assert.equal(phases.at(-1).until - elapsed(), 500);
});

test('is signed out when the server ends the session and the portal gives the same token', async (t) => {
  const { phases, passes } = await greeted(t);
  Socket.last.end(4001);
  await settled();
  await passes(AN_HOUR);
  assert.deepEqual([Socket.opened.length, phases.at(-1)], [1, { phase: 'signed-out', by: 'server' }]);
});

test('is signed out when the server refuses the token of a handshake', async (t) => {
  const { phases } = await started(t, { refused: async (token) => token === TOKEN });
  Socket.last.end(1006);
  await settled();
  assert.deepEqual(phases.at(-1), { phase: 'signed-out', by: 'server' });
});

test('is signed out, without a socket, when nobody is signed in to the portal', async (t) => {
  const { phases } = await started(t, { tokens: [null] });
  assert.deepEqual([Socket.opened.length, phases.at(-1)], [0, { phase: 'signed-out', by: 'portal' }]);
});

test('asks the portal again, with backoff, when it gives no token', async (t) => {
  const { phases, passes } = await started(t, { tokens: [new Error('no'), TOKEN] });
  assert.deepEqual(phases.at(-1), { phase: 'waiting', until: NOW + 500, trouble: 'token' });
  await passes(500);
  assert.equal(Socket.opened.length, 1);
});

test('reconnects now when the network is back', async (t) => {
  const { window } = await started(t, { chance: ALMOST_ONE });
  Socket.last.end(1006);
  await settled();
  window.dispatchEvent(new Event('online'));
  await settled();
  assert.equal(Socket.opened.length, 2);
});

test('gives up a handshake without a hello after 10 s', async (t) => {
  const { phases, passes } = await started(t);
  await passes(9_999);
  assert.equal(phases.at(-1).phase, 'connecting');
  await passes(1);
  assert.deepEqual([phases.at(-1).phase, Socket.last.closed], ['waiting', true]);
});

test('pings after 25 s of silence, and reconnects at once when nothing comes within 5 s', async (t) => {
  const { passes } = await greeted(t);
  await passes(24_999);
  assert.deepEqual(Socket.last.sent, []);
  await passes(1);
  assert.equal(Socket.last.sent[0].type, 'ping');
  await passes(4_999);
  assert.equal(Socket.opened.length, 1);
  await passes(1);
  await passes(0);
  assert.equal(Socket.opened.length, 2);
});

test('rejects a request as lost when the connection closes, and as temporary without a reply for 10 s', async (t) => {
  const { connection, passes } = await greeted(t);
  const outcome = (type) => connection.request(type).catch(({ code, temporary, lost }) => ({ code, temporary, lost }));
  const late = outcome('subscribe');
  await passes(3_000);
  Socket.last.receive({ re: Socket.last.sent.at(-1).id, ok: {} });
  await passes(7_000);
  assert.deepEqual(await late, { code: 'unavailable', temporary: true, lost: false });
  const lost = outcome('subscribe');
  Socket.last.end(1001);
  assert.deepEqual(await lost, { code: 'unavailable', temporary: true, lost: true });
  assert.deepEqual(await outcome('subscribe'), { code: 'unavailable', temporary: true, lost: true });
});

test('never sends again the frame that the server closed for: the longest', async (t) => {
  const { connection } = await greeted(t);
  const long = connection.request('message.post', { text: 'x'.repeat(70_000) }).catch(({ code }) => code);
  const short = connection.request('message.post', { text: 'x' }).catch(({ lost }) => lost);
  Socket.last.end(1009);
  assert.deepEqual([await long, await short], ['too_large', true]);
});

/** What makes the client look whether the connection still lives. */
const SUSPICIONS = {
  'the page comes to the front': ({ connection }) => connection.check(),
  'the network is back': ({ window }) => window.dispatchEvent(new Event('online')),
  'the page is shown again': ({ window }) => window.dispatchEvent(new Event('pageshow')),
  'a command has waited 3 s': async ({ connection, passes }) => {
    connection.request('subscribe').catch(() => {});
    await passes(3_000);
  },
  'the computer was asleep': async ({ sets, passes }) => {
    sets(60_000);
    await passes(5_000);
  },
};

for (const [suspicion, comes] of Object.entries(SUSPICIONS)) {
  test(`probes when ${suspicion}, and reconnects when nothing comes within 5 s`, async (t) => {
    const given = await greeted(t);
    await comes(given);
    assert.equal(Socket.last.sent.at(-1).type, 'ping');
    await given.passes(4_999);
    assert.equal(Socket.opened.length, 1);
    await given.passes(1);
    await given.passes(0);
    assert.equal(Socket.opened.length, 2);
  });
}

test('keeps a connection that answers the probe', async (t) => {
  const { connection, passes } = await greeted(t);
  connection.check();
  connection.check();
  assert.equal(Socket.last.sent.length, 1);
  Socket.last.receive({ re: Socket.last.sent[0].id, ok: {} });
  await passes(20_000);
  assert.equal(Socket.opened.length, 1);
});

test('stays silent after it was stopped', async (t) => {
  const { connection, phases, passes } = await greeted(t);
  connection.stop();
  const count = phases.length;
  await passes(AN_HOUR);
  assert.deepEqual([Socket.opened.length, Socket.last.closed, phases.length, phases.at(-1).phase], [1, true, count, 'stopped']);
});
