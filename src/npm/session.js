/** The public face of a session. It hides the client's own state and keeps the same objects as long as nothing changes. */
import { Session as Core } from '../main/webapp/chat/session.js';
import { parameters } from '../main/webapp/chat/search/query.js';
import { initial } from '../main/webapp/chat/store.js';
import { address, upload } from './files.js';
import { roomOf, stateOf } from './model.js';

/**
 * @typedef {import('./types.js').SessionEvents} SessionEvents
 * @typedef {import('./types.js').ParleyState} ParleyState
 * @typedef {import('./types.js').RoomState} RoomState
 */

/**
 * One person's chat: connects, reconnects and resumes, keeps unsent messages, and holds the state that `state` and `room()` show. It needs no
 * page. Create one for each person, and stop it when it is no longer needed.
 */
export class Session {
  #server;
  #token;
  #WebSocket;
  /** @type {Core | null} */
  #core = null;
  /** What is shown without a core. @type {import('../main/webapp/chat/types.d.ts').State} */
  #last = initial;
  /** @type {string | null} */
  #user = null;
  #outside = false;
  /** Ends the person's uploads. */
  #uploads = new AbortController();
  /** How often each room was entered, and what leaves it in the current connection. @type {Map<string, { count: number, leave: () => void }>} */
  #entered = new Map();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Map<string, Set<(detail: any) => void>>} */
  #ears = new Map();
  #shown = { of: this.#last, state: stateOf(initial) };
  /** @type {Map<string, { room: any, unsent: any[], shown: RoomState }>} */
  #rooms = new Map();

  /**
   * Connects to nothing yet: see `start`.
   *
   * @param {import('./types.js').SessionOptions} options
   */
  constructor({ server, token, WebSocket }) {
    if (typeof token !== 'function') throw new TypeError('token must be an async function that resolves to a JWT or to null.');
    const address = new URL(server);
    if (!address.pathname.endsWith('/')) address.pathname += '/';
    this.#server = address.href;
    this.#token = token;
    this.#WebSocket = WebSocket;
  }

  /**
   * What is known now. The same object until something changes.
   *
   * @returns {ParleyState}
   */
  get state() {
    const state = this.#core?.state ?? this.#last;
    if (this.#shown.of !== state) this.#shown = { of: state, state: stateOf(state) };
    return this.#shown.state;
  }

  /**
   * A room that was entered. The same object until something in it changes.
   *
   * @param {string} id
   * @returns {RoomState}
   */
  room(id) {
    const core = this.#outside ? null : this.#core;
    const room = core?.state.rooms.get(id);
    const unsent = core?.unsent.filter((entry) => entry.room === id && entry.state !== 'discarded') ?? [];
    const known = this.#rooms.get(id);
    if (known && known.room === room && same(known.unsent, unsent)) return known.shown;
    const shown = roomOf(id, room, unsent);
    this.#rooms.set(id, { room, unsent, shown });
    return shown;
  }

  /**
   * Counters and times of the session.
   *
   * @returns {import('./types.js').SessionStats}
   */
  get stats() {
    return this.#core?.stats ?? none;
  }

  /**
   * Calls `listener()` after each change of `state` or of a room. Returns a function that removes the listener.
   *
   * @param {() => void} listener
   * @returns {() => void}
   */
  subscribe(listener) {
    const own = () => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /**
   * Calls `listener(detail)` at each event of this type. Returns a function that removes the listener.
   *
   * @template {keyof SessionEvents} T
   * @param {T} type
   * @param {(detail: SessionEvents[T]) => void} listener
   * @returns {() => void}
   */
  on(type, listener) {
    const ears = this.#ears.get(type) ?? new Set();
    const own = (/** @type {any} */ detail) => listener(detail);
    this.#ears.set(type, ears.add(own));
    return () => void ears.delete(own);
  }

  /** Connects, and stays connected until `stop`. Starting again after a sign-out asks for a token again. */
  start() {
    if (this.#core) return this.#core.reconnect();
    this.#outside = false;
    const core = new Core({
      server: this.#server,
      provider: this.#token,
      tokens: { failed: (failure) => this.#tell('token', failure) },
      user: this.#user,
      WebSocket: this.#WebSocket,
      onChange: () => core === this.#core && this.#changed(core),
      onOther: () => core === this.#core && this.#other(),
      onStats: () => core === this.#core && this.#tell('stats', core.stats),
      onNotice: (event) => event.type === 'notified' && this.#tell('notified', event),
    });
    this.#core = core;
    for (const [id, entered] of this.#entered) entered.leave = core.hold(id);
    core.start();
  }

  /** Disconnects and ends uploads. Unsent messages stay where the platform stores them, and are sent after the next `start`. */
  stop() {
    const core = this.#core;
    if (!core) return;
    this.#end({ phase: 'stopped' });
    core.stop();
    this.#say();
  }

  /** Disconnects and deletes everything of the person, unsent messages included. */
  signOut() {
    this.#core?.forget();
    this.#user = null;
    this.stop();
  }

  /**
   * Subscribes to a room: its messages and events come until the returned function is called. A room that was entered several times stays
   * subscribed until the last of these functions is called. It needs no membership where the person may read the room.
   *
   * @param {string} id
   * @returns {() => void}
   */
  enter(id) {
    const entered = this.#entered.get(id) ?? { count: 0, leave: () => {} };
    this.#entered.set(id, entered);
    if (entered.count++ === 0 && this.#core) entered.leave = this.#core.hold(id);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      if (--entered.count > 0) return;
      this.#entered.delete(id);
      this.#rooms.delete(id);
      entered.leave();
    };
  }

  /**
   * Posts a message exactly once, even if the connection is lost or the page is reloaded. Returns null if 200 messages wait, or before the
   * server has confirmed the person.
   *
   * @param {string} room
   * @param {string} text
   * @param {import('./types.js').PostOptions} [options]
   * @returns {import('./types.js').UnsentMessage | null}
   */
  post(room, text, options) {
    return /** @type {any} */ (this.#core?.post(room, text, options) ?? null);
  }

  /** Sends a failed message again. @param {string} key */
  retry(key) {
    this.#core?.retry(key);
  }

  /** Drops a message that was not sent. @param {string} key */
  discard(key) {
    this.#core?.discard(key);
  }

  /**
   * Edits one's own message.
   *
   * @param {string} room
   * @param {number} message its offset
   * @param {string} text
   * @param {string[]} [mentions] ids of all users whom the new text mentions
   */
  async edit(room, message, text, mentions) {
    await this.request('message.edit', { room, message, text, mentions });
  }

  /**
   * Deletes a message for everyone.
   *
   * @param {string} room
   * @param {number} message its offset
   */
  async delete(room, message) {
    await this.request('message.delete', { room, message });
  }

  /**
   * Adds a reaction, or takes it back.
   *
   * @param {string} room
   * @param {number} message its offset
   * @param {string} emoji
   * @param {boolean} [on]
   */
  async react(room, message, emoji, on = true) {
    await this.request(on ? 'reaction.add' : 'reaction.remove', { room, message, emoji });
  }

  /**
   * Pins a message, or unpins it.
   *
   * @param {string} room
   * @param {number} message its offset
   * @param {boolean} [on]
   */
  async pin(room, message, on = true) {
    await this.request(on ? 'message.pin' : 'message.unpin', { room, message });
  }

  /**
   * The person types, or stopped. Call it for each key: at most one frame in 3 s is sent.
   *
   * @param {string} room
   * @param {boolean} [on]
   */
  typing(room, on = true) {
    this.#core?.typing(on, room);
  }

  /**
   * The person has read the room up to this message. The marker never moves back.
   *
   * @param {string} room
   * @param {number} offset
   */
  read(room, offset) {
    this.#core?.rooms.read(room, offset);
  }

  /** Loads the page of messages before the first one. @param {string} room */
  async earlier(room) {
    const known = this.#core?.state.rooms.get(room);
    if (known) await this.#core?.acts.earlier(known);
  }

  /** Becomes a member. @param {string} room */
  async join(room) {
    await this.#connected().join(room);
  }

  /** Ends the membership. @param {string} room */
  async leave(room) {
    await this.#connected().leave(room);
  }

  /**
   * The members of a room, up to 1,000.
   *
   * @param {string} room
   * @returns {Promise<import('./types.js').Member[]>}
   */
  async members(room) {
    await this.#connected().members(room);
    return this.#connected().state.rooms.get(room)?.members ?? [];
  }

  /**
   * Creates a room. Resolves to its id.
   *
   * @param {{ id?: string, name: string, kind?: 'public' | 'private', topic?: string }} room
   * @returns {Promise<string>}
   */
  async createRoom(room) {
    return this.#connected().makeRoom(room);
  }

  /**
   * The direct room of the person and 1 to 8 others; it is made if there is none. Resolves to its id.
   *
   * @param {string[]} users their ids
   * @returns {Promise<string>}
   */
  async direct(users) {
    return this.#connected().people.direct(users.map((id) => ({ id })));
  }

  /**
   * People of the directory whose name or id begins with the text.
   *
   * @param {string} text
   * @param {{ limit?: number }} [options]
   * @returns {Promise<import('./types.js').Person[]>}
   */
  async people(text, options) {
    return this.#connected().people.find(text, options);
  }

  /**
   * Uploads a file into a room, for a message of the person there: `post(room, text, { files: [await upload(room, file)] })`. A lost
   * connection doesn't end it. Rejects with a Problem if the server refuses the file, and with the signal's reason once it is aborted;
   * `stop` and `signOut` abort it too. The server deletes a file that no message carries after a day.
   *
   * @param {string} room
   * @param {Blob} file
   * @param {import('./types.js').UploadOptions} [options]
   * @returns {Promise<import('./types.js').AttachedFile>}
   */
  async upload(room, file, options = {}) {
    const signals = [this.#uploads.signal, ...(options.signal ? [options.signal] : [])];
    return upload(this.#connected().files, room, file, { ...options, signal: AbortSignal.any(signals) });
  }

  /**
   * The address of a file, for a minute: people who have it can read the file without a token. For links, pictures and players.
   *
   * @param {string} id
   * @returns {Promise<string>}
   */
  async fileUrl(id) {
    return address(this.#connected().files, id);
  }

  /**
   * The address of a picture's thumbnail, for a minute.
   *
   * @param {string} id
   * @returns {Promise<string>}
   */
  async thumbnailUrl(id) {
    return address(this.#connected().files, id, true);
  }

  /**
   * Messages of the rooms that the person may read. The text has words, "phrases", `-without`, `prefix*`, and operators such as
   * `from:bob`; without a text an option is needed.
   *
   * @param {string} text at most 500 characters
   * @param {import('./types.js').SearchOptions} [options]
   * @returns {Promise<import('./types.js').SearchPage>}
   */
  async search(text, { by, sort, limit, cursor, ...filters } = {}) {
    const asked = parameters(text, { ...filters, byTime: sort === 'time', ...(by && { by: { id: by } }) });
    return this.#connected().search({ ...asked, ...(limit && { limit: String(limit) }), ...(cursor && { cursor }) });
  }

  /**
   * Sends any command of the protocol. Resolves to the reply's `ok`, or rejects with a Problem.
   *
   * @param {string} type
   * @param {object} [fields]
   * @returns {Promise<any>}
   */
  async request(type, fields) {
    return this.#connected().request(type, fields);
  }

  /** Measures a round trip. Resolves to milliseconds. @returns {Promise<number>} */
  async ping() {
    return this.#connected().ping();
  }

  #connected() {
    if (!this.#core) throw new Error('The session has not started.');
    return this.#core;
  }

  #changed(/** @type {Core} */ core) {
    const { user, connection } = core.state;
    if (user) this.#user = user.id;
    const before = this.#outside;
    this.#outside = connection.phase === 'signed-out';
    if (this.#outside && connection.by === 'portal') this.#erased(core, connection);
    this.#say();
    if (this.#outside && !before) this.#tell('signed-out', { by: connection.by });
  }

  /** The portal has no token: nothing of the person stays. The next `start` begins with another core. */
  #erased(/** @type {Core} */ core, /** @type {import('../main/webapp/chat/types.d.ts').ConnectionState} */ connection) {
    this.#end(connection);
    core.forget();
    this.#user = null;
  }

  /** From here on the core's changes concern nobody. */
  #end(/** @type {import('../main/webapp/chat/types.d.ts').ConnectionState} */ connection) {
    this.#core = null;
    this.#uploads.abort();
    this.#uploads = new AbortController();
    this.#last = { ...initial, connection };
    this.#rooms.clear();
  }

  /** The token belongs to another person: the previous one left without signing out. */
  #other() {
    this.signOut();
    this.start();
  }

  #say() {
    for (const listener of [...this.#listeners]) listener();
  }

  #tell(/** @type {keyof SessionEvents} */ type, /** @type {any} */ detail) {
    for (const listener of [...(this.#ears.get(type) ?? [])]) listener(detail);
  }
}

function same(/** @type {any[]} */ one, /** @type {any[]} */ other) {
  return one.length === other.length && one.every((entry, at) => entry === other[at]);
}

/** @type {import('./types.js').SessionStats} */
const none = Object.freeze({
  transport: null,
  connectedAt: null,
  sent: 0,
  received: 0,
  errors: 0,
  reconnections: 0,
  resumes: 0,
  lastSentAt: null,
  lastReceivedAt: null,
  roundTrips: [],
  clockOffset: 0,
  unsent: 0,
});
