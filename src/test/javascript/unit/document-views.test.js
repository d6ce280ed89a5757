/** What surrounds the text of a document: words, rights, links, file names, the past, and the tabs of one connection. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { Hub } from '../../../main/webapp/chat/connection/hub.js';
import { Changes } from '../../../main/webapp/chat/document/changes.js';
import { Past } from '../../../main/webapp/chat/document/history.js';
import { words as german } from '../../../main/webapp/chat/document/language/de.js';
import { words as english } from '../../../main/webapp/chat/document/language/en.js';
import { OpenDocuments } from '../../../main/webapp/chat/document/open-documents.js';
import { mayDelete, mayWrite } from '../../../main/webapp/chat/document/rights.js';
import { fileName } from '../../../main/webapp/chat/document/save.js';
import { grammar } from '../../../main/webapp/chat/language/grammar.js';
import { documentPermalink, readPermalink } from '../../../main/webapp/chat/message/permalink.js';
import { Disk, DocumentServer, ID, ROOM, ServerLink, updateOf } from './document-kit.js';
import { page, settled } from './kit.js';

const leaves = (value, path = []) => (value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key])) : [[path.join('.'), value]]);

test('both languages have the same texts, of the same kinds, and none is left in English', () => {
  const [source, translated] = [leaves(english(grammar('en'))), leaves(german(grammar('de')))];
  const shape = (all) => all.map(([path, value]) => [path, typeof value, value.length * Number(typeof value === 'function')]);
  assert.deepEqual(shape(translated), shape(source));
  const english_ = new Map(source);
  assert.deepEqual(translated.filter(([path, text]) => typeof text === 'string' && text === english_.get(path)).map(([path]) => path), ['past.slider']);
  const samples = { here: [['Alice', 'Bob']], 'past.version': [1_234, 5_678], 'past.restored': [1_234] };
  for (const [path, value] of [...source, ...translated]) {
    const text = typeof value === 'function' ? value(...(samples[path] ?? ['Alice', 'Monday'])) : value;
    assert.doesNotMatch(text, /undefined|\[object|NaN|[<>&#]/, path);
  }
});

test('people who may post may write, and authors and moderators may delete', () => {
  const now = Date.parse('2026-03-02T09:00:00.000Z');
  const room = { role: 'member', muted: null, retention: 'forever' };
  assert.ok(mayWrite(room, now));
  for (const change of [{ role: 'guest' }, { role: 'none' }, { muted: '2026-03-02T10:00:00.000Z' }, { retention: 'none' }]) assert.ok(!mayWrite({ ...room, ...change }, now), JSON.stringify(change));
  assert.ok(mayWrite({ ...room, muted: '2026-03-02T08:00:00.000Z' }, now));
  assert.deepEqual(['member', 'moderator', 'owner'].map((role) => mayDelete({ role }, { id: 'alice' }, { id: 'bob' })), [false, true, true]);
  assert.ok(mayDelete({ role: 'guest' }, { id: 'alice' }, { id: 'alice' }));
});

test('a link names a room and a document, and nothing else', () => {
  const link = documentPermalink('general', 'a-1', 'https://portal.example/chat?x=1#old');
  assert.equal(link, 'https://portal.example/chat?x=1#/general/document/a-1');
  assert.deepEqual(readPermalink(new URL(link).hash), { room: 'general', document: 'a-1' });
  assert.deepEqual(readPermalink('#/general/12'), { room: 'general', offset: 12 });
  for (const hash of ['#/general/document/', '#/general/document/a/b', '#/general/document/..', '#/../document/a', `#/general/document/${'x'.repeat(65)}`]) assert.equal(readPermalink(hash), null, hash);
});

test('a file is named after the title, whatever the title is', () => {
  assert.deepEqual(['Plan', 'a/b\\c:d', '..', '  ', '\u202Egpj.exe', `${'👍'.repeat(200)}`].map(fileName), ['Plan.md', 'a-b-c-d.md', 'document.md', 'document.md', '-gpj.exe.md'.replace(/^-/, ''), `${'👍'.repeat(100)}.md`]);
});

test('the past goes forward and back, over broken updates', () => {
  const first = updateOf('one ');
  const past = new Past([first, Uint8Array.of(255, 255, 7), updateOf('two ', [first])]);
  assert.deepEqual([0, 1, 2, 3, 1, 3, 9].map((count) => past.textAt(count)), ['', 'one ', 'one ', 'one two ', 'one ', 'one two ', 'one two ']);
});

/** The person's documents on a page, with one connection. */
function opened(server, { disk = new Disk() } = {}) {
  const link = new ServerLink(server, 'alice');
  const flags = [];
  const parts = { request: link.request, tell: link.tell, connected: link.connected, user: () => 'alice', rest: {}, left: (on) => flags.push(on) };
  const documents = new OpenDocuments(parts, /** @type {any} */ (disk));
  link.copy = /** @type {any} */ ({ received: (event) => documents.received(event), connected: (on) => documents.connected(on) });
  return { link, documents, disk, flags };
}

test('a document that is closed stays open until its changes are sent', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const { documents, flags } = opened(server);
  const changed = () => {};
  const copy = documents.open(ROOM, ID, changed);
  copy.allow(true);
  await settled();
  copy.text.insert(0, 'last words');
  documents.close(copy, changed);
  assert.deepEqual([copy.status.phase, flags.at(-1)], ['live', true]);
  await passes(500);
  await settled();
  assert.deepEqual([server.text, copy.status.phase, server.asked.at(-1).type, flags.at(-1)], ['last words', 'ended', 'document.close', false]);
});

test('what an earlier page left is sent without opening it', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const disk = new Disk();
  await disk.keepUnsent(ROOM, ID, [{ key: 'left', order: 1, update: updateOf('left') }]);
  const { documents } = opened(server, { disk });
  documents.connected(true);
  await settled();
  await passes(500);
  assert.deepEqual([server.text, disk.unsent.size, server.asked.at(-1).type], ['left', 0, 'document.close']);
});

test('a page has a number of documents open at most', () => {
  const { documents } = opened(new DocumentServer());
  const copies = Array.from({ length: 13 }, (_, n) => documents.open(ROOM, `d${n}`));
  assert.deepEqual([copies.filter(Boolean).length, copies[12]], [12, null]);
  documents.stop();
});

test('tabs share an open document: the last one closes it, and the others hear what they may have missed', async () => {
  const asked = [];
  const told = [];
  const connection = { request: async (type, fields) => (asked.push([type, fields.since]), { version: 7 }), tell() {}, reconnect() {}, check() {} };
  const hub = new Hub(connection, (tabs, message) => told.push([tabs.join(), message.event?.type ?? message.reply]));
  for (const tab of ['one', 'two', 'three']) hub.joined(tab);
  told.length = 0;
  const fields = { room: ROOM, document: ID };
  await hub.asked('one', { id: 1, command: 'document.open', fields });
  await hub.asked('two', { id: 2, command: 'document.open', fields: { ...fields, since: 3 } });
  assert.deepEqual(told, [['one', 1], ['one', 'document.at'], ['two', 2]]);
  told.length = 0;
  hub.event({ type: 'document.updated', ...fields, version: 8 });
  hub.event({ type: 'document.created', ...fields, offset: 9 });
  assert.deepEqual(told, [['one,two', 'document.updated']]);
  await hub.asked('one', { id: 3, command: 'document.close', fields });
  hub.left('two');
  assert.deepEqual(asked, [['document.open', undefined], ['document.open', 3], ['document.close', undefined]]);
});

test('a version has the person and the time of its change, read once for a thousand versions', async () => {
  const asked = [];
  let fails = true;
  const changes = new Changes(async (after) => {
    asked.push(after);
    if (fails) throw new Error('away');
    return { changes: after ? [{ first: 1_001, last: 1_004, by: { id: 'bob', name: 'Bob' } }] : [{ first: 1, last: 990, by: { id: 'alice', name: 'Alice' }, at: '2026-05-01T12:00:00Z' }] };
  });
  await assert.rejects(changes.of(7), /away/);
  fails = false;
  assert.deepEqual([(await changes.of(7)).by.id, (await changes.of(990)).at, await changes.of(991)], ['alice', '2026-05-01T12:00:00Z', null]);
  assert.deepEqual([(await changes.of(1_001)).by.id, await changes.of(1_005)], ['bob', null]);
  assert.deepEqual(asked, [0, 0, 1_000]);
});
