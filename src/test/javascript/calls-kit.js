/** The call of a room at the other end of the socket, and others who take part in it on the same page, with real connections. */
import { alice, bob } from './kit.js';

export const carol = { id: 'carol', name: 'Carol' };
const { fetch } = globalThis;

export const longNamed = { id: 'x', name: 'A person with an extraordinarily long name' };
const COLORS = { alice: '#7a4d8f', bob: '#2f6f8f', carol: '#8f5a2f', x: '#3f7f4f' };

export class CallServer {
  call = null;
  people = [];
  /** Events of calls from before the page was loaded. */
  past = [];
  /** Answers requests for credentials. */
  turn = () => Response.json({ code: 'not_found' }, { status: 404 });
  #server;
  #base;
  #client;
  #others = new Map();
  #ids = 0;

  constructor(server, base) {
    this.#server = server;
    this.#base = base;
    server.features.push('calls');
    const fetched = server.fetched;
    server.fetched = (url, options) => this.#fetched(url) ?? fetched(url, options);
    Object.assign(server.answers, {
      'call.start': (_, by) => this.#joined(by, null, true),
      'call.join': ({ participant }, by) => this.#joined(by, null, false, participant),
      'call.leave': (_, by) => this.leaves(by),
      signal: (frame, by) => this.#signalled(this.people.find((one) => one.id === by.id), frame),
    });
  }

  async load() {
    this.#client ??= import(new URL('chat/call/calls.js', this.#base).href);
    return this.#client;
  }

  /** Someone else starts the call or joins it, with these devices. A `silent` one never answers. */
  async enters(by, { devices = new FakeDevices(by.id), silent = false, at = new Date().toISOString() } = {}) {
    const receive = (event) => queueMicrotask(() => this.#others.get(by.id)?.received(event));
    if (silent) return this.#joined(by, () => {}, !this.call, undefined, at);
    const { Calls } = await this.load();
    const calls = new Calls({
      request: async (type, fields) => this.#asked(by, receive, type, fields),
      rest: { turn: async () => Promise.reject(Object.assign(new Error(), { code: 'not_found' })) },
      own: () => null,
      connected: () => true,
      call: () => this.call,
      connect: (configuration) => new RTCPeerConnection(configuration),
      devices,
      hold: () => () => {},
    });
    this.#others.set(by.id, calls);
    await calls.enter('general', !this.call);
    return calls.current;
  }

  /** Someone leaves. */
  leaves(by) {
    this.#others.get(by.id)?.stop();
    this.#others.delete(by.id);
    this.people = this.people.filter(({ id }) => id !== by.id);
    const { call } = this.call;
    this.#told();
    if (!this.people.length) this.ends(by);
    return { call, people: this.#shown };
  }

  /** The call ends after so many seconds. */
  ends(by = bob, seconds = 754, people = [alice, bob]) {
    for (const calls of this.#others.values()) calls.stop();
    this.#others.clear();
    const call = this.call?.call ?? 'call';
    this.call = null;
    this.people = [];
    this.#mark();
    this.#server.says({ type: 'call.ended', call, by, seconds, people, at: new Date().toISOString() });
  }

  /** The server lost the connection of someone. */
  loses(by) {
    for (const one of this.people) if (one.id === by.id) one.lost = true;
    this.#told();
  }

  #asked(by, receive, type, fields) {
    if (type === 'call.leave') return this.leaves(by);
    if (type === 'signal') return this.#signalled(this.people.find((one) => one.id === by.id), fields);
    return this.#joined(by, receive, type === 'call.start', fields.participant);
  }

  #joined(by, receive, starts, participant = undefined, at = new Date().toISOString()) {
    if (starts && this.call) throw conflict();
    if (!starts && !this.call) throw conflict();
    if (starts) {
      this.call = { call: `call ${++this.#ids}`, by, started: at };
      this.#server.says({ type: 'call.started', call: this.call.call, by, at });
    }
    const known = this.people.find((one) => one.participant === participant && one.id === by.id);
    if (!known && this.people.length >= 4) throw conflict();
    const mine = known ?? { ...by, participant: `p${++this.#ids}`, receive };
    if (!known) this.people = [...this.people.filter((one) => one.id !== by.id), mine];
    this.#told();
    return { call: this.call.call, participant: mine.participant, people: this.#shown };
  }

  #signalled(from, { to, participant, data }) {
    const event = { type: 'signal', room: 'general', call: this.call?.call, by: { id: from?.id, name: from?.name }, participant: from?.participant, data };
    const receivers = this.people.filter((one) => one.id === to && (!participant || one.participant === participant));
    if (!from || !receivers.length) throw conflict();
    for (const { receive } of receivers) receive ? receive(event) : this.#server.tells(event);
    return {};
  }

  get #shown() {
    return this.people.map(({ id, name, participant, lost }) => ({ id, name, participant, ...(lost && { lost }) }));
  }

  #told() {
    if (!this.call) return;
    this.#mark();
    const event = { type: 'call.people', room: 'general', call: this.call.call, people: this.#shown };
    this.#server.tells(event);
    for (const { receive } of this.people) receive?.(event);
  }

  #mark() {
    const { call: _, ...marks } = this.#server.marks;
    this.#server.marks = this.call && this.people.length ? { ...marks, call: { ...this.call, people: this.#shown } } : marks;
  }

  #fetched(url) {
    // The style sheet comes with the page's code.
    if (url.pathname.endsWith('/call.css')) return fetch(url);
    if (url.pathname.endsWith('/calls')) return Response.json({ calls: this.past });
    return url.pathname.endsWith('/api/turn') ? this.turn() : undefined;
  }
}

const conflict = () => ({ code: 'conflict', message: 'x', temporary: false });

/** Devices that show a drawn picture and are silent. `refuses` has the name of the error of each kind. */
export class FakeDevices extends EventTarget {
  refuses = {};
  /** The tracks that the browser gave. */
  given = [];
  #id;

  constructor(id, refuses = {}) {
    super();
    this.#id = id;
    this.refuses = refuses;
  }

  async getUserMedia({ audio }) {
    this.#refuse(audio ? 'audio' : 'video');
    return this.#gives(audio ? silence() : picture(COLORS[this.#id] ?? '#555', face));
  }

  async getDisplayMedia() {
    this.#refuse('screen');
    return this.#gives(picture('#f4f6f7', slide));
  }

  #gives(stream) {
    this.given.push(...stream.getTracks());
    return stream;
  }

  async enumerateDevices() {
    return [['audioinput', 'Desk microphone'], ['audioinput', 'Headset'], ['videoinput', 'Camera in the lid'], ['audiooutput', 'Speakers of the monitor']].map(([kind, label]) => ({ kind, label, deviceId: label }));
  }

  #refuse(kind) {
    if (this.refuses[kind]) throw Object.assign(new Error(), { name: this.refuses[kind] });
  }
}

function silence() {
  const context = new AudioContext();
  return context.createMediaStreamDestination().stream;
}

function picture(ground, draw) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 360];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const stream = canvas.captureStream(10);
  const again = () => {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, 640, 360);
    draw(pen);
    if (stream.getTracks()[0].readyState === 'live') setTimeout(again, 100);
  };
  again();
  return stream;
}

function face(pen) {
  pen.fillStyle = 'rgb(255 255 255 / 22%)';
  for (const [x, y, size] of [[320, 150, 70], [320, 380, 150]]) {
    pen.beginPath();
    pen.arc(x, y, size, 0, 7);
    pen.fill();
  }
}

function slide(pen) {
  pen.fillStyle = '#22303a';
  pen.font = '28px sans-serif';
  pen.fillText('Release 4.2: load test of last night', 40, 60);
  for (let n = 0; n < 10; n++) pen.fillRect(50 + n * 54, 320 - ((n * 53) % 200) - 30, 34, ((n * 53) % 200) + 30);
}

