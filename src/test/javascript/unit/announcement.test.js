/** Announcements: the list of those that are shown. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { announced } from '../../../main/webapp/chat/announcement/fold.js';

const shown = (id, text = id) => ({ type: 'announcement.shown', id, kind: /** @type {const} */ ('info'), text });
const after = (...events) => events.reduce((list, event) => announced(list, event), /** @type {any[]} */ ([])).map(({ id }) => id);

test('keeps the list if an event does not concern it', () => {
  const list = [shown('a')];
  assert.equal(announced(list, { type: 'announcement.ended', id: 'b' }), list);
  const none = [];
  assert.equal(announced(none, { type: 'client.watched' }), none);
});

test('shows an announcement once, until it is over', () => {
  assert.deepEqual(after(shown('a'), shown('b'), shown('a')), ['b', 'a']);
  assert.deepEqual(after(shown('a'), shown('b'), { type: 'announcement.ended', id: 'a' }), ['b']);
});

test('starts over after a reconnect, because what was over meanwhile is not told', () => {
  assert.deepEqual(after(shown('a'), { type: 'client.watched' }, shown('b')), ['b']);
});

test('keeps at most 5', () => {
  assert.deepEqual(after(...[...'abcdef'].map((id) => shown(id))), [...'bcdef']);
});
