/** The connection without WebSockets: when it falls back, what it asks for, and that a room's log stays whole over all switches. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { Connection, UPGRADE_EVERY } from '../../../main/webapp/chat/connection.js';
import { EventReader } from '../../../main/webapp/chat/connection/event-source.js';
import { FIRST_EVENT_WITHIN, SILENCE } from '../../../main/webapp/chat/connection/stream-socket.js';
import { Session } from '../../../main/webapp/chat/session.js';
import { TOKEN, golden, page, settled } from './kit.js';

const HELLO = { ...golden.hello.events[0], expires: undefined, expiresIn: undefined };
const GENERAL = { id: 'general', name: 'General', kind: 'public', role: 'member' };
const SWITCHES = 200;

/** After all tasks, promises and messages that follow from each other. */
async function quiet() {
  for (let i = 0; i < 12; i++) await settled();
}

/** A server with one room, reached over a network that the test changes. */
class Network {
  /** What the network lets through. */
  webSockets = true;
  http = true;
  /** A proxy that holds each response back until it ends. */
  buffers = false;
  epoch = 'e1';
  log = [];
  keys = new Map();
  /** Everything that is connected, as `{ rooms, watches, say, end }`. */
  peers = new Set();
  /** The bodies of the streams that were asked for. */
  asked = [];
  handshakes = 0;
  refusal = 0;

  get head() {
    return this.log.length;
  }

  post(text, by = 'bob', key = `key-${this.head}`) {
    if (this.keys.has(key)) return { offset: this.keys.get(key), duplicate: true };
    const event = { type: 'message.posted', room: 'general', offset: this.head + 1, at: '2026-03-02T09:00:00.000Z', by: { id: by, name: by }, text, key };
    this.log.push(event);
    this.keys.set(key, event.offset);
    for (const peer of this.peers) if (peer.rooms.has('general')) peer.say(event);
    return { offset: event.offset, duplicate: false };
  }

  command({ id, type, key, text }) {
    const ok = type === 'message.post' ? this.post(text, 'alice', key) : {};
    return { re: id, ok };
  }

  subscribe(peer, re, { room, since, last }) {
    peer.rooms.add(room);
    const recovered = since !== undefined && since.epoch === this.epoch && since.offset <= this.head;
    const messages = last === undefined ? undefined : this.log.slice(-last).map(({ type, room: _, ...message }) => message);
    peer.say({ re, ok: { room, epoch: this.epoch, offset: this.head, role: 'member', recovered, online: 1, ...(messages && { messages, asOf: this.head }) } });
    return recovered ? this.log.slice(since.offset) : [];
  }

  /** Ends every connection, as a proxy or an instance does. */
  cut() {
    for (const peer of [...this.peers]) peer.end();
  }

  async fetch(url, { method, body, signal, headers }) {
    const path = String(url).replace(/^.*\/api\//, '');
    if (!this.http) throw new TypeError('network');
    assert.equal(headers.Authorization, `Bearer ${TOKEN}`);
    if (this.refusal && method === 'POST') return Response.json({ code: 'rate_limited', retryAfter: 7_000 }, { status: this.refusal });
    if (path === 'commands') return Response.json(this.command(JSON.parse(body)));
    if (path === 'stream') return this.stream(JSON.parse(body), signal);
    return Response.json({ rooms: [GENERAL], more: false });
  }

  stream({ watch, subscribe = [], wait }, signal) {
    this.asked.push({ watch, subscribe, wait });
    const encoder = new TextEncoder();
    let held = '';
    let control;
    const text = new ReadableStream({ start: (controller) => (control = controller) });
    const flush = () => held && control.enqueue(encoder.encode(held));
    const peer = {
      rooms: new Set(),
      open: true,
      sendText: (piece) => {
        if (!peer.open) return;
        held += piece;
        if (!this.buffers) {
          flush();
          held = '';
        }
      },
      say: (frame) => {
        peer.sendText(`data: ${JSON.stringify(frame)}\n\n`);
        if (frame.offset && peer.polls) peer.end();
      },
      end: () => {
        if (!peer.open) return;
        peer.open = false;
        this.peers.delete(peer);
        flush();
        control.close();
      },
    };
    signal.addEventListener('abort', () => {
      if (!peer.open) return;
      peer.open = false;
      this.peers.delete(peer);
      control.error(signal.reason);
    });
    this.peers.add(peer);
    peer.say(HELLO);
    const missed = subscribe.flatMap((one, place) => this.subscribe(peer, place + 1, one));
    if (watch) peer.say({ re: subscribe.length + 1, ok: { rooms: [{ ...GENERAL, epoch: this.epoch, offset: this.head, unread: 0, mentions: 0 }], more: false } });
    for (const event of missed) peer.say(event);
    peer.polls = wait !== undefined;
    if (wait === 0 || (peer.polls && missed.length)) peer.end();
    else if (peer.polls) setTimeout(() => peer.end(), wait * 1000);
    return this.buffers ? heldBack(text) : new Response(text);
  }
}

/** The response as a buffering proxy gives it on: not even its status before its end. */
async function heldBack(text) {
  return new Response(await new Response(text).text());
}

/** The WebSocket of a page on this network. */
function socketOn(network) {
  return class extends EventTarget {
    #peer;

    constructor() {
      super();
      network.handshakes++;
      if (network.webSockets && network.http) {
        this.#peer = { rooms: new Set(), say: (frame) => this.#task(() => this.#message(frame)), end: () => this.#ends() };
        network.peers.add(this.#peer);
        this.#peer.say(HELLO);
      } else {
        this.#task(() => this.dispatchEvent(Object.assign(new Event('close'), { code: 1006, reason: '' })));
      }
    }

    #task(run) {
      setImmediate(run);
    }

    #message(frame) {
      if (network.peers.has(this.#peer)) this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
    }

    #ends() {
      network.peers.delete(this.#peer);
      this.#task(() => this.dispatchEvent(Object.assign(new Event('close'), { code: 1006, reason: '' })));
    }

    send(text) {
      const { id, type, ...fields } = JSON.parse(text);
      const peer = this.#peer;
      if (!network.peers.has(peer)) return;
      if (type === 'subscribe') for (const event of network.subscribe(peer, id, fields)) peer.say(event);
      else if (type === 'watch') peer.say({ re: id, ok: { rooms: [], more: false } });
      else if (type === 'unsubscribe') peer.say({ re: id, ok: {} });
      else if (id !== undefined) peer.say(network.command({ id, type, ...fields }));
    }

    close() {
      network.peers.delete(this.#peer);
    }
  };
}

/** A page on a network. */
function on(t, network) {
  const clock = page(t);
  globalThis.WebSocket = /** @type {any} */ (socketOn(network));
  t.mock.method(globalThis, 'fetch', (url, options) => network.fetch(url, options));
  return {
    ...clock,
    /** Lets time pass in small steps, and everything happen in between. */
    async passes(milliseconds, step = 500) {
      for (let left = milliseconds; left > 0; left -= step) {
        t.mock.timers.tick(Math.min(step, left));
        await quiet();
      }
    },
  };
}

async function connection(t, network) {
  const clock = on(t, network);
  const events = [];
  const phases = [];
  const made = new Connection({
    url: 'wss://chat.example/ws',
    api: 'https://chat.example/api/',
    token: async () => TOKEN,
    refused: async () => (network.http ? false : null),
    onEvent: (event) => events.push(event),
    onPhase: (phase) => phases.push(phase),
  });
  clock.ends(() => made.stop());
  made.start();
  await quiet();
  return { connection: made, events, phases, ...clock };
}

const blocked = (changes = {}) => Object.assign(new Network(), { webSockets: false }, changes);

test('stays with the WebSocket while the server does not answer over HTTP either', async (t) => {
  const network = blocked({ http: false });
  const { passes } = await connection(t, network);
  await passes(60_000);
  assert.ok(network.handshakes > 3);
  assert.equal(network.asked.length, 0);
});

test('falls back after two failed handshakes', async (t) => {
  const network = blocked();
  const { connection: link, phases, passes } = await connection(t, network);
  assert.deepEqual([network.handshakes, network.asked.length], [1, 0]);
  await passes(5_000);
  assert.deepEqual([network.handshakes, link.connected, phases.at(-1).phase], [2, true, 'connected']);
  assert.deepEqual(network.asked, [{ watch: undefined, subscribe: [], wait: undefined }]);
});

test('waits as the server says when it refuses the stream', async (t) => {
  const network = blocked({ refusal: 429 });
  const { connection: link, phases, passes } = await connection(t, network);
  await passes(5_000);
  assert.equal(phases.at(-1).phase, 'waiting');
  network.refusal = 0;
  await passes(8_000);
  assert.equal(link.connected, true);
});

test('is signed out when the server refuses the token of a stream', async (t) => {
  const network = blocked({ refusal: 401 });
  const { phases, passes } = await connection(t, network);
  await passes(60_000);
  assert.deepEqual(phases.at(-1), { phase: 'signed-out', by: 'server' });
});

test('asks for one stream with everything it wants, and replies to each command', async (t) => {
  const network = blocked();
  const { connection: link, events, passes } = await connection(t, network);
  await passes(5_000);
  network.post('before');
  const replies = Promise.all([link.request('subscribe', { room: 'general', last: 50 }), link.request('watch')]);
  await passes(100, 20);
  const [subscribed, watched] = await replies;
  assert.deepEqual([subscribed.messages.length, watched.rooms.length], [1, 1]);
  assert.deepEqual(network.asked.at(-1), { watch: true, subscribe: [{ room: 'general', last: 50 }], wait: undefined });
  network.post('after');
  await quiet();
  assert.deepEqual(events.filter(({ type }) => type === 'message.posted').map(({ text }) => text), ['after']);
  assert.equal(network.peers.size, 1, 'the stream before was closed');
});

test('posts over HTTP, one command after the other', async (t) => {
  const network = blocked();
  const { connection: link, passes } = await connection(t, network);
  await passes(5_000);
  const posts = Promise.all(['a', 'b', 'c'].map((key) => link.request('message.post', { room: 'general', key, text: key })));
  await quiet();
  assert.deepEqual((await posts).map(({ offset }) => offset), [1, 2, 3]);
});

test('a slow server is not taken for a proxy that holds responses back', async (t) => {
  const network = blocked();
  const { connection: link, passes } = await connection(t, network);
  await passes(5_000);
  network.buffers = true;
  const subscribed = link.request('subscribe', { room: 'general', last: 50 });
  await passes(2 * FIRST_EVENT_WITHIN);
  network.cut();
  network.buffers = false;
  await passes(1_000);
  assert.equal((await subscribed).room, 'general');
  assert.ok(network.asked.every(({ wait }) => wait === undefined));
});

test('a stream that a proxy cuts is followed by another from its positions, and nobody notices', async (t) => {
  const network = blocked();
  const { connection: link, events, phases, passes } = await connection(t, network);
  await passes(5_000);
  const subscribed = link.request('subscribe', { room: 'general', last: 50 });
  await passes(5_000);
  await subscribed;
  const known = phases.length;
  for (let cut = 0; cut < 5; cut++) {
    network.post(`before cut ${cut}`);
    await quiet();
    network.cut();
    network.post(`after cut ${cut}`);
    await passes(30_000);
  }
  assert.deepEqual(events.filter(({ offset }) => offset).map(({ offset }) => offset), network.log.map(({ offset }) => offset));
  assert.equal(phases.length, known);
});

test('asks with long polls when the first event does not come in time', async (t) => {
  const network = blocked({ buffers: true });
  const { connection: link, events, passes } = await connection(t, network);
  await passes(2_000 + FIRST_EVENT_WITHIN);
  assert.deepEqual(network.asked.slice(0, 2).map(({ wait }) => wait), [undefined, 0]);
  const subscribed = link.request('subscribe', { room: 'general', last: 50 });
  await passes(1_000);
  assert.equal((await subscribed).room, 'general');
  assert.equal(network.asked.at(-1).wait, 25);
  for (let i = 0; i < 5; i++) {
    network.post(`${i}`);
    await passes(1_000);
  }
  assert.deepEqual(events.filter(({ offset }) => offset).map(({ offset }) => offset), [1, 2, 3, 4, 5]);
});

test('a subscription does not wait for the poll that is under way', async (t) => {
  const network = blocked({ buffers: true });
  const { connection: link, passes } = await connection(t, network);
  await passes(10_000);
  const first = link.request('subscribe', { room: 'general', last: 50 });
  await passes(1_000);
  await first;
  const second = link.request('subscribe', { room: 'other', last: 50 });
  await passes(1_000);
  assert.equal((await second).room, 'other');
});

test('a stream that falls silent is given up, and long polls take its place', async (t) => {
  const network = blocked();
  const { phases, passes } = await connection(t, network);
  await passes(5_000);
  network.command = () => new Promise(() => {});
  await passes(SILENCE + 10_000);
  assert.ok(phases.some(({ phase }) => phase === 'waiting'));
});

test('tries a WebSocket every minute, and switches when it works', async (t) => {
  const network = blocked();
  const { connection: link, phases, passes } = await connection(t, network);
  await passes(5_000);
  const alive = setInterval(() => [...network.peers].forEach((peer) => peer.sendText?.(':\n\n')), 15_000);
  await passes(UPGRADE_EVERY);
  assert.equal(network.handshakes, 3);
  network.webSockets = true;
  await passes(UPGRADE_EVERY);
  clearInterval(alive);
  assert.deepEqual([network.handshakes, link.connected, network.peers.size], [4, true, 1]);
  assert.deepEqual(phases.slice(-2).map(({ phase }) => phase), ['connecting', 'connected']);
});

test('reads events however the network cuts them', () => {
  const text = ':\n\nid: e:1\ndata: {"a":"ä"}\n\nevent: close\ndata: {"code":1012}\n\ndata: {}\n\n';
  const expected = [{ event: '', data: '{"a":"ä"}' }, { event: 'close', data: '{"code":1012}' }, { event: '', data: '{}' }];
  for (let size = 1; size <= text.length; size++) {
    const reader = new EventReader();
    const found = [];
    for (let at = 0; at < text.length; at += size) found.push(...reader.read(text.slice(at, at + size)));
    assert.deepEqual(found, expected, `pieces of ${size}`);
  }
});

test(`a session loses and repeats nothing over ${SWITCHES} switches`, async (t) => {
  const network = new Network();
  const clock = on(t, network);
  const session = new Session({ server: 'https://chat.example/', provider: async () => TOKEN, onChange() {} });
  clock.ends(() => session.stop());
  session.open('general');
  session.start();
  await clock.passes(1_000);
  const live = () => session.state.connection.phase === 'connected' && session.state.rooms.get('general')?.subscription === 'live';
  const over = () => ([...network.peers].some((peer) => !('sendText' in peer)) ? 'socket' : [...network.peers].some(({ polls }) => polls) ? 'polls' : 'stream');
  for (let i = 0; i < SWITCHES; i++) {
    const way = ['stream', 'polls', 'socket'][i % 3];
    network.webSockets = way === 'socket';
    network.buffers = way === 'polls';
    session.send(`alice ${i}`);
    network.post(`bob ${i}`);
    if (i % 2) await quiet();
    network.cut();
    network.post(`bob while away ${i}`);
    await quiet();
    for (let wait = 0; wait < 240 && !(live() && over() === way); wait++) await clock.passes(500);
    assert.deepEqual([live(), over()], [true, way], `switch ${i}`);
    await clock.passes(1_000);
  }
  for (let wait = 0; wait < 240 && (session.unsent.length || session.state.rooms.get('general')?.position?.offset !== network.head); wait++) await clock.passes(500);
  const room = session.state.rooms.get('general');
  assert.deepEqual([session.unsent.length, room?.position?.offset], [0, network.head]);
  const offsets = room?.messages?.map(({ offset }) => offset) ?? [];
  assert.deepEqual(offsets, Array.from(offsets, (_, i) => offsets[0] + i), 'without gap, each once');
  assert.equal(network.log.filter(({ by }) => by.id === 'alice').length, SWITCHES);
});
