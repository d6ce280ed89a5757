/** The contract's page describes the real documents: every field has a type, and every reference leads to something. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fields, nameOf, requests, resolve, type } from '../../../main/webapp/protocol/describe.js';

const read = (name) => JSON.parse(readFileSync(new URL(`../../../main/webapp/protocol/${name}`, import.meta.url), 'utf8'));
const documents = { 'asyncapi.json': read('asyncapi.json'), 'openapi.json': read('openapi.json') };
const text = (pieces) => pieces.map((piece) => piece.text).join('');

test('every reference of both documents leads to something', () => {
  const check = (home, node) => {
    if (node === null || typeof node !== 'object') return;
    if (node.$ref) assert.ok(resolve(documents, home, node), `${home} ${node.$ref}`);
    Object.values(node).forEach((child) => check(home, child));
  };
  for (const [home, document] of Object.entries(documents)) check(home, document);
});

test('a field is described with its type, bounds and the schema that it names', () => {
  const { payload } = documents['asyncapi.json'].channels.commands.messages.history;
  const rows = new Map(fields(documents, 'asyncapi.json', payload).map((row) => [row.name, row]));
  assert.equal(text(rows.get('limit').type), 'integer, 1 to 100');
  assert.equal(text(rows.get('type').type), '"history"');
  assert.equal(rows.get('room').required, true);
  assert.equal(rows.get('pinned').required, false);
  assert.equal(text(rows.get('before').type), 'integer, 1 to 2^53');
});

test('an object with a name is a link, and one without shows its fields', () => {
  const { payload } = documents['asyncapi.json'].channels.replies.messages.subscribed;
  const rows = new Map(fields(documents, 'asyncapi.json', payload).map((row) => [row.name, row]));
  assert.deepEqual(rows.get('ok.messages').type.map(({ schema }) => schema), [undefined, 'message', undefined]);
  assert.equal(text(rows.get('ok.online').type), 'list of string, 1 to 255 characters or integer, at least 0');
  const user = { $ref: 'asyncapi.json#/components/schemas/user' };
  assert.deepEqual(type(documents, 'openapi.json', user), [{ text: 'user', schema: 'user' }]);
});

test('requests have the parameters of their path', () => {
  const all = requests(documents);
  const { parameters } = all.find(({ name }) => name === 'GET /api/rooms/{room}/members');
  assert.deepEqual(parameters.map(({ name }) => name), ['room', 'after', 'limit']);
  assert.equal(all.length, new Set(all.map(({ name }) => name)).size);
});

test('a reference is named by its end', () => {
  assert.equal(nameOf('#/channels/replies/messages/done'), 'done');
});
