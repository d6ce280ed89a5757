/**
 * A server of calls that follows the rules of the real one, pages that take part, and a network between them with connections, tracks and
 * devices. Nothing here is a test.
 */
import { Calls } from '../../../main/webapp/chat/call/calls.js';
import { Problem } from '../../../main/webapp/chat/problem.js';
import { settled } from './kit.js';

export const ROOM = 'general';
const MOST_PEOPLE = 4;
const TOGETHER = 20;

export class Track extends EventTarget {
  enabled = true;
  muted = false;
  readyState = 'live';

  constructor(kind, device = '') {
    super();
    this.kind = kind;
    this.device = device;
  }

  stop() {
    this.readyState = 'ended';
  }

  /** The device was taken away. */
  unplug() {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

/** The microphones, cameras and screens of a page. `refuses` has the name of the error of each kind. */
export class Devices extends EventTarget {
  tracks = [];
  refuses = {};
  list = [{ kind: 'audioinput', deviceId: 'mic-1', label: 'Desk' }, { kind: 'audioinput', deviceId: 'mic-2', label: 'Headset' }, { kind: 'videoinput', deviceId: 'cam-1', label: 'Lid' }];
  /** What the person has not answered yet. */
  waiting = null;

  async getUserMedia({ audio, video }) {
    return this.#grant(audio ? 'audio' : 'video', (audio || video).deviceId?.exact ?? '', audio ? 'audioinput' : 'videoinput');
  }

  async getDisplayMedia() {
    return this.#grant('screen', '', '');
  }

  async enumerateDevices() {
    return this.list;
  }

  async #grant(kind, id, of) {
    if (this.waiting) await this.waiting;
    const missing = of !== '' && !this.list.some((one) => one.kind === of && (id === '' || one.deviceId === id));
    const name = this.refuses[kind] ?? (missing ? (id ? 'OverconstrainedError' : 'NotFoundError') : '');
    if (name) throw Object.assign(new Error(name), { name });
    const track = new Track(kind === 'screen' ? 'video' : kind, id || this.list.find((one) => one.kind === of)?.deviceId);
    this.tracks.push(track);
    return { getTracks: () => [track] };
  }
}

class Transceiver {
  mid = null;
  currentDirection = null;

  constructor(what, direction) {
    this.sender = { track: typeof what === 'string' ? null : what, replaceTrack: async (track) => void (this.sender.track = track) };
    this.receiver = { track: new Track(typeof what === 'string' ? what : what.kind), getSynchronizationSources: () => [] };
    this.direction = direction;
  }

  get kind() {
    return this.receiver.track.kind;
  }
}

class Channel extends EventTarget {
  readyState = 'connecting';
  peer = null;

  send(text) {
    queueMicrotask(() => this.peer?.dispatchEvent(Object.assign(new Event('message'), { data: text })));
  }
}

/** The network between connections: which ones reach each other. */
export class Net {
  connections = [];
  /** Whether nothing gets through. */
  #blocked = false;
  /** All descriptions that were made, for what must be in no other place. */
  descriptions = [];

  connect(configuration) {
    const made = new Connection(this, configuration);
    this.connections.push(made);
    return made;
  }

  get open() {
    return this.connections.filter((one) => !one.closed);
  }

  set blocked(on) {
    this.#blocked = on;
    this.look();
  }

  /** Connects the pairs that have agreed, and disconnects the others. */
  look() {
    for (const one of this.open) {
      const other = this.open.find((there) => one.pairsWith(there));
      if (other && !this.#blocked) one.reaches(other);
      else if (one.connectionState === 'connected') one.becomes(other ? 'disconnected' : 'disconnected');
    }
  }
}

/** As much of an RTCPeerConnection as a negotiation needs. A description is JSON: its sections, and the name of its path. */
export class Connection extends EventTarget {
  signalingState = 'stable';
  connectionState = 'new';
  localDescription = null;
  remoteDescription = null;
  closed = false;
  offers = 0;
  #net;
  #transceivers = [];
  channel = null;
  #agreed = false;
  #path = '';
  #restarts = false;
  #before = null;
  #candidates = new Set();
  #fresh = [];
  /** How many candidates were received. */
  received = 0;

  constructor(net, configuration) {
    super();
    this.#net = net;
    this.configuration = configuration;
  }

  getTransceivers() {
    return this.#transceivers;
  }

  addTransceiver(what, { direction }) {
    const made = new Transceiver(what, direction);
    this.#transceivers.push(made);
    this.#needs();
    return made;
  }

  createDataChannel() {
    this.channel = new Channel();
    this.#needs();
    return this.channel;
  }

  restartIce() {
    this.#restarts = true;
    this.#needs();
  }

  setConfiguration(configuration) {
    this.configuration = configuration;
  }

  async setLocalDescription() {
    await null;
    this.#mustBeOpen();
    const answers = this.signalingState === 'have-remote-offer';
    if (!answers) {
      if (this.signalingState !== 'stable') throw new Error('InvalidStateError');
      this.offers++;
      this.#before = { local: this.localDescription, path: this.#path };
    }
    if (this.#restarts || !this.#path) this.#path = `path-${this.#net.descriptions.length}`;
    this.#restarts = false;
    this.#fresh = answers ? [] : this.#transceivers.filter(({ mid }) => mid === null);
    const taken = this.#transceivers.filter(({ mid }) => mid !== null).length;
    for (const [n, one] of this.#transceivers.filter(({ mid }) => mid === null).entries()) one.mid = String(taken + n);
    const sdp = JSON.stringify({ sections: this.#transceivers.map(({ kind }) => kind), channel: this.channel !== null, path: this.#path, filler: this.#net.filler ?? '' });
    this.localDescription = { type: answers ? 'answer' : 'offer', sdp };
    this.#net.descriptions.push(sdp);
    this.signalingState = answers ? 'stable' : 'have-local-offer';
    if (answers) this.#settles();
    const path = this.#path;
    // As tasks of their own, as in browsers.
    setImmediate(() => {
      // A description that is read later has what was found.
      if (!this.closed && path === this.#path) this.localDescription = { type: this.localDescription.type, sdp: JSON.stringify({ ...JSON.parse(sdp), found: [`candidate ${path}`] }) };
      for (const candidate of [{ candidate: `candidate ${path}` }, { candidate: '' }, null]) if (!this.closed) this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
    });
  }

  async setRemoteDescription({ type, sdp }) {
    await null;
    this.#mustBeOpen();
    const { sections, channel, found = [] } = JSON.parse(sdp);
    if (type === 'answer' && this.signalingState !== 'have-local-offer') throw new Error('InvalidStateError');
    if (type === 'offer' && this.signalingState === 'have-local-offer') this.#rollBack();
    this.remoteDescription = { type, sdp };
    for (const candidate of found) this.#candidates.add(candidate);
    if (type === 'answer') {
      this.signalingState = 'stable';
      return this.#settles();
    }
    this.signalingState = 'have-remote-offer';
    for (const [n, kind] of sections.entries()) {
      // Only a section that was agreed on has a transceiver: those of an offer that was taken back are for later sections.
      if (this.#transceivers.some(({ mid }) => mid === String(n))) continue;
      const made = new Transceiver(kind, 'recvonly');
      made.mid = String(n);
      this.#transceivers.push(made);
    }
    this.#agreed ||= channel;
  }

  async addIceCandidate(candidate) {
    this.received++;
    this.#mustBeOpen();
    if (!this.remoteDescription) throw new Error('InvalidStateError');
    if (candidate) this.#candidates.add(candidate.candidate);
    this.#net.look();
  }

  pairsWith(other) {
    const paths = (one) => [one.localDescription, one.remoteDescription].map((description) => description && JSON.parse(description.sdp).path);
    const [[mine, theirs], [there, here]] = [paths(this), paths(other)];
    const agreed = this !== other && this.signalingState === 'stable' && other.signalingState === 'stable' && mine === here && theirs === there && mine && theirs;
    return agreed && this.#candidates.has(`candidate ${theirs}`);
  }

  reaches(other) {
    if (this.connectionState === 'connected') return;
    this.becomes('connected');
    if (!this.channel || !other.channel) return;
    this.channel.peer = other.channel;
    if (this.channel.readyState === 'open') return;
    this.channel.readyState = 'open';
    this.channel.dispatchEvent(new Event('open'));
  }

  becomes(state) {
    if (this.connectionState === state || this.closed) return;
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  close() {
    this.closed = true;
    this.signalingState = 'closed';
    this.#net.look();
  }

  #rollBack() {
    for (const one of this.#fresh) one.mid = null;
    this.localDescription = this.#before.local;
    this.#path = this.#before.path;
    this.signalingState = 'stable';
    this.#restarts = true;
  }

  #settles() {
    this.#agreed = true;
    for (const one of this.#transceivers) one.currentDirection = one.direction;
    this.#net.look();
    this.#needs();
  }

  #isNeeded() {
    return this.#restarts || this.#transceivers.some(({ mid }) => mid === null) || (this.channel !== null && !this.#agreed);
  }

  #needs() {
    queueMicrotask(() => !this.closed && this.signalingState === 'stable' && this.#isNeeded() && this.dispatchEvent(new Event('negotiationneeded')));
  }

  #mustBeOpen() {
    if (this.closed) throw new Error('InvalidStateError');
  }
}

const refusal = (code, more = {}) => new Problem({ code, ...more });

/** The call of one room. */
export class CallServer {
  people = [];
  call = '';
  log = [];
  pages = new Set();
  asked = [];
  turn = null;
  /** Commands of a type fail first with these problems. */
  failures = { 'call.join': [], 'call.start': [], signal: [] };
  /** Signals for which this is true are lost on their way. */
  loses = () => false;
  largest = 0;
  #ids = 0;
  #calls = 0;

  request(page, type, fields) {
    return new Promise((resolve, reject) => {
      queueMicrotask(() => {
        if (!page.isConnected) return reject(refusal('unavailable', { temporary: true, lost: true }));
        this.asked.push({ user: page.user, type, ...fields });
        const failure = this.failures[type]?.shift();
        if (failure) return reject(failure);
        try {
          const ok = { 'call.start': () => this.#start(page), 'call.join': () => this.#join(page, fields), 'call.leave': () => this.#leave(page), signal: () => this.#signal(page, fields) }[type]();
          queueMicrotask(() => resolve(ok));
        } catch (problem) {
          reject(problem);
        }
      });
    });
  }

  get shown() {
    return this.people.map(({ id, name, participant, page }) => ({ id, name, participant, ...(page === null && { lost: true }) }));
  }

  lost(page) {
    const mine = this.#of(page);
    if (!mine) return;
    mine.page = null;
    this.#tell();
  }

  /** The server removes a participant. */
  removes(page, code, rejoin = false) {
    const mine = this.#of(page);
    this.people = this.people.filter((one) => one !== mine);
    page.receive({ type: 'call.left', room: ROOM, call: this.call, participant: mine.participant, code, rejoin });
    this.#tell();
  }

  /** A person on a client of their own joins. Returns the participant. */
  joins(user, participant, receive = (_event) => {}) {
    this.call ||= `call-${++this.#calls}`;
    const page = { user, isConnected: true, receive };
    this.people.push({ id: user, name: user.toUpperCase(), participant, page });
    this.#tell();
    return page;
  }

  signals(page, to, data) {
    return this.request(page, 'signal', { room: ROOM, to: to.split(' ')[0], data });
  }

  #start(page) {
    if (this.people.length) throw refusal('conflict');
    this.call = `call-${++this.#calls}`;
    this.log.push({ type: 'call.started', room: ROOM, call: this.call, by: { id: page.user } });
    return this.#join(page, {});
  }

  #join(page, { participant }) {
    if (!this.people.length && !this.call) throw refusal('conflict');
    const known = this.people.find((one) => one.participant === participant && one.id === page.user);
    if (known) {
      if (known.page && known.page !== page) known.page.receive({ type: 'call.left', room: ROOM, call: this.call, participant, code: 'conflict', rejoin: false });
      known.page = page;
      this.#tell();
      return { call: this.call, participant, people: this.shown };
    }
    this.people = this.people.filter((one) => one.page !== page && !(one.id === page.user && one.page === null));
    if (this.people.length >= MOST_PEOPLE) throw refusal('conflict');
    const id = page.wanted ?? `p${++this.#ids}`;
    this.people.push({ id: page.user, name: page.user.toUpperCase(), participant: id, page });
    this.#tell();
    return { call: this.call, participant: id, people: this.shown };
  }

  #leave(page) {
    if (!this.#of(page)) throw refusal('conflict');
    this.people = this.people.filter((one) => one.page !== page);
    this.#tell();
    if (!this.people.length) this.ends();
    return { call: this.call, people: this.shown };
  }

  ends() {
    const event = { type: 'call.ended', room: ROOM, call: this.call, seconds: 1, by: { id: 'x' } };
    this.log.push(event);
    this.people = [];
    this.call = '';
    for (const page of this.pages) page.receive(event);
  }

  #signal(page, { to, participant, data }) {
    const from = this.#of(page);
    const receivers = this.people.filter((one) => one.id === to && (participant === undefined || one.participant === participant));
    if (!from || !receivers.length) throw refusal('conflict');
    const size = JSON.stringify(data).length;
    this.largest = Math.max(this.largest, size);
    if (size > 16 * 1024) throw refusal('too_large');
    if (this.loses(data, from)) return {};
    const event = { type: 'signal', room: ROOM, call: this.call, by: { id: from.id, name: from.name }, participant: from.participant, data: JSON.parse(JSON.stringify(data)) };
    for (const one of receivers) if (one !== from) one.page?.receive(event);
    return {};
  }

  #of(page) {
    return this.people.find((one) => one.page === page);
  }

  #tell() {
    const event = { type: 'call.people', room: ROOM, call: this.call, people: this.shown };
    for (const page of new Set([...this.pages, ...this.people.map((one) => one.page)])) page?.receive(event);
  }
}

/** A page of a person. */
export class CallPage {
  isConnected = true;
  devices = new Devices();
  kept = new Map();
  held = [];
  /** The id that its participant gets. */
  wanted;

  constructor(server, net, user, { participant, devices } = /** @type {any} */ ({})) {
    Object.assign(this, { server, net, user, wanted: participant });
    if (devices !== undefined) this.devices = devices;
    server.pages.add(this);
    const own = { get: (...name) => this.kept.get(name.join()) ?? null, set: (value, ...name) => this.kept.set(name.join(), value) };
    this.calls = new Calls({
      request: (type, fields) => server.request(this, type, fields),
      rest: {
        turn: async () => server.turn?.() ?? Promise.reject(new Problem({ code: 'not_found' })),
        conference: async (room) => server.conference?.(room) ?? Promise.reject(new Problem({ code: 'not_found' })),
      },
      own: () => own,
      connected: () => this.isConnected,
      call: () => (server.people.length ? { call: server.call, people: server.shown } : null),
      connect: (configuration) => net.connect(configuration),
      devices: this.devices,
      hold: (room) => {
        this.held.push(room);
        return () => this.held.splice(this.held.indexOf(room), 1);
      },
    });
  }

  receive(event) {
    queueMicrotask(() => this.isConnected && this.calls.received(event));
  }

  get call() {
    return /** @type {import('../../../main/webapp/chat/call/call.js').Call} */ (this.calls.current);
  }

  async enters(start = false) {
    await this.calls.enter(ROOM, start);
    await together();
  }

  /** The connection to the server is lost. */
  cut() {
    this.server.lost(this);
    this.isConnected = false;
    this.calls.connected(false);
  }

  /** It is there again. */
  async returns() {
    this.isConnected = true;
    this.calls.connected(true);
    await together();
  }

  /** The connections to the others: the person, the phase and the reason. */
  get peers() {
    return this.call.people.filter(({ mine }) => !mine).map(({ id, peer }) => [id, peer?.phase, ...(peer?.reason ? [peer.reason] : [])].join(' '));
  }
}

/** After everything that goes to and fro without time passing. */
export async function together() {
  for (let n = 0; n < TOGETHER; n++) await settled();
}
