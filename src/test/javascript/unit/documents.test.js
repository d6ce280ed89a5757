/** Documents: copies that end up equal whatever the network does, what is kept, what is refused, and hostile updates. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { SNAPSHOT_EVERY } from '../../../main/webapp/chat/document/copy.js';
import { MOST_OTHERS } from '../../../main/webapp/chat/document/cursors.js';
import { parts } from '../../../main/webapp/chat/document/parts.js';
import { MOST_BYTES, pieces } from '../../../main/webapp/chat/document/pieces.js';
import { OBJECT, charactersOf, replace } from '../../../main/webapp/chat/document/text.js';
import { UnsentChanges } from '../../../main/webapp/chat/document/unsent-changes.js';
import { Problem } from '../../../main/webapp/chat/problem.js';
import { Disk, DocumentServer, person, updateOf, updatesOf } from './document-kit.js';
import { page, settled } from './kit.js';

/** A stream of numbers in [0, 1) that is the same in every run. */
function chances(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
}

/** Time, in parts: what one part begins goes on in the next. */
async function passSeconds(passes, seconds) {
  for (let n = 0; n < 4 * seconds; n++) await passes(250);
}

test('two people who write at the same time end up with the same text, which the log has too', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const [alice, bob] = [await person(server, 'alice'), await person(server, 'bob')];
  await settled();
  alice.types(0, 'Hello ');
  bob.types(0, 'World');
  await passSeconds(passes, 1);
  assert.equal(alice.copy.characters, bob.copy.characters);
  assert.equal(alice.copy.characters, server.text);
  assert.equal(alice.copy.characters.length, 11);
  assert.deepEqual([alice.copy.status.unsent, alice.copy.status.phase, alice.copy.version], [0, 'live', 2]);
});

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`three copies are equal after losses, reconnects, repeated replies and reloads (${seed})`, async (t) => {
    const { passes } = page(t);
    const random = chances(seed);
    const server = new DocumentServer();
    server.page = 7;
    const people = await Promise.all(['alice', 'bob', 'carol'].map((user) => person(server, user)));
    await settled();
    for (let step = 0; step < 160; step++) {
      const n = Math.floor(random() * 3);
      const one = people[n];
      const length = one.copy.text.length;
      const act = random();
      if (act < 0.45) one.types(Math.floor(random() * (length + 1)), `${one.user[0]}${step} `);
      else if (act < 0.6 && length > 3) one.copy.text.delete(Math.floor(random() * (length - 3)), 3);
      else if (act < 0.68) one.link.goes();
      else if (act < 0.76) one.link.returns();
      else if (act < 0.82) one.link.loses = ({ type }) => type === 'document.updated' && random() < 0.5;
      else if (act < 0.88) one.link.losesReply = ({ type }) => type === 'document.update' && random() < 0.5;
      else if (act < 0.92) server.closes('unavailable', true);
      else if (act < 0.96) {
        await one.copy.flush();
        one.leaves();
        people[n] = await person(server, one.user, { disk: one.disk, on: random() < 0.7 });
        await settled();
      } else server.failures.push({ type: 'document.update', problem: new Problem({ code: 'rate_limited', temporary: true, retryAfter: 300 }) });
      if (random() < 0.9) await passes(200);
    }
    for (const { link } of people) {
      link.loses = link.losesReply = () => false;
      link.goes();
      link.returns();
    }
    await passSeconds(passes, 60);
    const texts = people.map(({ copy }) => copy.characters);
    assert.deepEqual(texts, [server.text, server.text, server.text]);
    assert.deepEqual(people.map(({ copy }) => [copy.version, copy.status.unsent, copy.status.phase]), people.map(() => [server.head, 0, 'live']));
    assert.deepEqual(people.map(({ disk }) => disk.unsent.size), [0, 0, 0]);
    assert.ok(server.head > 15);
  });
}

test('a change whose reply was lost is stored once', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const alice = await person(server, 'alice');
  await settled();
  alice.link.losesReply = ({ type }) => type === 'document.update';
  alice.types(0, 'once');
  await passes(500);
  assert.deepEqual([server.head, alice.copy.status.unsent], [1, 1]);
  alice.link.losesReply = () => false;
  alice.link.goes();
  alice.link.returns();
  await passSeconds(passes, 1);
  assert.deepEqual([server.head, server.text, alice.copy.status.unsent], [1, 'once', 0]);
  assert.equal(new Set(server.asked.filter(({ type }) => type === 'document.update').map(({ key }) => key)).size, 1);
});

test('what was written without a connection survives a reload, merges, and is sent once', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const disk = new Disk();
  const first = await person(server, 'alice', { disk });
  await settled();
  first.types(0, 'Agenda. ');
  await passSeconds(passes, 1);
  first.link.goes();
  first.types(8, 'Offline. ');
  await passSeconds(passes, 1);
  assert.equal(first.copy.status.phase, 'offline');
  first.leaves();
  const bob = await person(server, 'bob');
  await settled();
  bob.types(0, 'Bob: ');
  await passSeconds(passes, 1);

  const second = await person(server, 'alice', { disk, on: false });
  await settled();
  assert.deepEqual([second.copy.characters, second.copy.status.phase, second.copy.status.unsent, second.copy.status.title], ['Agenda. Offline. ', 'offline', 1, 'Minutes']);
  assert.ok(second.copy.writable);
  second.types(0, '!');
  second.link.returns();
  await passSeconds(passes, 2);
  assert.equal(second.copy.characters, server.text);
  assert.equal(bob.copy.characters, server.text);
  assert.match(server.text, /Offline\. $/);
  assert.deepEqual([second.copy.status.unsent, disk.unsent.size], [0, 0]);
  assert.deepEqual(server.asked.filter(({ user, type }) => user === 'alice' && type === 'document.open').at(-1).since, 1);
});

test('changes that wait become few frames, each within the limit', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const alice = await person(server, 'alice');
  await settled();
  alice.link.goes();
  for (let n = 0; n < 1_000; n++) alice.types(n, 'x');
  assert.ok(alice.copy.status.unsent <= 4, String(alice.copy.status.unsent));
  alice.link.returns();
  await passSeconds(passes, 3);
  assert.equal(server.text, 'x'.repeat(1_000));
  assert.ok(server.head <= 4);
});

test('a change that was sent once is never changed under its key', () => {
  let keys = 0;
  const changes = new UnsentChanges(() => `k${++keys}`);
  const first = updateOf('a');
  assert.deepEqual(changes.add(first), { changed: new Set(['k1']), replaced: [] });
  const sent = changes.next();
  changes.add(updateOf('b'));
  assert.deepEqual(changes.next(), sent);
  assert.equal(changes.count, 2);
  changes.restore([{ key: 'old', order: 0, update: first }, { key: 'k1', order: 1, update: first }]);
  assert.deepEqual(changes.all().map(({ key }) => key), ['old', 'k1', 'k2']);
  changes.keep(['k2']);
  assert.deepEqual(changes.add(updateOf('c')), { changed: new Set(['k3']), replaced: ['k2'] });
  assert.deepEqual(changes.all().map(({ key }) => key), ['old', 'k1', 'k3']);
});

test('a tab that sends what another tab still adds to loses nothing', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const disk = new Disk();
  const first = await person(server, 'alice', { disk });
  await settled();
  first.link.goes();
  first.types(0, 'one ');
  await first.copy.flush();
  const second = await person(server, 'alice', { disk });
  await passSeconds(passes, 1);
  assert.equal(server.text, 'one ');
  first.types(4, 'two');
  await first.copy.flush();
  assert.equal(disk.unsent.size, 1);
  first.link.returns();
  await passSeconds(passes, 1);
  assert.deepEqual([server.text, second.copy.characters, first.copy.status.unsent, disk.unsent.size], ['one two', 'one two', 0, 0]);
});

test('a document takes no more changes than can wait, and takes them again when some are sent', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const alice = await person(server, 'alice', { most: 3 });
  await settled();
  alice.link.goes();
  for (let n = 0; n < 3; n++) alice.types(0, String(n).repeat(30_000));
  assert.deepEqual([alice.copy.status.full, alice.copy.writable], [true, false]);
  alice.link.returns();
  await passSeconds(passes, 5);
  assert.deepEqual([alice.copy.status.full, alice.copy.writable, alice.copy.status.unsent], [false, true, 0]);
  assert.equal(server.text.length, 90_000);
});

test('a change too large for a frame becomes pieces with the same effect', () => {
  const [mine, theirs] = [new parts.Doc(), new parts.Doc()];
  const updates = [];
  mine.on('update', (update) => updates.push(update));
  const text = mine.getText('text');
  text.insert(0, '👍🏽ä漢'.repeat(7_000));
  mine.transact(() => {
    for (let n = 0; n < 4_200; n++) text.delete(2 * n, 1);
  });
  text.delete(0, text.length);
  text.insert(0, 'short');
  const undo = new parts.UndoManager(text);
  text.insert(2, 'y'.repeat(100_000));
  text.delete(0, text.length);
  undo.undo();
  let largest = 0;
  for (const update of updates) {
    const made = pieces(update);
    largest = Math.max(largest, update.length);
    assert.ok(made.every(({ length }) => length <= MOST_BYTES));
    for (const piece of made) parts.applyUpdate(theirs, piece);
  }
  assert.ok(largest > 2 * MOST_BYTES);
  assert.equal(theirs.getText('text').toString(), text.toString());
  assert.deepEqual(parts.encodeStateVector(theirs), parts.encodeStateVector(mine));
  assert.equal(theirs.store.pendingStructs, null);
});

test('a large paste and its undoing reach the others', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const [alice, bob] = [await person(server, 'alice'), await person(server, 'bob')];
  await settled();
  const undo = new parts.UndoManager(alice.copy.text);
  alice.types(0, 'p'.repeat(200_000));
  await passSeconds(passes, 5);
  alice.copy.text.delete(0, 200_000);
  await passSeconds(passes, 5);
  undo.undo();
  await passSeconds(passes, 5);
  assert.equal(bob.copy.characters, alice.copy.characters);
  assert.equal(server.text, alice.copy.characters);
  assert.deepEqual([alice.copy.status.code, alice.copy.status.unsent], [null, 0]);
});

test('a broken update of another client harms no reader', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const alice = await person(server, 'alice');
  await settled();
  alice.types(0, 'before ');
  await passSeconds(passes, 1);
  for (const bytes of [[255, 255, 255, 255, 255, 255, 1], [1, 2, 3], [0], [9]]) server.writes('stranger', Uint8Array.from(bytes));
  alice.types(7, 'after');
  await passSeconds(passes, 1);
  const bob = await person(server, 'bob');
  await settled();
  assert.deepEqual([alice.copy.characters, bob.copy.characters], ['before after', 'before after']);
  assert.deepEqual([alice.copy.status.phase, bob.copy.status.phase, alice.copy.version, bob.copy.version], ['live', 'live', 6, 6]);
  assert.ok(alice.copy.status.broken > 0 && bob.copy.status.broken > 0);
});

test('objects, formats and other types of another client are characters or nothing', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const doc = new parts.Doc();
  const text = doc.getText('text');
  text.insert(0, 'ab\r\ncd', { bold: true });
  text.insertEmbed(2, { image: 'x' });
  doc.getMap('other').set('key', 'value');
  server.writes('stranger', parts.encodeStateAsUpdate(doc));
  const alice = await person(server, 'alice');
  await settled();
  assert.equal(alice.copy.characters, `ab${OBJECT}\r\ncd`);
  assert.equal(alice.copy.characters.length, alice.copy.text.length);
  const seen = [];
  alice.copy.text.observe((event) => seen.push(...event.delta.map(({ insert }) => insert)));
  const vector = parts.encodeStateVector(doc);
  text.insertEmbed(0, { video: 'y' });
  server.writes('stranger', parts.encodeStateAsUpdate(doc, vector));
  await passes(100);
  assert.deepEqual(seen.filter((one) => one !== undefined), [OBJECT]);
});

test('a snapshot that can not be applied is passed over for the log', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  server.writes('bob', updateOf('from the log'));
  server.snapshots.set(1, Uint8Array.from([255, 255, 255, 255, 9]));
  const alice = await person(server, 'alice');
  await passes(100);
  assert.deepEqual([alice.copy.characters, alice.copy.status.phase], ['from the log', 'live']);
  assert.deepEqual(server.asked.filter(({ type }) => type === 'document.open').map(({ since }) => since), [undefined, 0]);
});

test('an update that refers to a missing one makes the copy read the whole log, once', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const first = updateOf('one ');
  server.writes('bob', first);
  server.writes('bob', updateOf('two', [first]));
  const disk = new Disk();
  // A disk that lost an update.
  disk.copies.set('minutes', { title: 'Minutes', version: 1, state: parts.encodeStateAsUpdate(new parts.Doc()) });
  const alice = await person(server, 'alice', { disk });
  await passes(100);
  assert.equal(alice.copy.characters, 'one two');
  assert.deepEqual(server.asked.filter(({ type }) => type === 'document.open').map(({ since }) => since), [1, 0]);
});

test('a server whose database went back gets the changes that only this copy has', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const alice = await person(server, 'alice');
  await settled();
  alice.types(0, 'kept ');
  await passSeconds(passes, 1);
  alice.types(5, 'lost by the server');
  await passSeconds(passes, 1);
  server.log.length = 1;
  server.closes('gone', true);
  await passSeconds(passes, 5);
  assert.deepEqual([server.text, alice.copy.characters], ['kept lost by the server', 'kept lost by the server']);
});

test('without old updates the copy begins with the snapshot and keeps its own changes', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const disk = new Disk();
  const early = await person(server, 'alice', { disk });
  await settled();
  early.types(0, 'a');
  await passes(500);
  early.link.goes();
  early.types(1, ' mine');
  const bob = await person(server, 'bob');
  await settled();
  for (let n = 0; n < 5; n++) {
    bob.types(0, `${n}`);
    await passes(200);
  }
  server.snapshots.set(4, parts.mergeUpdates(server.log.slice(0, 4).map(({ update }) => update)));
  server.base = 4;
  early.link.returns();
  await passSeconds(passes, 3);
  assert.equal(early.copy.characters, bob.copy.characters);
  assert.equal(early.copy.characters, '43210a mine');
  assert.equal(early.copy.status.unsent, 0);
});

test('people who may not write see changes and send none', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const [alice, guest] = [await person(server, 'alice'), await person(server, 'guest', { writes: false })];
  await settled();
  alice.types(0, 'news');
  await passSeconds(passes, 1);
  assert.deepEqual([guest.copy.characters, guest.copy.writable, alice.copy.writable], ['news', false, true]);
  guest.copy.moved({ anchor: 1, head: 1 });
  await passSeconds(passes, 1);
  assert.deepEqual(guest.link.told, []);
});

test('a refused change stops the writing and stays until it is accepted or given up', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const alice = await person(server, 'alice');
  await settled();
  server.refuses.set('alice', 'forbidden');
  alice.types(0, 'muted');
  await passSeconds(passes, 1);
  assert.deepEqual([alice.copy.status.refused, alice.copy.status.code, alice.copy.writable, alice.copy.status.unsent], [true, 'forbidden', false, 1]);
  server.refuses.clear();
  alice.copy.allow(false);
  alice.copy.allow(true);
  await passSeconds(passes, 1);
  assert.deepEqual([server.text, alice.copy.status.unsent, alice.copy.writable], ['muted', 0, true]);
  server.refuses.set('alice', 'too_large');
  alice.types(0, 'full ');
  await passSeconds(passes, 1);
  await alice.copy.discard();
  assert.deepEqual([alice.copy.status.phase, alice.disk.unsent.size, server.text], ['ended', 0, 'muted']);
});

test('a document that is deleted, or out of reach, ends and leaves the disk', async (t) => {
  const { passes } = page(t);
  for (const code of ['forbidden', 'not_found']) {
    const server = new DocumentServer();
    const alice = await person(server, 'alice');
    await settled();
    alice.types(0, 'secret');
    await passSeconds(passes, 1);
    assert.equal(alice.disk.copies.size, 1);
    server.closes(code, false);
    await passes(100);
    assert.deepEqual([alice.copy.status.phase, alice.copy.status.code, alice.copy.writable, alice.disk.copies.size], ['ended', code, false, 0]);
    alice.types(0, 'more');
    await passSeconds(passes, 2);
    assert.equal(server.text, 'secret');
  }
});

test('over HTTP, where documents can not be opened, changes are kept until there is a WebSocket', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const disk = new Disk();
  const before = await person(server, 'alice', { disk });
  await settled();
  before.types(0, 'known');
  await passSeconds(passes, 1);
  before.leaves();
  server.failures.push({ type: 'document.open', problem: new Problem({ code: 'bad_request' }) });
  const alice = await person(server, 'alice', { disk });
  await settled();
  assert.deepEqual([alice.copy.status.phase, alice.copy.status.socketless, alice.copy.characters, alice.copy.writable], ['offline', true, 'known', true]);
  alice.types(5, ' more');
  await passSeconds(passes, 1);
  assert.deepEqual([server.text, alice.copy.status.unsent], ['known', 1]);
  alice.link.goes();
  alice.link.returns();
  await passSeconds(passes, 1);
  assert.deepEqual([server.text, alice.copy.status.socketless], ['known more', false]);
});

test('the writer of the 500th update uploads a snapshot that replaces those before', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const alice = await person(server, 'alice');
  await settled();
  for (const update of updatesOf(SNAPSHOT_EVERY - 1)) server.writes('bob', update);
  await passSeconds(passes, 1);
  assert.equal(server.snapshots.size, 0);
  alice.types(0, 'A');
  await passSeconds(passes, 1);
  assert.deepEqual([...server.snapshots.keys()], [SNAPSHOT_EVERY]);
  const carol = await person(server, 'carol');
  await settled();
  assert.equal(carol.copy.characters, alice.copy.characters);
  assert.equal(carol.copy.characters, server.text);
});

test('who opens a long document without a snapshot uploads one, unless they may not write', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  for (const update of updatesOf(SNAPSHOT_EVERY + 1)) server.writes('bob', update);
  await person(server, 'guest', { writes: false });
  await passSeconds(passes, 30);
  assert.equal(server.snapshots.size, 0);
  await person(server, 'alice');
  await passSeconds(passes, 30);
  assert.deepEqual([...server.snapshots.keys()], [SNAPSHOT_EVERY + 1]);
});

test('the person who writes gives the text to search some seconds later, and when the document is closed', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const [alice, bob] = [await person(server, 'alice'), await person(server, 'bob')];
  await settled();
  alice.types(0, 'one');
  await passSeconds(passes, 3);
  alice.types(3, ' two');
  await passSeconds(passes, 7);
  assert.deepEqual(server.given, [{ user: 'alice', version: 2, text: 'one two' }]);
  alice.types(7, '\u0000\ud800!');
  await passSeconds(passes, 1);
  alice.copy.end();
  await settled();
  assert.deepEqual(server.given.slice(1), [{ user: 'alice', version: 3, text: 'one two  !' }]);
  assert.equal(bob.copy.status.phase, 'live');
});

test('a text that can not be given is given with the next change', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const alice = await person(server, 'alice');
  await settled();
  const { text } = alice.link;
  alice.link.text = async () => {
    throw new Problem({ code: 'unavailable', temporary: true });
  };
  alice.types(0, 'one');
  await passSeconds(passes, 7);
  alice.link.text = text;
  alice.types(0, 'two ');
  await passSeconds(passes, 7);
  assert.deepEqual(server.given.map((one) => one.text), ['two one']);
});

test('a snapshot that is too long for a frame comes over HTTP, and updates continue after it', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  server.frame = 10;
  const updates = updatesOf(9);
  for (const update of updates) server.writes('bob', update);
  server.snapshots.set(7, parts.mergeUpdates(updates.slice(0, 7)));
  const alice = await person(server, 'alice');
  await passSeconds(passes, 1);
  assert.deepEqual([alice.copy.characters, alice.copy.version, alice.copy.status.phase], ['b'.repeat(9), 9, 'live']);
  assert.deepEqual(server.asked.map(({ type, since, version }) => [type, since ?? version]), [['document.open', undefined], ['snapshot', 7], ['document.open', 7]]);
});

test('a snapshot that was replaced before it was read is asked for again', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  server.frame = 10;
  const updates = updatesOf(9);
  for (const update of updates) server.writes('bob', update);
  const newest = parts.mergeUpdates(updates);
  server.snapshots.set(7, newest);
  const alice = await person(server, 'alice', { on: false });
  const { download } = alice.link;
  alice.link.download = async (id, version) => {
    server.snapshots.delete(7);
    server.snapshots.set(9, newest);
    return download(id, version);
  };
  alice.link.returns();
  await passSeconds(passes, 5);
  assert.deepEqual([alice.copy.characters, alice.copy.version, alice.copy.status.phase], ['b'.repeat(9), 9, 'live']);
  assert.deepEqual(server.asked.filter(({ type }) => type === 'snapshot').map(({ version }) => version), [7, 9]);
});

test('a document that is too long for a snapshot uploads none again', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  for (const update of updatesOf(SNAPSHOT_EVERY)) server.writes('bob', update);
  const alice = await person(server, 'alice');
  let tries = 0;
  alice.link.snapshot = async () => {
    tries++;
    throw new Problem({ code: 'too_large' });
  };
  await passSeconds(passes, 20);
  assert.equal(tries, 1);
  alice.link.goes();
  alice.link.returns();
  await passSeconds(passes, 20);
  assert.equal(tries, 1);
});

test('the history has every version that the server still has, and can be restored without disturbing the rest', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  server.page = 2;
  const [alice, bob] = [await person(server, 'alice'), await person(server, 'bob')];
  await settled();
  for (const text of ['one ', 'two ', 'three ']) {
    alice.types(alice.copy.text.length, text);
    await passes(500);
  }
  const { first, updates } = await alice.copy.history();
  const doc = new parts.Doc();
  const texts = updates.map((update) => (parts.applyUpdate(doc, update), charactersOf(doc.getText('text'))));
  assert.deepEqual([first, texts], [1, ['one ', 'one two ', 'one two three ']]);
  alice.copy.restore('one two ');
  await passSeconds(passes, 1);
  assert.deepEqual([bob.copy.characters, server.text, alice.copy.version], ['one two ', 'one two ', 4]);
  bob.types(0, '0 ');
  await passSeconds(passes, 1);
  assert.equal(alice.copy.characters, '0 one two ');
});

test('a replacement changes only what differs, and no half of a character', () => {
  for (const [from, to] of [['abc', 'abc'], ['', 'x'], ['x', ''], ['a👍b', 'a👎b'], ['👍👍', '👍'], ['hello world', 'hello new world'], ['aaa', 'aa']]) {
    const doc = new parts.Doc();
    doc.getText('text').insert(0, from);
    const deltas = [];
    doc.getText('text').observe((event) => deltas.push(event.delta));
    replace(doc, to);
    assert.equal(doc.getText('text').toString(), to);
    assert.doesNotMatch(JSON.stringify(deltas), /\\ud[89a-f]../i, `${from} to ${to}`);
  }
});

test('the name at a cursor is what the server says, whatever the data says', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const [alice, bob] = [await person(server, 'alice'), await person(server, 'bob')];
  await settled();
  bob.copy.moved({ anchor: { x: 1 }, head: { x: 1 }, user: { name: 'Alice' } });
  await passSeconds(passes, 1);
  assert.deepEqual(alice.copy.others.map(({ user }) => user), [{ id: 'bob', name: 'BOB' }]);
  bob.leaves();
  await passSeconds(passes, 1);
  assert.deepEqual(alice.copy.others, []);
});

test('a newcomer learns where the others are, and broken or endless awareness changes nothing', async (t) => {
  const { passes } = page(t);
  const server = new DocumentServer();
  const alice = await person(server, 'alice');
  await settled();
  alice.copy.moved({ anchor: 1, head: 1 });
  await passSeconds(passes, 1);
  const bob = await person(server, 'bob');
  await settled();
  bob.copy.moved({ anchor: 2, head: 2 });
  await passSeconds(passes, 2);
  assert.deepEqual(bob.copy.others.map(({ user }) => user.id), ['alice']);
  for (const data of ['', '%%%', 'AQID', 'x'.repeat(9_000), undefined]) alice.copy.received({ type: 'document.aware', data, by: { id: 'stranger' } });
  assert.deepEqual(alice.copy.others.map(({ user }) => user.id), ['bob']);
  for (let n = 0; n < 2 * MOST_OTHERS; n++) {
    const awareness = new parts.Awareness(new parts.Doc());
    awareness.setLocalState({ cursor: null });
    alice.copy.received({ type: 'document.aware', data: Buffer.from(parts.encodeAwarenessUpdate(awareness, [awareness.clientID])).toString('base64'), by: { id: 'stranger' } });
    awareness.destroy();
  }
  assert.equal(alice.copy.others.length, MOST_OTHERS);
});
