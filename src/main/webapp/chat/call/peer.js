/**
 * The connection of media to one other participant: perfect negotiation, so that offers of both at the same moment do no harm, and bounded
 * attempts to connect again. It has three places for media, which are negotiated once: microphone, camera, screen. What is switched on
 * or off later changes the track in its place, without a negotiation. What the person shows of themselves (muted, a raised hand)
 * goes over a data channel, so it needs no signals and survives their loss.
 *
 * Signals are `{ description: { type, sdp } }` and `{ candidate }`, which is null after the last one. They hold addresses of people: nothing here
 * logs or keeps them.
 */
import { elapsed } from '../clock.js';
import { Outgoing, fits } from './outgoing.js';

/** The places in the order of the media sections, and their kinds. */
export const PLACES = { microphone: 'audio', camera: 'video', screen: 'video' };

/** Received signals that wait for the one before. */
const MOST_INCOMING = 128;
/** The participant who joined makes the offer. If none comes within this time, the other one does. */
export const OFFER_WITHIN = 5_000;
/** An offer without an answer is sent again after this time. */
export const ANSWER_WITHIN = 8_000;
/** A connection that does not come about within this time has failed. */
export const CONNECT_WITHIN = 30_000;
/** A connection that is interrupted may recover by itself for this long. */
export const RECOVERS_WITHIN = 3_000;
/** Of two, one begins to restart this much later: its restart is needed only if that of the other has failed. */
const POLITE_LATER = 2_000;
/** Restarts in a row, and the pause before the second one. Each further pause is twice as long. */
export const MOST_RESTARTS = 5;
const RESTART_PAUSE = 4_000;
/** A connection that holds this long has its restarts again. */
const GOOD_AFTER = 30_000;
/** Characters of what a participant shows of themselves. */
const MOST_SHOWN = 1_000;

/**
 * @typedef {object} Shown what a participant shows of themselves
 * @property {boolean} muted
 * @property {boolean} camera
 * @property {boolean} screen
 * @property {boolean} hand
 */

/** @typedef {'connecting' | 'connected' | 'reconnecting' | 'failed'} Phase */
/** @typedef {'silent' | 'unreachable' | 'signals'} Reason */

export class Peer {
  #parts;
  #polite;
  #offers;
  #connection = /** @type {any} */ (null);
  #channel = /** @type {any} */ (null);
  #outgoing;
  #making = false;
  #ignores = false;
  #chain = Promise.resolve();
  #incoming = 0;
  #signalling = true;
  #restarts = 0;
  #restartedAt = -Infinity;
  /** A restart waits for the signals to come back. */
  #owed = false;
  #ended = false;
  #timers = { offer: 0, answer: 0, connect: 0, restart: 0, good: 0 };

  /** @type {Phase} */
  phase = 'connecting';
  /** Why it has failed. @type {Reason | null} */
  reason = null;
  /** Null until the other says it. @type {Shown | null} */
  shown = null;
  /** What the other sends. @type {Record<string, MediaStreamTrack>} */
  tracks = {};

  /**
   * `id` and `own` are participants. `offers`: this side makes the first offer. `parts.connect()` makes an RTCPeerConnection, `signal(data)`
   * sends, `media()` has one's own track for each place or null, `shown()` what one shows, and `changed()` is called after each change.
   *
   * @param {{
   *   id: string, own: string, offers: boolean,
   *   parts: { connect: () => any, signal: (data: object) => Promise<any>, media: () => Record<string, MediaStreamTrack | null>, shown: () => Shown, changed: () => void },
   * }} options
   */
  constructor({ id, own, offers, parts }) {
    this.id = id;
    this.#parts = parts;
    this.#polite = own < id;
    this.#offers = offers;
    this.#outgoing = new Outgoing({ send: parts.signal, failed: (code) => this.#dropped(code) });
  }

  start() {
    this.#make();
    this.#await();
    if (this.#offers) this.#prepare();
    else this.#timers.offer = later(() => this.#offerAfterAll(), OFFER_WITHIN);
  }

  /** The server can pass signals on again, or no longer. */
  connected(on) {
    this.#signalling = on;
    this.#outgoing.open(on);
    if (on && this.#owed) this.#restart();
  }

  /** A signal of the other. */
  receive(data) {
    if (this.#incoming >= MOST_INCOMING || this.#ended) return;
    this.#incoming++;
    this.#chain = this.#chain
      .then(() => this.#take(data))
      // Another client may send anything, and a signal may be late. Attempts to connect go on, so nothing is said here.
      .catch(() => {})
      .finally(() => this.#incoming--);
  }

  /** One's own media changed in this place. */
  async place(name, track) {
    const transceiver = placesOf(this.#connection)[name];
    if (transceiver) await transceiver.sender.replaceTrack(track).catch(() => {});
    // A client with fewer places: the negotiation begins by itself.
    else if (track && this.#connection.remoteDescription) this.#connection.addTransceiver(track, { direction: 'sendrecv' });
  }

  /** Tells the other what one shows. */
  tell() {
    if (this.#channel?.readyState !== 'open') return;
    try {
      this.#channel.send(JSON.stringify(this.#parts.shown()));
    } catch {
      // It is told again when the channel opens.
    }
  }

  /** Tries again after a failure. */
  retry() {
    if (this.#ended || this.phase !== 'failed') return;
    this.#restarts = 0;
    this.#becomes('connecting');
    this.#await();
    if (this.#connection.remoteDescription) this.#restart();
    // The other may know the offer, and not its answer: another one of another connection would not fit.
    else if (this.#connection.signalingState === 'have-local-offer') this.#offerAgain();
    else this.#prepare();
  }

  /** Other credentials for the relay, for the next time that a path is looked for. */
  relays(configuration) {
    try {
      this.#connection.setConfiguration(configuration);
    } catch {
      // The present path stays.
    }
  }

  /** How loud the other is, from 0 to 1. */
  get level() {
    const [source] = placesOf(this.#connection).microphone?.receiver.getSynchronizationSources?.() ?? [];
    return source?.audioLevel ?? 0;
  }

  end() {
    this.#ended = true;
    this.#outgoing.end();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#drop();
  }

  #make() {
    const connection = (this.#connection = this.#parts.connect());
    const current = (act) => (event) => connection === this.#connection && !this.#ended && act(event);
    connection.addEventListener('negotiationneeded', current(() => this.#offer()));
    connection.addEventListener('icecandidate', current(({ candidate }) => this.#found(candidate)));
    connection.addEventListener('connectionstatechange', current(() => this.#moved()));
  }

  #drop() {
    this.#channel = null;
    this.tracks = {};
    this.#connection?.close();
  }

  #remake() {
    this.#drop();
    this.#make();
  }

  /** The places and the channel of an offer. */
  #prepare() {
    clearTimeout(this.#timers.offer);
    this.#listen();
    const media = this.#parts.media();
    for (const [name, kind] of Object.entries(PLACES)) this.#connection.addTransceiver(media[name] ?? kind, { direction: 'sendrecv' });
    this.#timers.answer = later(() => this.#offerAgain(), ANSWER_WITHIN);
  }

  /** No offer came: the other page may be one that waits, too. */
  #offerAfterAll() {
    if (!this.#connection.remoteDescription) this.#prepare();
  }

  /** The offer or its answer may have been lost. */
  #offerAgain() {
    if (this.#connection.signalingState === 'have-local-offer') this.#describe();
  }

  #listen() {
    if (this.#channel) return;
    const channel = (this.#channel = this.#connection.createDataChannel('shown', { negotiated: true, id: 0 }));
    channel.addEventListener('open', () => this.tell());
    channel.addEventListener('message', ({ data }) => this.#told(data));
  }

  #told(text) {
    const shown = shownOf(text);
    if (!shown) return;
    this.shown = shown;
    this.#parts.changed();
  }

  async #offer() {
    const connection = this.#connection;
    try {
      this.#making = true;
      await connection.setLocalDescription();
      if (connection === this.#connection) this.#describe();
    } catch {
      // An offer of the other came in between, or the connection was closed.
    } finally {
      if (connection === this.#connection) this.#making = false;
    }
  }

  #describe() {
    this.#outgoing.put(signalOf(this.#connection.localDescription));
  }

  #found(candidate) {
    // The last candidate of a section is an empty one, which other browsers don't need: null says that all were found.
    if (candidate?.candidate === '') return;
    this.#outgoing.put({ candidate: candidate?.toJSON?.() ?? candidate });
  }

  async #take(data) {
    if (this.#ended || data === null || typeof data !== 'object') return;
    if (data.description) await this.#described(data.description);
    else if ('candidate' in data) await this.#candidate(data.candidate);
  }

  async #described(description) {
    const collides = description.type === 'offer' && (this.#making || this.#connection.signalingState !== 'stable');
    this.#ignores = !this.#polite && collides;
    if (this.#ignores) return;
    // Before anything was agreed on, another connection is simpler than one whose offer is taken back: that would keep its places.
    if (collides && !this.#connection.remoteDescription) this.#remake();
    this.#making = false;
    const connection = this.#connection;
    clearTimeout(this.#timers.offer);
    await connection.setRemoteDescription(description);
    if (description.type === 'offer') {
      this.#listen();
      await this.#fill();
      await connection.setLocalDescription();
      this.#describe();
    } else clearTimeout(this.#timers.answer);
    this.#follow();
  }

  async #candidate(candidate) {
    try {
      await this.#connection.addIceCandidate(candidate ?? undefined);
    } catch (problem) {
      // Those of an offer that was ignored belong to nothing.
      if (!this.#ignores) throw problem;
    }
  }

  /** Puts one's own media into the places of an offer. */
  async #fill() {
    const media = this.#parts.media();
    for (const [name, transceiver] of Object.entries(placesOf(this.#connection))) {
      if (transceiver.direction !== 'sendrecv') transceiver.direction = 'sendrecv';
      await transceiver.sender.replaceTrack(media[name] ?? null);
    }
  }

  /** Follows the media of the other. */
  #follow() {
    for (const [name, { receiver }] of Object.entries(placesOf(this.#connection))) {
      if (this.tracks[name] === receiver.track) continue;
      this.tracks[name] = receiver.track;
      for (const event of ['mute', 'unmute', 'ended']) receiver.track.addEventListener(event, () => this.#parts.changed());
    }
    this.#parts.changed();
  }

  #moved() {
    const state = this.#connection.connectionState;
    if (state === 'connected') this.#arrived();
    else if (state === 'disconnected') this.#interrupted(RECOVERS_WITHIN);
    else if (state === 'failed') this.#interrupted(0);
  }

  #arrived() {
    clearTimeout(this.#timers.connect);
    clearTimeout(this.#timers.restart);
    clearTimeout(this.#timers.answer);
    this.#owed = false;
    this.#timers.good = later(() => (this.#restarts = 0), GOOD_AFTER);
    this.#becomes('connected');
  }

  #interrupted(wait) {
    clearTimeout(this.#timers.good);
    if (this.phase === 'failed') return;
    if (this.phase === 'connected') this.#becomes('reconnecting');
    if (this.#restarts >= MOST_RESTARTS) return this.#fails('unreachable');
    const pause = this.#restarts ? RESTART_PAUSE * 2 ** (this.#restarts - 1) : 0;
    const due = Math.max(wait, this.#restartedAt + pause - elapsed()) + (this.#polite ? POLITE_LATER : 0);
    clearTimeout(this.#timers.restart);
    this.#timers.restart = later(() => this.#restart(), due);
  }

  /** Looks for another path. Without signals that is no use, so it waits for them. */
  #restart() {
    clearTimeout(this.#timers.restart);
    this.#owed = !this.#signalling;
    if (this.#owed || this.#ended || this.#connection.connectionState === 'connected') return;
    this.#restarts++;
    this.#restartedAt = elapsed();
    this.#connection.restartIce();
    // The answer to the last offer may have been lost. Without it, there is no other offer.
    this.#offerAgain();
    // A restart that changes nothing makes no event.
    this.#interruptedAgain();
  }

  #interruptedAgain() {
    const pause = RESTART_PAUSE * 2 ** (this.#restarts - 1);
    this.#timers.restart = later(() => this.#connection.connectionState !== 'connected' && this.#interrupted(0), pause);
  }

  #await() {
    clearTimeout(this.#timers.connect);
    this.#timers.connect = later(() => this.#late(), CONNECT_WITHIN);
  }

  #late() {
    if (this.phase === 'connecting') this.#fails(this.#connection.remoteDescription ? 'unreachable' : 'silent');
  }

  /** Signals were dropped. Those to a person who has just left are no failure. */
  #dropped(code) {
    if (code === 'too_large') this.#fails('signals');
    else if (code === 'full') this.#interrupted(RECOVERS_WITHIN);
  }

  /** @param {Reason} reason */
  #fails(reason) {
    clearTimeout(this.#timers.restart);
    this.#becomes('failed', reason);
  }

  /**
   * @param {Phase} phase
   * @param {Reason | null} [reason]
   */
  #becomes(phase, reason = null) {
    if (this.phase === phase && this.reason === reason) return;
    this.phase = phase;
    this.reason = reason;
    this.#parts.changed();
  }
}

/**
 * A description that is sent again has the candidates that were found. They went by themselves before, so they are left out if the
 * description would be too large with them.
 *
 * @param {{ type: string, sdp: string }} description
 */
export function signalOf({ type, sdp }) {
  const whole = { description: { type, sdp } };
  return fits(whole) ? whole : { description: { type, sdp: sdp.replace(/^a=candidate:.*\r?\n/gm, '') } };
}

/** The first place for audio is the microphone; those for video are the camera and the screen. */
function placesOf(connection) {
  const all = connection.getTransceivers().filter(({ direction, currentDirection }) => direction !== 'stopped' && currentDirection !== 'stopped');
  const of = (kind) => all.filter(({ receiver }) => receiver.track.kind === kind);
  const [[microphone], [camera, screen]] = [of('audio'), of('video')];
  return Object.fromEntries(Object.entries({ microphone, camera, screen }).filter(([, transceiver]) => transceiver));
}

/** What another client sent, which may be anything. @returns {Shown | null} */
function shownOf(text) {
  if (typeof text !== 'string' || text.length > MOST_SHOWN) return null;
  try {
    const { muted, camera, screen, hand } = JSON.parse(text);
    return { muted: muted === true, camera: camera === true, screen: screen === true, hand: hand === true };
  } catch {
    return null;
  }
}

/** @returns {any} */
function later(act, milliseconds) {
  return setTimeout(act, milliseconds);
}
