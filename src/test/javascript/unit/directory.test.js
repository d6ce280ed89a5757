/** Names for mentions: who can be mentioned, by which name, and what waits for a name. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { MOST_MENTIONS } from '../../../main/webapp/chat/format/mentions.js';
import { Directory } from '../../../main/webapp/chat/view/directory.js';

const user = { id: 'alice', name: 'Alice' };

/** A directory of one open room, and how often its members were asked for. */
function directory({ members = null, messages = [], role = 'member', subscription = 'live', listed = [] } = {}) {
  const room = { id: 'general', name: 'General', role, members, messages, subscription };
  const state = { user, open: 'general', rooms: new Map([['general', room], ...listed.map((one) => [one.id, one])]) };
  const asked = [];
  const session = { state, members: async (id) => void asked.push(id) };
  const made = new Directory(() => session, () => {});
  made.update(state);
  return { made, asked, session, room };
}

const member = (id, name) => ({ user: { id, name }, role: 'member' });

test('offers members and authors once each, without oneself', () => {
  const { made } = directory({ members: [member('alice', 'Alice'), member('bob', 'Bob')], messages: [{ by: { id: 'bob', name: 'Bob' } }, { by: { id: 'carol', name: 'Carol' } }] });
  assert.deepEqual(made.people().map(({ id }) => id), ['bob', 'carol']);
});

test('tells namesakes apart by id, or by who was chosen', () => {
  const { made } = directory({ members: [member('s1', 'Sam'), member('s2', 'sam'), member('bob', 'Bob')] });
  assert.deepEqual(made.mentioned('@Sam @Bob'), { mentions: ['bob'] });
  assert.deepEqual(made.mentioned('@s2 and @nobody'), { mentions: ['s2'] });
  assert.deepEqual(made.mentioned('@Sam', [{ id: 's2', name: 'Sam' }]), { mentions: ['s2'] });
  assert.deepEqual(made.mentioned('nobody'), {});
});

test('mentions at most as many people as the server takes', () => {
  const members = Array.from({ length: MOST_MENTIONS + 1 }, (_, n) => member(`u${n}x`, `Name ${n}x`));
  const { made } = directory({ members });
  assert.equal(made.mentioned(members.map(({ user: { id } }) => `@${id}`).join(' ')).mentions.length, MOST_MENTIONS);
});

test('mentions everyone where the server is not known to refuse it', () => {
  const many = Array.from({ length: 51 }, (_, n) => member(`u${n}`));
  assert.deepEqual(directory({ members: many }).made.mentioned('@all'), {});
  assert.deepEqual(directory({ members: many.slice(1) }).made.mentioned('@everyone'), { everyone: true });
  assert.deepEqual(directory({ members: many, role: 'moderator' }).made.mentioned('@all'), { everyone: true });
  assert.deepEqual(directory().made.mentioned('@all'), { everyone: true });
});

test('asks for the members once, and draws what waited for a name', async () => {
  const { made, asked, session, room } = directory();
  const drawn = [];
  made.awaitNames({ people: ['bob'], rooms: [] }, () => drawn.push('bob'));
  made.awaitNames({ people: ['carol'], rooms: ['r1'] }, () => drawn.push('carol and r1'));
  assert.deepEqual(asked, ['general']);
  session.state = { ...session.state, rooms: new Map([['general', { ...room, members: [member('bob', 'Bob')] }]]) };
  made.update(session.state);
  assert.deepEqual([drawn, made.nameOf('bob'), made.nameOf('carol'), made.nameOf('alice')], [['bob'], 'Bob', undefined, 'Alice']);
  session.state = { ...session.state, rooms: new Map([...session.state.rooms, ['r1', { id: 'r1', name: 'One' }]]) };
  made.update(session.state);
  made.learn({ id: 'carol', name: 'Carol' });
  assert.deepEqual(drawn, ['bob', 'carol and r1']);
});

test('asks for no members of a room that is not live', () => {
  const { made, asked } = directory({ subscription: 'none' });
  made.awaitNames({ people: ['bob'], rooms: [] }, () => {});
  assert.deepEqual(asked, []);
});
