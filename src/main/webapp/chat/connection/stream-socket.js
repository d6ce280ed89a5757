/**
 * What looks like a WebSocket to a Connection, over HTTP: frames arrive as server-sent events, commands go out as POSTs. For networks that
 * let no WebSocket through. If not even the first event arrives in time, a proxy holds responses back until they end: then it asks with long
 * polls.
 *
 * It knows the position of every subscribed room. A response that ends or is replaced is followed by one from these positions, and an event
 * that was seen is dropped, so a Connection sees each event once and in order, like on one socket. Commands go one after the other, as they
 * would on a socket; a post that is sent twice has one key.
 */
import { EventReader } from './event-source.js';

/** A proxy that lets events through has let the first one through by then. */
export const FIRST_EVENT_WITHIN = 4_000;
/** The server sends a comment every 15 s. */
export const SILENCE = 35_000;
/** Seconds that a long poll waits. */
const WAIT = 25;
const POLL_WITHIN = 40_000;
const COMMAND_WITHIN = 10_000;
const REPLIES_WITHIN = 10_000;
/** Changes that come together need one new response. */
const TOGETHER = 20;
/** A response that ends sooner, by itself, is a failure: asking again at once would flood the server. */
const SHORTEST = 2_000;
const RESTART = 1012;
const SIGNED_OUT = 4001;
const LOST = 1006;
/** Events of a room that concern its subscribers only. Events of the log have a time too. */
const OF_ROOM = new Set(['typing', 'presence', 'unsubscribed']);

export class StreamSocket extends EventTarget {
  #api;
  #token;
  #closed = false;
  #polling;
  #greeted = false;
  /** The positions of the subscribed rooms. @type {Map<string, { epoch: string, offset: number }>} */
  #rooms = new Map();
  /** Commands that the next response replies to. @type {{ id: number, room: string, fields: object }[]} */
  #subscribing = [];
  /** The id of `watch` until its reply. @type {number | null} */
  #watchAsked = null;
  #watching = false;
  /** The rooms of the last reply to `watch`, as JSON. @type {Map<string, string>} */
  #watched = new Map();
  /** The largest id of a notification so far: two responses may overlap. */
  #notified = 0;
  /** The response that is read, and the one that takes its place once its replies are there. @type {Answer | null} */
  #current = null;
  /** @type {Answer | null} */
  #next = null;
  #timer = 0;
  /** @type {Promise<void>} */
  #commands = Promise.resolve();
  /** Delivers each frame as a task of its own, as a browser does for a socket: what waits for a reply goes on before the next frame. */
  #tasks = new MessageChannel();

  /**
   * @param {{ api: URL | string, token: string, polling?: boolean }} options `polling`: an earlier attempt found that responses are held back
   */
  constructor({ api, token, polling = false }) {
    super();
    this.#api = api;
    this.#token = token;
    this.#polling = polling;
    this.#tasks.port1.onmessage = ({ data }) => this.#closed || this.dispatchEvent(new MessageEvent('message', { data }));
    this.#ask();
  }

  /** Whether it asks with long polls. */
  get polling() {
    return this.#polling;
  }

  /** @param {string} frame */
  send(frame) {
    const { id, type, ...fields } = JSON.parse(frame);
    if (type === 'subscribe') this.#change(() => this.#subscribing.push({ id, room: fields.room, fields }));
    else if (type === 'watch') this.#change(() => (this.#watchAsked = id));
    else if (type === 'unsubscribe') this.#unsubscribe(id, fields.room);
    else if (type === 'unwatch') this.#unwatch(id);
    else if (type === 'auth.refresh') this.#refuse(id, { code: 'forbidden', message: 'Open a new connection with this token', temporary: false });
    else if (type !== 'typing') this.#commands = this.#commands.then(() => this.#post(id, frame));
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#current?.abort();
    this.#next?.abort();
    this.#tasks.port1.close();
  }

  #change(change) {
    change();
    this.#askSoon();
  }

  #unsubscribe(id, room) {
    this.#rooms.delete(room);
    this.#subscribing = this.#subscribing.filter((one) => one.room !== room);
    this.#reply(id, {});
  }

  #unwatch(id) {
    this.#watching = false;
    this.#watched.clear();
    this.#reply(id, {});
  }

  #askSoon() {
    clearTimeout(this.#timer);
    this.#timer = /** @type {any} */ (setTimeout(() => this.#ask(), TOGETHER));
  }

  /** Asks for a response with everything that is wanted now. The one before is read until the replies are there. */
  #ask() {
    if (this.#closed) return;
    // One after the other: a change that comes meanwhile is asked for when the replies are there. A poll that waits has asked for nothing new.
    if (this.#next && !this.#next.waits) return;
    this.#next?.abort();
    const places = [...[...this.#rooms].map(([room, since]) => ({ room, fields: { room, since: { ...since } } })), ...this.#subscribing];
    const watch = this.#watching || this.#watchAsked !== null;
    const waits = this.#greeted && !this.#subscribing.length && this.#watchAsked === null;
    const body = {
      ...(watch && { watch }),
      ...(places.length && { subscribe: places.map(({ fields }) => fields) }),
      ...(this.#polling && { wait: waits ? WAIT : 0 }),
    };
    this.#subscribing = [];
    const answer = new Answer({ places, watchId: this.#watchAsked, left: places.length + (watch ? 1 : 0), polling: this.#polling, waits: this.#polling && waits });
    this.#watchAsked = null;
    this.#watching = watch;
    this.#next = answer;
    this.#read(answer, body);
  }

  /** @param {Answer} answer */
  async #read(answer, body) {
    // While another response flows, a late one means a slow server.
    const patience = this.#current ? REPLIES_WITHIN : FIRST_EVENT_WITHIN;
    answer.expect(this.#polling ? POLL_WITHIN : patience, () => this.#late(answer));
    try {
      const response = await fetch(new URL('stream', this.#api), this.#request(JSON.stringify(body), answer.signal));
      if (!response.ok || !response.body) return this.#refusedWith(answer, response);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const events = new EventReader();
      for (let piece = await reader.read(); !piece.done && !answer.over; piece = await reader.read()) {
        if (!this.#polling) answer.expect(SILENCE, () => this.#silent(answer));
        for (const { event, data } of events.read(piece.value)) this.#received(answer, event, data);
      }
    } catch {
      // The network, a proxy, or this page ended it.
    }
    this.#ended(answer);
  }

  #request(body, signal) {
    return {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.#token}`, 'Content-Type': 'application/json' },
      body,
      signal,
      credentials: /** @type {'omit'} */ ('omit'),
      cache: /** @type {'no-store'} */ ('no-store'),
    };
  }

  /** The first event is late: a proxy holds the response back. The same is asked again with long polls. */
  #late(answer) {
    if (answer.polling || this.#current) return this.#lose();
    this.#polling = true;
    this.#wantAgain(answer);
    answer.abort();
    this.#next = null;
    this.#ask();
  }

  /** Nothing came for too long: the connection broke, or a proxy holds back what follows the first bytes. */
  #silent(answer) {
    if (answer.over) return;
    this.#polling = true;
    this.#lose();
  }

  /** What the response was asked for, and has not replied to, is still wanted. */
  #wantAgain(answer) {
    this.#subscribing.push(...answer.places.filter(({ id, done }) => id !== undefined && !done));
    if (!answer.watchReplied && answer.watchId !== null) this.#watchAsked = answer.watchId;
  }

  #received(answer, event, data) {
    if (answer.over || this.#closed) return;
    const frame = JSON.parse(data);
    if (event === 'close') return this.#end(frame.code, frame.reason);
    if ('re' in frame) this.#replied(answer, frame);
    else if (frame.type === 'hello') this.#hello(answer, data);
    else this.#happened(frame, data);
  }

  #hello(answer, data) {
    if (!this.#greeted) this.#pass(data);
    this.#greeted = true;
    if (answer.left === 0) this.#replaces(answer);
  }

  #replied(answer, { re, ok, error }) {
    const place = answer.places[re - 1];
    if (place) this.#subscribed(place, ok, error);
    else this.#watchReplied(answer, ok, error);
    if (place) place.done = true;
    answer.left--;
    if (answer.left === 0) this.#replaces(answer);
  }

  #subscribed({ id, room, fields }, ok, error) {
    if (ok && (id !== undefined || this.#rooms.has(room))) {
      const offset = ok.recovered ? fields.since.offset : ok.offset;
      // Events that came over the response before count too.
      const known = this.#rooms.get(room);
      const seen = known && known.epoch === ok.epoch && id === undefined ? known.offset : 0;
      this.#rooms.set(room, { epoch: ok.epoch, offset: Math.max(offset, seen) });
    }
    if (id !== undefined) return error ? this.#refuse(id, error) : this.#reply(id, ok);
    if (!this.#rooms.has(room) || ok?.recovered) return;
    this.#rooms.delete(room);
    // The session resumes, or learns that it may not read the room any longer.
    this.#pass(JSON.stringify({ type: 'unsubscribed', room, code: error?.code ?? 'gone', resubscribe: error?.temporary ?? true }));
  }

  #watchReplied(answer, ok, error) {
    answer.watchReplied = true;
    if (error) this.#watching = false;
    const before = this.#watched;
    if (ok) this.#watched = new Map(ok.rooms.map((room) => [room.id, JSON.stringify(room)]));
    if (answer.watchId !== null) return error ? this.#refuse(answer.watchId, error) : this.#reply(answer.watchId, ok);
    // A further response: what changed since the one before reads like events.
    for (const room of ok?.rooms ?? []) if (before.get(room.id) !== this.#watched.get(room.id)) this.#pass(JSON.stringify({ type: 'room.added', room }));
    // Beyond the first page, a room may only have moved.
    if (ok && !ok.more) for (const id of before.keys()) if (!this.#watched.has(id)) this.#pass(JSON.stringify({ type: 'room.removed', room: id }));
  }

  /** All replies are there: the response before has nothing more to say. */
  #replaces(answer) {
    if (answer !== this.#next) return;
    this.#current?.abort();
    this.#current = answer;
    this.#next = null;
    if (this.#subscribing.length || this.#watchAsked !== null) this.#askSoon();
  }

  #happened(frame, data) {
    const { type, room, offset, at, id } = frame;
    if (at !== undefined && offset !== undefined && typeof room === 'string') {
      const position = this.#rooms.get(room);
      if (!position || offset <= position.offset) return;
      position.offset = offset;
    } else if (OF_ROOM.has(type) && !this.#rooms.has(room)) {
      return;
    }
    if (type === 'unsubscribed') this.#rooms.delete(room);
    if (type === 'notified') {
      if (id <= this.#notified) return;
      this.#notified = id;
    }
    this.#pass(data);
  }

  /** The response has ended without saying why: the poll is over, or a proxy cut it. */
  #ended(answer) {
    answer.end();
    if (this.#closed || (answer !== this.#current && answer !== this.#next)) return;
    if (answer === this.#current) this.#current = null;
    if (answer === this.#next) {
      this.#next = null;
      return this.#lose();
    }
    if (!answer.polling && answer.age() < SHORTEST) return this.#lose();
    this.#ask();
  }

  async #refusedWith(answer, response) {
    if (this.#closed || answer.over) return;
    const { after } = await response.json().then(({ retryAfter }) => ({ after: retryAfter }), () => ({ after: undefined }));
    if (response.status === 401) return this.#end(SIGNED_OUT, '');
    if (after !== undefined) return this.#end(RESTART, JSON.stringify({ after }));
    this.#lose();
  }

  async #post(id, frame) {
    if (this.#closed) return;
    try {
      const response = await fetch(new URL('commands', this.#api), this.#request(frame, AbortSignal.timeout(COMMAND_WITHIN)));
      if (this.#closed) return;
      if (response.status === 401) return this.#end(SIGNED_OUT, '');
      const text = await response.text();
      if (response.status === 200) return this.#pass(text);
      const { code = 'internal', detail = '', temporary = response.status >= 500, retryAfter } = response.ok ? {} : JSON.parse(text);
      if (!response.ok) this.#refuse(id, { code, message: detail, temporary, retryAfter });
    } catch {
      // It may have been carried out: who posts again uses the same key.
      this.#refuse(id, { code: 'unavailable', message: "Can't reach the server", temporary: true });
    }
  }

  #reply(id, ok) {
    this.#pass(JSON.stringify({ re: id, ok }));
  }

  #refuse(id, error) {
    if (id !== undefined) this.#pass(JSON.stringify({ re: id, error }));
  }

  #pass(data) {
    if (!this.#closed) this.#tasks.port2.postMessage(data);
  }

  #lose() {
    this.#end(LOST, '');
  }

  #end(code, reason) {
    if (this.#closed) return;
    this.close();
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
  }
}

/** One response: what it was asked for, and how far its replies have come. */
class Answer {
  over = false;
  watchReplied = false;
  #ending = new AbortController();
  #timer = 0;
  #began = performance.now();

  constructor({ places, watchId, left, polling, waits }) {
    /** The subscriptions by their places; those with an `id` are commands. @type {{ id?: number, room: string, fields: any, done?: boolean }[]} */
    this.places = places;
    /** @type {number | null} */
    this.watchId = watchId;
    /** The replies that have not come yet. */
    this.left = left;
    this.polling = polling;
    /** A long poll from known positions. */
    this.waits = waits;
  }

  get signal() {
    return this.#ending.signal;
  }

  /** Milliseconds since it was asked for. */
  age() {
    return performance.now() - this.#began;
  }

  /** Calls `late` if nothing else is expected within this time. */
  expect(within, late) {
    clearTimeout(this.#timer);
    if (!this.over) this.#timer = /** @type {any} */ (setTimeout(late, within));
  }

  end() {
    this.over = true;
    clearTimeout(this.#timer);
  }

  abort() {
    this.end();
    this.#ending.abort();
  }
}
