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

/** A directory in a public room whose members are not loaded. `find` and `members` answer. */
function asking({ find = async () => [], members = async () => {} }) {
  const room = { id: 'r', kind: 'public', members: null, messages: [], subscription: 'live' };
  const session = { state: { user, open: 'r', rooms: new Map([['r', room]]) }, people: { on: true, find }, members };
  return new Directory(() => session, () => {});
}

test('looks a name up again after the server could not be asked', async () => {
  const answers = [async () => Promise.reject(new Error('offline')), async () => [{ id: 'bob', name: 'Bob' }]];
  const names = asking({ find: () => answers.shift()() });
  assert.equal(await names.lookUp('bo'), false);
  assert.equal(await names.lookUp('bo'), true);
  assert.deepEqual(names.people(), [{ id: 'bob', name: 'Bob' }]);
});

test('asks for members again after the room has forgotten them, but not twice at the same time', async () => {
  let asked = 0;
  const names = asking({ members: async () => void asked++ });
  assert.deepEqual(await Promise.all([names.askMembers(), names.askMembers()]), [true, false]);
  assert.equal(await names.askMembers(), true);
  assert.equal(asked, 2);
});

test('keeps no more than 1,000 people that were looked up', async () => {
  const names = asking({ find: async (text) => [{ id: `id ${text}`, name: text }] });
  for (let n = 0; n < 1_001; n++) await names.lookUp(`name ${n}`);
  assert.equal(names.people().length, 1_000);
  assert.equal(names.people()[0].id, 'id name 1');
  // The oldest is looked up again.
  assert.equal(await names.lookUp('name 0'), true);
  assert.equal(names.people().at(-1).id, 'id name 0');
});
