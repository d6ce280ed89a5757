/**
 * A call of a room in which this page takes part: joining, continuing after a lost connection, the connections to all others, and leaving.
 * The server says who is in the call; media go to these and to nobody else. It knows no page.
 *
 * Phases: `joining`, `in`, `returning` (the connection to the server is lost; media go on), `over` with the reason.
 */
import { delay, sleep } from '../backoff.js';
import { Media } from './media.js';
import { Peer } from './peer.js';
import { Turn } from './turn.js';

/** Tries to join, while the server is not available. */
const MOST_TRIES = 6;
/** Connections that wait for the news that their participant has joined, and how long. */
const MOST_EARLY = 8;
export const EARLY_LASTS = 10_000;
/** Joining does not wait longer for the credentials of the relay, which may come later, in milliseconds. */
const RELAY_WITHIN = 3_000;
/** If the server lists this page no longer, it says so within this time. */
const LEFT_WITHIN = 3_000;

/**
 * Why it is over: `left` and `moved` by the person (to another page), `ended` for all, `full`, `removed` from the room or muted,
 * `unsupported` by the deployment or over this connection, `unavailable`.
 *
 * @typedef {'left' | 'moved' | 'ended' | 'full' | 'removed' | 'unsupported' | 'unavailable'} Over
 */

/** By the code of `call.left`. `gone`: the room was closed. @type {Record<string, Over>} */
const OVER = { conflict: 'moved', gone: 'ended', forbidden: 'removed' };

export class Call {
  #parts;
  #changed;
  #participant = '';
  #call = '';
  #people = /** @type {any[]} */ ([]);
  /** @type {Map<string, Peer>} */
  #peers = new Map();
  /** Participants whose signals came before the news of them, and timers that forget them. */
  #early = new Map();
  #turn;
  #run = 0;
  #missing = /** @type {any} */ (0);
  #hand = false;
  /** How this page enters the call for the first time. */
  #begins = 'call.join';

  /** @type {'joining' | 'in' | 'returning' | 'over'} */
  phase = 'joining';
  /** @type {Over | null} */
  over = null;
  /** Where a call that is full goes on: the address of the room's conference on another server, '' without one. */
  conference = '';

  /**
   * `parts` are the session's `request`, `rest`, `user()`, `own()` and `connected()`; `call()`, which is the room's call as far as it is
   * known; and `connect(configuration)`, which makes an RTCPeerConnection, and `devices`, the browser's `mediaDevices`. `changed()` is
   * called after each change.
   *
   * @param {{ room: string, parts: any, changed: () => void }} options
   */
  constructor({ room, parts, changed }) {
    this.room = room;
    this.#parts = parts;
    this.#changed = changed;
    this.media = new Media({ devices: parts.devices, own: parts.own, changed: () => this.#shows(), placed: (place, track) => this.#placed(place, track) });
    this.#turn = new Turn({ ask: () => parts.rest.turn(), renewed: () => this.#renewed() });
  }

  /** This page's participant, '' before the server has given it. */
  get participant() {
    return this.#participant;
  }

  /** The id of the call. */
  get id() {
    return this.#call;
  }

  /** Whether this browser can share a screen. */
  get canShare() {
    return Boolean(this.#parts.devices?.getDisplayMedia);
  }

  get hand() {
    return this.#hand;
  }

  /** Whether there is a TURN server; null if it is not known. */
  get relayed() {
    return this.#turn.exists;
  }

  /** Everyone in the call, in the order of joining, as `{ id, name, participant, lost, mine, peer }`. */
  get people() {
    return this.#people.map((one) => ({ ...one, mine: one.participant === this.#participant, peer: this.#peers.get(one.participant) ?? null }));
  }

  /** Joins the call, or starts it if the room has none. Asks for the microphone at the same time. */
  async join(start) {
    this.media.start();
    this.#begins = start ? 'call.start' : 'call.join';
    await this.#enter();
  }

  /** Leaves the call. Everything is off at once; the server learns of it when it can. */
  leave() {
    if (this.phase === 'over') return;
    this.#ends('left');
    this.#parts.request('call.leave', { room: this.room }).catch(() => {});
  }

  /** This page ends, without a word to the server: the page may come back. */
  drop() {
    if (this.phase !== 'over') this.#ends('left');
  }

  /** @param {boolean} on */
  raise(on) {
    this.#hand = on;
    this.#shows();
  }

  /** Tries again to reach a participant. */
  retry(participant) {
    this.#peers.get(participant)?.retry();
  }

  /** The connection to the server is there, or lost. */
  connected(on) {
    if (this.phase === 'over') return;
    // What was asked for on the lost connection has no answer.
    if (!on) this.#run++;
    for (const peer of this.#peers.values()) peer.connected(false);
    if (!on && this.phase === 'in') this.#becomes('returning');
    else if (on) this.#enter();
  }

  received(event) {
    if (this.phase === 'over' || event.room !== this.room) return;
    if (event.type === 'signal') this.#signalled(event);
    else if (event.type === 'call.people') this.#listed(event);
    else if (event.type === 'call.left') this.#wasRemoved(event);
    else if (event.type === 'call.ended' && event.call === this.#call) this.#ends('ended');
    else if (event.type === 'room.closed') this.#ends('ended');
  }

  /** Enters the call, or continues in it. */
  async #enter() {
    const run = ++this.#run;
    const returns = this.#participant !== '';
    await Promise.race([this.#turn.load(), sleep(RELAY_WITHIN)]);
    for (let tries = 0, asks = returns ? 'call.join' : this.#begins; run === this.#run && this.phase !== 'over'; tries++) {
      try {
        const fields = returns ? { room: this.room, participant: this.#participant } : { room: this.room };
        const reply = await this.#parts.request(asks, fields);
        return run === this.#run ? this.#entered(reply) : undefined;
      } catch (problem) {
        if (run !== this.#run) return;
        // The next connection tries again.
        if (problem.lost || !this.#parts.connected()) return;
        if (problem.temporary && tries < MOST_TRIES) await sleep(problem.retryAfter ?? delay(tries));
        else if (problem.code === 'conflict' && asks === 'call.start') asks = 'call.join';
        else return this.#ends(this.#refusal(problem, returns));
      }
    }
  }

  /** @returns {Over} */
  #refusal({ code }, returned) {
    if (code === 'conflict') return returned || !this.#parts.call(this.room) ? 'ended' : 'full';
    if (code === 'forbidden' || code === 'not_found' || code === 'gone') return 'removed';
    if (code === 'unsupported' || code === 'bad_request') return 'unsupported';
    return 'unavailable';
  }

  #entered({ call, participant, people }) {
    const same = participant === this.#participant && call === this.#call;
    // The others take this page for another one, which they connect to again.
    if (!same) this.#dropPeers();
    this.#participant = participant;
    this.#call = call;
    this.#becomes('in');
    // The others before this page in the list get an offer from it.
    const before = new Set(same ? [] : people.slice(0, placeIn(people, participant)).map((one) => one.participant));
    this.#meet(people, before);
    for (const peer of this.#peers.values()) peer.connected(true);
  }

  #listed({ call, people }) {
    if (this.phase !== 'in' || call !== this.#call) return;
    clearTimeout(this.#missing);
    if (placeIn(people, this.#participant) < 0) this.#missing = setTimeout(() => this.#ends('moved'), LEFT_WITHIN);
    this.#meet(people, new Set());
  }

  /** Connects to new participants, and ends the connections to participants that left. `offered` get an offer from here. */
  #meet(people, offered) {
    const back = new Set(this.#people.filter(({ lost }) => lost).map(({ participant }) => participant));
    this.#people = people;
    const others = people.filter(({ participant }) => participant !== this.#participant);
    for (const { participant, id, lost } of others) {
      clearTimeout(this.#early.get(participant));
      this.#early.delete(participant);
      const known = this.#peers.get(participant);
      if (!known) this.#reach(participant, id, offered.has(participant));
      else if (back.has(participant) && !lost) known.retry();
    }
    const there = new Set(others.map(({ participant }) => participant));
    for (const [participant, peer] of [...this.#peers]) if (!there.has(participant) && !this.#early.has(participant)) this.#part(participant, peer);
    this.#changed();
  }

  #reach(participant, to, offers) {
    const peer = new Peer({
      id: participant,
      own: this.#participant,
      offers,
      parts: {
        connect: () => this.#parts.connect(this.#configuration()),
        signal: (data) => this.#parts.request('signal', { room: this.room, to, participant, data }),
        media: () => this.#tracks(),
        shown: () => this.#shown(),
        changed: () => this.#changed(),
      },
    });
    this.#peers.set(participant, peer);
    peer.connected(this.phase === 'in');
    peer.start();
    return peer;
  }

  #part(participant, peer) {
    peer.end();
    this.#peers.delete(participant);
  }

  /** A signal may come before the news that its sender has joined. */
  #signalled({ call, by, participant, data }) {
    if (call !== this.#call || this.#participant === '') return;
    const known = this.#peers.get(participant);
    if (known) return known.receive(data);
    if (this.#early.size >= MOST_EARLY || participant === this.#participant) return;
    const timer = setTimeout(() => this.#forget(participant), EARLY_LASTS);
    this.#early.set(participant, timer);
    this.#reach(participant, by.id, false).receive(data);
  }

  #forget(participant) {
    this.#early.delete(participant);
    const peer = this.#peers.get(participant);
    if (peer) this.#part(participant, peer);
  }

  #wasRemoved({ participant, code, rejoin }) {
    // Another tab of the connection has joined, which makes no other participant known here.
    if (participant !== undefined && participant !== this.#participant) return;
    // The server has not heard of this page for too long: it becomes another participant.
    if (rejoin) return void this.#enter();
    this.#ends(OVER[code] ?? 'removed');
  }

  #configuration() {
    return { iceServers: this.#turn.servers, bundlePolicy: 'max-bundle' };
  }

  #renewed() {
    for (const peer of this.#peers.values()) peer.relays(this.#configuration());
  }

  #tracks() {
    return Object.fromEntries(Object.entries(this.media.places).map(([name, { track }]) => [name, track]));
  }

  #shown() {
    const { microphone, camera, screen } = this.media.places;
    return { muted: this.media.muted || !microphone.track, camera: camera.track !== null, screen: screen.track !== null, hand: this.#hand };
  }

  #placed(place, track) {
    for (const peer of this.#peers.values()) peer.place(place, track);
  }

  /** What one shows of oneself has changed. */
  #shows() {
    if (this.phase === 'over') return;
    for (const peer of this.#peers.values()) peer.tell();
    this.#changed();
  }

  #dropPeers() {
    for (const [participant, peer] of [...this.#peers]) this.#part(participant, peer);
    for (const timer of this.#early.values()) clearTimeout(timer);
    this.#early.clear();
  }

  #becomes(phase) {
    this.phase = phase;
    this.#changed();
  }

  /** @param {Over} reason */
  #ends(reason) {
    this.#run++;
    clearTimeout(this.#missing);
    this.over = reason;
    this.#dropPeers();
    this.#turn.end();
    this.media.end();
    this.#becomes('over');
    if (reason === 'full') this.#goesOn();
  }

  /** Without a conference server, the call is only full. */
  async #goesOn() {
    try {
      this.conference = (await this.#parts.rest.conference(this.room)).url;
      this.#changed();
    } catch {
      // The line says that the call is full.
    }
  }
}

function placeIn(people, participant) {
  return people.findIndex((one) => one.participant === participant);
}
