/** The public session of the npm package: what programs see of the client's own, without a page. */
import assert from 'node:assert/strict';
import test from 'node:test';
import '../../../main/webapp/chat/connection/stream-socket.js';
import { Session } from '../../../npm/session.js';
import { Socket, TOKEN, golden, page, settled } from './kit.js';

const HELLO = { ...golden.hello.events[0], expires: undefined, expiresIn: undefined, features: [] };
const ROOMS = ['general', 'random'].map((id) => ({ id, name: id, kind: 'public', role: 'member' }));

/** A session that has been greeted. `token` resolves to what `given.token` is then. */
async function live(t) {
  const clock = page(t);
  const given = { token: TOKEN };
  t.mock.method(globalThis, 'fetch', async () => Response.json({ rooms: ROOMS, more: false }));
  const session = new Session({ server: 'https://chat.example/parley', token: async () => given.token });
  clock.ends(() => session.stop());
  return { session, given, ...clock };
}

async function greeted(user = HELLO.user) {
  await settled();
  Socket.last.receive({ ...HELLO, user });
  await settled();
}

const asked = (type, room) => Socket.last.sent.filter((frame) => frame.type === type && (room === undefined || frame.room === room));

async function subscribed(room) {
  Socket.last.receive({ re: asked('subscribe', room).at(-1).id, ok: { ...golden.subscribe.replies[0].ok, messages: [] } });
  await settled();
}

test('refuses what it can\'t use', () => {
  assert.throws(() => new Session({ server: '/parley', token: async () => TOKEN }), TypeError);
  assert.throws(() => new Session({ server: 'https://chat.example' }), /token must be an async function/);
});

test('does nothing before it starts', async (t) => {
  const { session } = await live(t);
  assert.deepEqual([session.state.connection.phase, session.room('general').status, session.post('general', 'hi'), Socket.opened.length], ['idle', 'loading', null, 0]);
  await assert.rejects(session.request('ping'), /not started/);
});

test('follows several rooms at once, and leaves each when it was left as often as it was entered', async (t) => {
  const { session } = await live(t);
  const leave = [session.enter('general'), session.enter('general'), session.enter('random')];
  session.start();
  await greeted();
  await subscribed('general');
  await subscribed('random');
  assert.deepEqual(['general', 'random'].map((id) => session.room(id).status), ['live', 'live']);
  for (const room of ['general', 'random']) Socket.last.receive({ ...golden['message.post'].events[0], thread: undefined, room, offset: 43, text: `to ${room}` });
  assert.deepEqual(['general', 'random'].map((id) => session.room(id).messages.at(-1).text), ['to general', 'to random']);
  leave[0]();
  leave[0]();
  assert.equal(asked('unsubscribe').length, 0);
  leave[1]();
  leave[2]();
  await settled();
  assert.equal(session.room('random').messages.length, 1, 'a room of the person stays as it was left');
});

test('shows the same objects until something changes', async (t) => {
  const { session } = await live(t);
  session.enter('general');
  session.start();
  await greeted();
  await subscribed('general');
  const [state, room] = [session.state, session.room('general')];
  assert.equal(session.state, state);
  assert.equal(session.room('general'), room);
  let changes = 0;
  const end = session.subscribe(() => changes++);
  Socket.last.receive({ ...golden['message.post'].events[0], thread: undefined, room: 'random', offset: 43 });
  assert.equal(session.room('general'), room);
  session.post('general', 'hi');
  assert.notEqual(session.room('general'), room);
  assert.deepEqual([session.room('general').unsent[0].text, session.room('random').unsent.length, changes > 0], ['hi', 0, true]);
  end();
  changes = 0;
  session.post('general', 'again');
  assert.equal(changes, 0);
});

test('shows nothing of the person while the server refuses the token, and deletes it when the portal has none', async (t) => {
  const { session, given, passes } = await live(t);
  const out = [];
  session.on('signed-out', ({ by }) => out.push(by));
  session.enter('general');
  session.start();
  await greeted();
  await subscribed('general');
  session.post('general', 'hi');
  given.token = null;
  Socket.last.end(1001);
  await passes(1_000);
  assert.deepEqual(out, ['portal']);
  assert.deepEqual([session.state.user, session.state.rooms, session.state.connection.phase], [null, [], 'signed-out']);
  assert.deepEqual([session.room('general').messages, session.room('general').unsent], [[], []]);
  given.token = TOKEN;
  session.start();
  await greeted();
  assert.equal(asked('subscribe', 'general').length, 1, 'the room is entered again');
});

test('starts again after a stop, as another person too', async (t) => {
  const { session } = await live(t);
  session.enter('general');
  session.start();
  await greeted();
  await subscribed('general');
  session.stop();
  assert.deepEqual([session.state.connection.phase, session.room('general').messages.length], ['stopped', 0]);
  session.start();
  await greeted({ id: 'bob', name: 'Bob' });
  await greeted({ id: 'bob', name: 'Bob' });
  assert.deepEqual([session.state.user, session.state.connection.phase], [{ id: 'bob', name: 'Bob' }, 'connected']);
});

test('counts what it sends and receives, and tells it once a second', async (t) => {
  const { session, passes } = await live(t);
  const told = [];
  session.on('stats', (stats) => told.push(stats));
  session.enter('general');
  session.start();
  await greeted();
  assert.deepEqual([session.stats.transport, session.stats.received, session.stats.sent], ['websocket', 1, 2]);
  Socket.last.receive({ re: asked('subscribe').at(-1).id, error: { code: 'not_found', message: 'No such room', temporary: false } });
  const measuring = session.ping();
  await passes(40);
  Socket.last.receive({ re: asked('ping').at(-1).id, ok: {} });
  assert.equal(await measuring, 40);
  await passes(1_000);
  assert.deepEqual([told.length, told[0].errors, told[0].roundTrips, told[0].reconnections], [1, 1, [40], 0]);
  Socket.last.end(1001);
  await passes(1_000);
  await greeted();
  assert.deepEqual([session.stats.reconnections, session.stats.transport], [1, 'websocket']);
});

test('travels over HTTP from the start where the platform has no WebSocket', async (t) => {
  const { session } = await live(t);
  globalThis.WebSocket = undefined;
  session.start();
  // The module is loaded already, but import() still takes a few turns.
  for (let turn = 0; turn < 2_000 && !fetch.mock.calls.length; turn++) await settled();
  assert.equal(String(fetch.mock.calls[0].arguments[0]), 'https://chat.example/parley/api/stream');
});

/** A server that keeps one upload and answers searches. `cut` rejects the next request of bytes. */
function storing(t) {
  const server = { received: 0, asked: [], cut: false };
  const files = 'https://chat.example/parley/api/rooms/general/files';
  t.mock.method(globalThis, 'fetch', async (url, { method, body, headers }) => {
    const { pathname, search } = new URL(url);
    server.asked.push(`${method} ${pathname.replace('/parley/api/', '')}${search}`);
    if (method === 'PATCH') {
      if (server.cut) throw new TypeError('The connection is lost');
      assert.equal(Number(headers['Upload-Offset']), server.received);
      server.received += body.size;
      return new Response(null, { status: 204 });
    }
    if (method === 'HEAD') return new Response(null, { headers: { 'Upload-Offset': String(server.received) } });
    if (method === 'DELETE') return new Response(null, { status: 204 });
    if (pathname.endsWith('/ticket')) return Response.json({ ticket: 'a+b' });
    if (method === 'POST') return new Response(null, { status: 201, headers: { Location: `${files}/f1` } });
    if (pathname.endsWith('/files/f1')) return Response.json({ id: 'f1', name: 'plan.txt', type: 'text/plain', size: server.received, sha256: 'x' });
    if (pathname.endsWith('/search')) return Response.json({ results: [], cursor: 'next' });
    return Response.json({ rooms: ROOMS, more: false });
  });
  return server;
}

/** After `ready()` holds, while promises settle. */
async function until(ready) {
  for (let turn = 0; turn < 2_000 && !ready(); turn++) await settled();
  assert.ok(ready());
}

test('refuses ids of rooms and files that would address something else', async (t) => {
  const { session } = await live(t);
  const server = storing(t);
  await assert.rejects(session.upload('general', new Blob(['x'])), /not started/);
  session.start();
  await greeted();
  server.asked.length = 0;
  await assert.rejects(session.upload('../me', new Blob(['x'])), { code: 'not_found' });
  await assert.rejects(session.fileUrl('..'), { code: 'not_found' });
  await assert.rejects(session.thumbnailUrl('a/b'), { code: 'not_found' });
  assert.deepEqual(server.asked, []);
});

test('uploads a file piece by piece, and posts it with a message', async (t) => {
  const { session } = await live(t);
  const server = storing(t);
  session.start();
  await greeted();
  const told = [];
  const file = await session.upload('general', new Blob(['x'.repeat(1_500_000)]), { name: 'plan.txt', progress: (sent) => told.push(sent) });
  assert.deepEqual([file, told], [{ id: 'f1', name: 'plan.txt', type: 'text/plain', size: 1_500_000 }, [1_048_576, 1_500_000, null]]);
  session.post('general', '', { files: [file] });
  await settled();
  assert.deepEqual(asked('message.post').at(-1).files, ['f1']);
  assert.deepEqual(session.room('general').unsent[0].files, [file]);
  assert.equal(await session.fileUrl('f1'), 'https://chat.example/parley/api/files/f1?ticket=a%2Bb');
  assert.equal(await session.thumbnailUrl('f1'), 'https://chat.example/parley/api/files/f1/thumbnail?ticket=a%2Bb');
});

test('an upload that is aborted ends at once and is deleted, also between two attempts', async (t) => {
  const { session } = await live(t);
  const server = storing(t);
  session.start();
  await greeted();
  const abort = new AbortController();
  server.cut = true;
  const aborted = session.upload('general', new Blob(['x']), { signal: abort.signal });
  const stopped = session.upload('general', new Blob(['x']));
  await until(() => server.asked.filter((request) => request.startsWith('PATCH')).length === 2);
  abort.abort(new Error('enough'));
  await assert.rejects(aborted, /enough/);
  session.stop();
  await assert.rejects(stopped, { name: 'AbortError' });
  await until(() => server.asked.filter((request) => request === 'DELETE rooms/general/files/f1').length === 2);
  await assert.rejects(session.upload('general', new Blob(['x']), { signal: abort.signal }), /enough|not started/);
});

test('searches with a text and what narrows it', async (t) => {
  const { session } = await live(t);
  const server = storing(t);
  session.start();
  await greeted();
  const page = await session.search(' plan ', { room: 'general', by: 'bob', has: ['file', 'link'], sort: 'time', limit: 5, cursor: 'c1' });
  assert.deepEqual(page, { results: [], cursor: 'next' });
  assert.equal(server.asked.at(-1), 'GET search?q=plan&room=general&by=bob&has=file%2Clink&sort=time&limit=5&cursor=c1');
  await session.search('', { after: '2026-01-31' });
  assert.match(server.asked.at(-1), /^GET search\?after=2026-01-3\dT/);
});
