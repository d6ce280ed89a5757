/** People: what is known of them, blocks, direct rooms, and that ids never become part of a path. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { People, statusOf } from '../../../main/webapp/chat/people/people.js';
import { Rest } from '../../../main/webapp/chat/rest.js';
import { apply, initial } from '../../../main/webapp/chat/store.js';

const alice = { id: 'alice', name: 'Alice' };
const bob = { id: 'bob', name: 'Bob' };
const HOSTILE = ['urn:user:7', 'DOMAIN\\anna', 'corp/anna', '..', '%2e%2e', 'a?b#c&user=bob', '🦊', 'مرحبا', 'u'.repeat(255)];

function people(rest) {
  let state = apply(initial, { type: 'hello', user: alice, features: ['people', 'direct'] });
  return { made: new People({ rest, state: () => state, apply: (event) => (state = apply(state, event)) }), state: () => state };
}

test('finds people without oneself', async () => {
  const asked = [];
  const { made } = people({ people: async (...given) => (asked.push(given), { people: [alice, bob, { id: 'carol' }] }) });
  assert.deepEqual((await made.find('a', { limit: 1 })).map(({ id }) => id), ['bob']);
  assert.deepEqual([asked, made.known('bob')], [[['a', 2]], bob]);
});

test('opens a direct room that is named after the others', async () => {
  const { made, state } = people({ direct: async (users) => ({ id: `d-${users}`, kind: 'direct', role: 'member', name: '' }) });
  assert.equal(await made.direct([bob]), 'd-bob');
  const { name, kind, people: all } = state().rooms.get('d-bob');
  assert.deepEqual([name, kind, all], ['Bob', 'direct', [alice, bob]]);
});

test('blocks only after the server did', async () => {
  const { made } = people({ block: async (id) => id === 'carol' && Promise.reject({ code: 'not_found' }) });
  await made.block('bob', true);
  await assert.rejects(made.block('carol', true));
  assert.deepEqual([made.isBlocked('bob'), made.isBlocked('carol')], [true, false]);
  await made.block('bob', false);
  assert.equal(made.isBlocked('bob'), false);
});

test('nobody sees a blocked person type', () => {
  const room = { id: 'r', name: 'R', kind: 'public', role: 'member' };
  const typing = (by) => ({ type: 'typing', room: 'r', by, on: true, received: 1 });
  const names = (state) => [...state.rooms.get('r').typing.keys()];
  let state = [{ type: 'hello', user: alice, features: ['people'] }, { type: 'client.rooms', rooms: [room] }].reduce(apply, initial);
  state = apply(state, typing(bob));
  assert.deepEqual(names(state), ['bob']);
  state = apply(state, { type: 'client.blocked', blocked: new Set(['bob']) });
  assert.deepEqual(names(state), []);
  state = apply(apply(state, typing(bob)), typing({ id: 'carol', name: 'Carol' }));
  assert.deepEqual(names(state), ['carol']);
});

test('a status that has ended is none', () => {
  const now = Date.parse('2026-03-02T09:00:00.000Z');
  const status = (until) => statusOf({ id: 'bob', status: { text: 'Out', until } }, now);
  assert.equal(status('2026-03-02T08:59:59.000Z'), null);
  assert.equal(status('2026-03-02T09:00:01.000Z').text, 'Out');
  assert.equal(statusOf(undefined), null);
});

test('puts ids in the body or the query, never in the path', async (t) => {
  const calls = [];
  t.mock.method(globalThis, 'fetch', async (url, { method, body }) => {
    calls.push({ method, url: new URL(url), body: body && JSON.parse(body) });
    return Response.json({});
  });
  const rest = new Rest('https://chat.example/parley/api/', { current: async () => 'x', fresh: async () => 'x' });
  for (const id of HOSTILE) {
    calls.length = 0;
    await rest.person(id);
    await rest.block(id, true);
    await rest.block(id, false);
    await rest.direct([id]);
    await rest.people(id, 20);
    assert.deepEqual(calls.map(({ method, url, body }) => [method, url.pathname, body?.user ?? body?.users?.[0] ?? url.searchParams.get('id') ?? url.searchParams.get('user') ?? url.searchParams.get('query')]), [
      ['GET', '/parley/api/people/one', id],
      ['PUT', '/parley/api/me/blocks', id],
      ['DELETE', '/parley/api/me/blocks', id],
      ['PUT', '/parley/api/direct', id],
      ['GET', '/parley/api/people', id],
    ]);
  }
});
