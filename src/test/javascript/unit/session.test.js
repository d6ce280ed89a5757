/** A session over a socket: what was sent into a dying connection is sent again with its key, and shown once. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { Session } from '../../../main/webapp/chat/session.js';
import { Socket, TOKEN, golden, page, settled } from './kit.js';

const HELLO = { ...golden.hello.events[0], expires: undefined, expiresIn: undefined };
const GENERAL = { id: 'general', name: 'General', kind: 'public', role: 'member' };

/** A session with the room `general` live after two messages. */
async function live(t) {
  const clock = page(t);
  t.mock.method(globalThis, 'fetch', async () => Response.json({ rooms: [GENERAL], more: false }));
  const session = new Session({ server: 'https://chat.example/', provider: async () => TOKEN, onChange() {} });
  clock.ends(() => session.stop());
  session.open('general');
  session.start();
  await settled();
  await greeted();
  await reply('subscribe', golden.subscribe.replies[0].ok);
  return { session, ...clock, shown: () => session.state.rooms.get('general').messages.map(({ text }) => text) };
}

async function greeted() {
  Socket.last.receive(HELLO);
  await settled();
}

const asked = (type) => Socket.last.sent.filter((frame) => frame.type === type);

/** Each frame is a task of its own in a browser. */
async function reply(type, ok) {
  Socket.last.receive({ re: asked(type).at(-1).id, ok });
  await settled();
}

test('opens a room with its last messages, and follows it', async (t) => {
  const { session, shown } = await live(t);
  const { position, subscription } = session.state.rooms.get('general');
  assert.deepEqual([position.offset, subscription, shown().length], [42, 'live', 2]);
  Socket.last.receive(golden['room.join'].events[0]);
  Socket.last.receive({ ...golden['message.post'].events[0], thread: undefined });
  assert.equal(shown().at(-1), golden['message.post'].events[0].text);
});

test('resumes from its position, and sends once what the connection lost', async (t) => {
  const { session, shown, passes } = await live(t);
  const { key } = session.send('hi', { mentions: ['bob'], thread: 41 });
  await passes(0);
  await settled();
  const posted = () => asked('message.post').map(({ key: name, text, mentions, everyone, thread }) => [name, text, mentions, everyone, thread]);
  assert.deepEqual(posted(), [[key, 'hi', ['bob'], undefined, 41]]);

  Socket.last.end(1001);
  await settled();
  assert.equal(session.unsent[0].state, 'pending');
  await passes(500);
  await greeted();
  assert.deepEqual(asked('subscribe')[0].since, { epoch: '01JZ6R3WQ8E4T7N2', offset: 42 });
  assert.deepEqual(posted(), [[key, 'hi', ['bob'], undefined, 41]]);

  await reply('subscribe', { ...golden['subscribe.since'].replies[0].ok, offset: 43 });
  Socket.last.receive({ ...golden['message.post'].events[0], thread: undefined, offset: 43, text: 'hi', key });
  await reply('message.post', { offset: 43, duplicate: true });
  assert.deepEqual([shown().filter((text) => text === 'hi').length, session.unsent], [1, []]);
});

test('asks for what is missing when it finds a hole', async (t) => {
  const { session, shown } = await live(t);
  Socket.last.receive(golden['message.post'].events[0]);
  await settled();
  assert.equal(session.state.rooms.get('general').subscription, 'asked');
  assert.deepEqual([asked('subscribe').at(-1).since.offset, shown().length], [42, 2]);
});

test('says every 3 s that the person is typing, and once that they stopped', async (t) => {
  const { session, passes } = await live(t);
  for (let second = 0; second < 7; second++) {
    session.typing(true);
    await passes(1_000);
  }
  session.typing(false);
  session.typing(false);
  assert.deepEqual(asked('typing').map(({ on }) => on), [true, true, true, false]);
});
