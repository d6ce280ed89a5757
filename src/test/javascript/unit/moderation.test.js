import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isForModerators, slowUntil } from '../../../main/webapp/chat/moderation/posting.js';

const AT = '2026-03-02T09:00:00.000Z';
const message = (by, at = AT) => ({ by: { id: by }, at });

test('says who may post only in threads, or not at all', () => {
  const may = (role, posting, inThread) => !isForModerators({ role, posting }, inThread);
  assert.deepEqual([may('member', undefined, false), may('member', 'threads', false), may('member', 'threads', true)], [true, false, true]);
  assert.deepEqual([may('member', 'moderators', false), may('member', 'moderators', true)], [false, false]);
  assert.deepEqual([may('moderator', 'moderators', false), may('owner', 'threads', false)], [true, true]);
});

test('counts the pause of a slow room from the last message of the person, in the room or in the open thread', () => {
  const room = { role: /** @type {'member'} */ ('member'), slow: 30, messages: [message('alice'), message('bob', '2026-03-02T09:01:00.000Z')] };
  assert.equal(slowUntil(room, 'alice'), Date.parse(AT) + 30_000);
  assert.equal(slowUntil({ ...room, thread: { messages: [message('alice', '2026-03-02T09:02:00.000Z')] } }, 'alice'), Date.parse('2026-03-02T09:02:30.000Z'));
  assert.deepEqual([slowUntil(room, 'carol'), slowUntil({ ...room, slow: undefined }, 'alice'), slowUntil({ ...room, role: 'owner' }, 'alice'), slowUntil({ ...room, messages: null }, 'alice')], [0, 0, 0, 0]);
});
