/** Drafts on the server: what is saved and when, and that nothing that the person is writing is lost. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { LocalData, inMemory } from '../../../main/webapp/chat/local-data.js';
import { Drafts } from '../../../main/webapp/chat/rooms/drafts.js';
import { page, settled } from './kit.js';

/** Drafts over a server that has `stored`. */
function drafts(t, { stored = [], refuses = false } = {}) {
  const clock = page(t);
  const own = new LocalData(['https://chat.example/', 'alice'], inMemory());
  const saved = [];
  const changed = [];
  const rest = {
    drafts: async () => stored,
    async setDraft(room, text) {
      saved.push([room, text]);
      if (refuses) throw new Error('offline');
    },
  };
  const made = new Drafts({ rest, own: () => own, on: () => true, changed: (room) => changed.push(room) });
  const writes = (room, text) => {
    own.set(text ? { text, chosen: [] } : null, 'draft', room, 0);
    made.wrote(room);
  };
  return { made, own, saved, changed, writes, text: (room) => own.get('draft', room, 0)?.text, ...clock };
}

test('saves a draft one second after the last change', async (t) => {
  const { writes, saved, own, passes } = drafts(t);
  writes('r', 'a');
  await passes(999);
  writes('r', 'ab');
  await passes(999);
  assert.deepEqual(saved, []);
  await passes(1);
  assert.deepEqual([saved, own.get('draft', 'r', 0).synced], [[['r', 'ab']], true]);
  writes('r', '');
  await passes(1_000);
  assert.deepEqual(saved.at(-1), ['r', '']);
});

test('takes over the drafts of other devices, and what was deleted there', async (t) => {
  const { made, own, text, changed } = drafts(t, { stored: [{ room: 'a', text: 'from the phone' }] });
  own.set({ text: 'sent elsewhere', synced: true }, 'draft', 'b', 0);
  await made.load();
  assert.deepEqual([text('a'), text('b'), changed], ['from the phone', undefined, ['b', 'a']]);
});

test('sends what was written without a connection, in place of the older one', async (t) => {
  const { made, own, text, saved, passes } = drafts(t, { stored: [{ room: 'a', text: 'old' }] });
  own.set({ text: 'new', chosen: [] }, 'draft', 'a', 0);
  await made.load();
  await passes(1_000);
  assert.deepEqual([text('a'), saved], ['new', [['a', 'new']]]);
});

test('never replaces a draft that is being typed', async (t) => {
  const { made, writes, text, changed } = drafts(t);
  writes('r', 'mine');
  made.received({ room: 'r', text: 'other' });
  assert.deepEqual([text('r'), changed], ['mine', []]);
  made.flush();
  await settled();
  made.received({ room: 'r', text: 'other' });
  assert.deepEqual([text('r'), changed], ['other', ['r']]);
});

test('its own draft that comes back changes nothing', async (t) => {
  const { made, writes, own, changed, passes } = drafts(t);
  writes('r', '@Bob');
  await passes(1_000);
  made.received({ room: 'r', text: '@Bob' });
  assert.deepEqual([own.get('draft', 'r', 0), changed], [{ text: '@Bob', chosen: [], synced: true }, []]);
});

test('keeps a draft that the server did not take', async (t) => {
  const { writes, own, passes } = drafts(t, { refuses: true });
  writes('r', 'kept');
  await passes(1_000);
  assert.deepEqual(own.get('draft', 'r', 0), { text: 'kept', chosen: [] });
});
