/**
 * Tests of the browser client's pure modules, run in a page of the application: `run()` gives `[{name, passed, error?}]`.
 * They need no server but the one that serves the modules and the golden frames.
 */
const EPOCH = '01JZ6R3WQ8E4T7N2';
const alice = { id: 'alice', name: 'Alice' };
const bob = { id: 'bob', name: 'Bob' };
const FRAMES = ['subscribe', 'subscribe.since', 'unsubscribe', 'room.join', 'room.leave', 'message.post', 'history', 'typing', 'ping'];

/** `base` is where the application is deployed, with a slash at its end. */
export async function run(base = new URL('.', document.baseURI).href) {
  const client = await modules(base);
  const results = [];
  for (const [name, test] of Object.entries(tests)) results.push(await outcome(name, () => test(client)));
  return results;
}

async function outcome(name, test) {
  try {
    await test();
    return { name, passed: true };
  } catch (error) {
    return { name, passed: false, error: String(error?.stack ?? error) };
  }
}

async function modules(base) {
  const load = (name) => import(new URL(`chat/${name}.js`, base).href);
  const golden = async (name) => (await fetch(new URL(`protocol/examples/${name}.json`, base))).json();
  const frames = Object.fromEntries(await Promise.all([...FRAMES, 'hello', 'closing'].map(async (name) => [name, await golden(name)])));
  const [backoff, closeCode, links, outbox, problem, store] = await Promise.all(['backoff', 'close-code', 'links', 'outbox', 'problem', 'store'].map(load));
  return { ...backoff, ...closeCode, ...links, ...outbox, ...problem, ...store, frames };
}

const tests = {
  'waits between half a second and thirty'({ delay }) {
    for (const attempt of [0, 1, 5, 50, 5_000]) {
      for (const random of [0, 0.5, 0.999_999]) within(delay(attempt, () => random), 500, 30_000);
    }
    equals(delay(50, () => 0), 500);
    equals(delay(50, () => 0.999_999), 30_000);
  },

  'waits longer at most, the more often it failed'({ delay }) {
    const most = [0, 1, 2, 3, 4, 5].map((attempt) => delay(attempt, () => 0.999_999));
    equals(most, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  },

  'does after each close what the protocol says'({ afterClose, frames }) {
    for (const { code, reason, client } of frames.closing) equals([code, afterClose(code, reason).then], [code, client]);
    equals(afterClose(1012, '{"after":1500}'), { then: 'after', after: 1500 });
    equals(afterClose(1012, 'soon').then, 'back off');
  },

  'takes every event in the order of its offset'(client) {
    const room = roomAfter(client, post(3), post(4));
    equals(offsets(room), [1, 2, 3, 4]);
    equals(room.position, { epoch: EPOCH, offset: 4 });
  },

  'takes an event once, however often it comes'(client) {
    const room = roomAfter(client, post(3), post(3), post(1), post(3));
    equals(offsets(room), [1, 2, 3]);
    equals(room.unread, 1);
  },

  'notices a hole and takes nothing behind it'(client) {
    const room = roomAfter(client, post(3), post(5), post(6));
    equals(offsets(room), [1, 2, 3]);
    equals(room.subscription, 'broken');
    equals(room.position.offset, 3);
  },

  'goes on where it was when the server recovers the room'(client) {
    const again = { type: 'client.subscribed', room: 'general', asked: 50, reply: { epoch: EPOCH, offset: 5, recovered: true, online: [] } };
    const room = roomAfter(client, post(3), post(5), again, post(4), post(5));
    equals(offsets(room), [1, 2, 3, 4, 5]);
  },

  'starts over when the server cannot recover the room'(client) {
    const reply = { epoch: EPOCH, offset: 90, recovered: false, messages: [message(89), message(90)], online: [] };
    const room = roomAfter(client, post(3), { type: 'client.subscribed', room: 'general', asked: 50, reply });
    equals(offsets(room), [89, 90]);
    equals(room.position.offset, 90);
    equals(room.unread, 3);
  },

  'gives an event type that it does not know its place'(client) {
    const room = roomAfter(client, { ...post(3), type: 'poll.opened' }, post(4));
    equals(offsets(room), [1, 2, 4]);
  },

  'shows edits, deletions and reactions'(client) {
    const change = (offset, type, fields) => ({ type, room: 'general', offset, at: '2026-03-02T10:00:00.000Z', by: bob, ...fields });
    const room = roomAfter(
      client,
      change(3, 'message.edited', { message: 1, text: 'better' }),
      change(4, 'reaction.added', { message: 1, emoji: '👍' }),
      change(5, 'reaction.added', { message: 1, emoji: '__proto__' }),
      change(6, 'message.deleted', { message: 2 }),
    );
    equals([room.messages[0].text, room.messages[0].edited, room.messages[0].reactions['👍']], ['better', '2026-03-02T10:00:00.000Z', ['bob']]);
    equals([room.messages[1].deleted, room.messages[1].text], [true, '']);
  },

  'counts what others write while the room is out of view'(client) {
    const other = { type: 'client.opened', room: 'random' };
    equals(roomAfter(client, other, post(3), post(4, alice)).unread, 1);
    equals(roomAfter(client, other, post(3), { type: 'client.opened', room: 'general' }).unread, 0);
  },

  'puts earlier messages above, and none twice'(client) {
    const reply = { epoch: EPOCH, offset: 9, recovered: false, messages: [message(8), message(9)], online: [] };
    const page = { type: 'client.history', room: 'general', messages: [message(6), message(7), message(8)], more: true };
    equals(offsets(roomAfter(client, { type: 'client.subscribed', room: 'general', asked: 2, reply }, page)), [6, 7, 8, 9]);
  },

  'forgets a typing sign after six seconds, or when the message comes'(client) {
    const typing = { type: 'typing', room: 'general', by: bob, on: true, received: 1_000 };
    const at = (now) => roomAfter(client, typing, { type: 'client.time', room: 'general', now }).typing.size;
    equals([at(6_999), at(7_000)], [1, 0]);
    equals(roomAfter(client, typing, post(3)).typing.size, 0);
  },

  'changes nothing but by returning the next state'({ apply, initial }) {
    const before = JSON.stringify([...initial.rooms]);
    apply(initial, { type: 'client.rooms', rooms: [{ id: '__proto__', name: 'x', role: 'member' }] });
    equals(JSON.stringify([...initial.rooms]), before);
  },

  'reads every golden frame'({ apply, initial, Problem, frames }) {
    let state = apply(initial, frames.hello.events[0]);
    equals(state.user, alice);
    state = apply(state, { type: 'client.room', room: { id: 'general', name: 'general', kind: 'public', role: 'none' } });
    state = apply(state, { type: 'client.subscribed', room: 'general', asked: 50, reply: frames.subscribe.replies[0].ok });
    for (const name of ['subscribe', 'room.join', 'message.post', 'room.leave', 'typing']) {
      for (const event of frames[name].events) state = apply(state, { ...event, received: 0 });
    }
    const room = state.rooms.get('general');
    equals(offsets(room), [41, 42, 44]);
    equals(room.position.offset, 45);
    equals(room.subscription, 'live');
    const refusals = FRAMES.flatMap((name) => frames[name].replies).filter(({ error }) => error);
    for (const { error } of refusals) equals(typeof new Problem(error).temporary, 'boolean');
  },

  'makes links of http and https alone'({ split }) {
    equals(links(split, 'see http://a.example and HTTPS://B.example/x?y=1#z.'), ['http://a.example/', 'https://b.example/x?y=1#z']);
    equals(links(split, '(https://a.example/b_(c)), "https://a.example/q"'), ['https://a.example/b_(c)', 'https://a.example/q']);
    const hostile = ['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', '//a.example', 'https://', 'https://name:word@a.example', '<img src=x onerror=alert(1)>'];
    for (const text of hostile) equals([text, links(split, text)], [text, []]);
  },

  'loses no character of a text with links'({ split }) {
    for (const text of ['', 'https://a.example', `a https://a.example, b https://b.example!\nc`, 'https://' + ')'.repeat(4_000)]) {
      equals(split(text).map((part) => part.text).join(''), text);
    }
  },

  async 'sends in the order of writing, and forgets what the log shows'(client) {
    const posted = [];
    const outbox = newOutbox(client, async ({ text }) => ({ offset: posted.push(text) }));
    for (const text of ['one', 'two', 'three']) outbox.send('general', text);
    await until(() => posted.length === 3);
    equals(posted, ['one', 'two', 'three']);
    await until(() => outbox.entries.every(({ state }) => state === 'sent'));
    outbox.settle('general', () => true);
    equals(outbox.entries, []);
  },

  async 'sends again with the same key what a lost connection left open'(client) {
    const keys = [];
    const outbox = newOutbox(client, async ({ key }) => {
      if (keys.push(key) === 1) throw new client.Problem({ code: 'unavailable', temporary: true, lost: true });
      return { offset: 1 };
    });
    outbox.send('general', 'hi');
    await until(() => keys.length === 1);
    await settled();
    equals(outbox.entries[0].state, 'pending');
    outbox.flush();
    await until(() => outbox.entries[0].state === 'sent');
    equals(keys[0], keys[1]);
  },

  async 'says that a message failed, and tries again when told to'(client) {
    let refuse = true;
    const outbox = newOutbox(client, async () => {
      if (refuse) throw new client.Problem({ code: 'forbidden', message: 'no' });
      return { offset: 1 };
    });
    const { key } = outbox.send('general', 'hi');
    await until(() => outbox.entries[0].state === 'failed');
    refuse = false;
    outbox.retry(key);
    await until(() => outbox.entries[0].state === 'sent');
    equals(outbox.entries[0].key, key);
  },

  async 'waits as long as the server asks before it sends again'(client) {
    const waited = [];
    let refusals = 2;
    const post = async () => {
      if (refusals-- > 0) throw new client.Problem({ code: 'rate_limited', temporary: true, retryAfter: 1500 });
      return { offset: 1 };
    };
    const outbox = newOutbox(client, post, async (milliseconds) => waited.push(milliseconds));
    outbox.send('general', 'hi');
    await until(() => outbox.entries[0].state === 'sent');
    equals(waited, [1500, 1500]);
  },

  'keeps unsent messages over a reload, for their owner alone'(client) {
    const never = () => new Promise(() => {});
    const owner = `test ${client.newKey()}`;
    const entry = new client.Outbox({ owner, post: never }).send('general', 'kept');
    const later = new client.Outbox({ owner, post: never });
    equals(later.entries, [entry]);
    equals(newOutbox(client, never).entries, []);
    later.discard(entry.key);
  },

  'takes broken characters out before they are sent'(client) {
    const outbox = newOutbox(client, () => new Promise(() => {}));
    equals(outbox.send('general', 'a\ud800b\0c\udc00 🚢').text, 'abc 🚢');
    outbox.discard(outbox.entries[0].key);
  },

  'makes a key that the protocol takes, with or without randomUUID'({ newKey }) {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    equals(uuid.test(newKey()), true);
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    equals(uuid.test(newKey()), true);
    delete crypto.randomUUID;
  },
};

function message(offset, by = bob) {
  return { offset, by, at: '2026-03-02T09:00:00.000Z', text: `message ${offset}`, key: `key-${offset}` };
}

function post(offset, by) {
  return { type: 'message.posted', room: 'general', ...message(offset, by) };
}

/** The room `general` as alice sees it after two messages and then these events; no room is in view. */
function roomAfter({ apply, initial }, ...events) {
  const rooms = ['general', 'random'].map((id) => ({ id, name: id, kind: 'public', role: 'member' }));
  const reply = { epoch: EPOCH, offset: 2, role: 'member', recovered: false, messages: [message(1), message(2)], unread: 0, online: [] };
  const before = [{ type: 'hello', user: alice }, { type: 'client.rooms', rooms }, { type: 'client.subscribed', room: 'general', asked: 50, reply }];
  return [...before, ...events].reduce(apply, initial).rooms.get('general');
}

function offsets(room) {
  return room.messages.map(({ offset }) => offset);
}

function links(split, text) {
  return split(text).flatMap(({ href }) => href ?? []);
}

function newOutbox({ Outbox, newKey }, post, wait) {
  return new Outbox({ owner: `test ${newKey()}`, post, wait });
}

function equals(actual, expected) {
  const [is, ought] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== ought) throw new Error(`expected ${ought} but was ${is}`);
}

function within(actual, least, most) {
  if (!(actual >= least && actual <= most)) throw new Error(`expected ${least} to ${most} but was ${actual}`);
}

async function until(condition) {
  const end = Date.now() + 2_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never came true: ${condition}`);
    await settled();
  }
}

/** After whatever is under way by now. */
function settled() {
  return new Promise((resolve) => setTimeout(resolve));
}
