/**
 * The connection to the server: hello, commands with ids and their replies, heartbeat, reconnecting. It doesn't know rooms. It is a WebSocket,
 * or, where handshakes fail although the server answers over HTTP, a StreamSocket; then it tries a WebSocket again every minute.
 * It needs no page: without `WebSocket`, as in Node 20, it is a StreamSocket from the start.
 * It never keeps a token or puts one in a URL: it asks for one before each connect.
 *
 * Phases: `connecting`, `connected`, `waiting` (next attempt at `until`, `trouble` is `token` if the portal gave none), `offline` (the
 * browser has no network), `signed-out` (`by` the `portal` or the `server`), `stopped`.
 */
import { delay, sleep } from './backoff.js';
import { AFTER, AT_ONCE, SIGN_IN, STOP, afterClose, blamesAFrame } from './close-code.js';
import { elapsed } from './clock.js';
import { Stats } from './connection/stats.js';
import { Heartbeat } from './heartbeat.js';
import { Problem } from './problem.js';
import { Refreshing } from './token/refreshing.js';

const PROTOCOL = 'parley.v1';
const REPLY_WITHIN = 10_000;
/** A command that waits this long makes the client probe the connection. */
const PROBE_AFTER = 3_000;
const HELLO_WITHIN = 10_000;
/** A connection that lasted this long resets the backoff. */
const GOOD_AFTER = 10_000;
const MOST_WAITING = 512;
/** So many handshakes in a row without a hello, while the server answers over HTTP: something on the way lets no WebSocket through. */
export const FALLBACK_AFTER = 2;
/** How often a connection over HTTP tries a WebSocket. */
export const UPGRADE_EVERY = 60_000;
/** A switch waits for the replies to commands on their way, this often and this long each time. */
const REPLY_CHECKS = 50;
const REPLY_CHECK = 100;
const LOST = 1006;

/** @typedef {import('./connection/stream-socket.js').StreamSocket} StreamSocket */

export class Connection {
  #url;
  #api;
  #token;
  #refused;
  #onEvent;
  #onPhase;
  #WebSocket;
  #stats;
  /** @type {WebSocket | StreamSocket | null} */
  #socket = null;
  /** Handshakes in a row that failed while the server answered over HTTP. */
  #failed = 0;
  /** Whether a proxy holds responses back. */
  #polling = false;
  #upgrading = 0;
  /** @type {Heartbeat | null} */
  #heartbeat = null;
  /** @type {Refreshing | null} */
  #refreshing = null;
  /** @type {Map<number, { resolve: (ok: any) => void, reject: (problem: Problem) => void, timer: ReturnType<typeof setTimeout>, size: number }>} */
  #waiting = new Map();
  #lastId = 0;
  #attempt = 0;
  #dials = 0;
  #retry = 0;
  #good = 0;
  #running = false;
  #connected = false;
  #online = () => this.check();
  #offline = () => this.#networkGone();

  /**
   * `token()` resolves to a JWT, or to null when nobody is signed in. `refused(token)` resolves to whether the server refuses that
   * token, or to null if the server didn't answer: browsers hide the status of a failed handshake, so it has to be asked another way.
   * `api` is the address of the HTTP interface; without it, there is no fallback. `WebSocket` is the class to use; default: the platform's. `stats` counts.
   *
   * @param {{
   *   url: string,
   *   api?: URL | string,
   *   token: import('./types.d.ts').TokenProvider,
   *   refused: (token?: string) => Promise<boolean | null>,
   *   WebSocket?: typeof globalThis.WebSocket,
   *   stats?: Stats,
   *   onEvent: (frame: any) => void,
   *   onPhase: (connection: import('./types.d.ts').ConnectionState) => void,
   * }} options
   */
  constructor({ url, api, token, refused, WebSocket = globalThis.WebSocket, stats = new Stats(), onEvent, onPhase }) {
    this.#url = url;
    this.#api = api;
    this.#token = token;
    this.#refused = refused;
    this.#onEvent = onEvent;
    this.#onPhase = onPhase;
    this.#WebSocket = WebSocket;
    this.#stats = stats;
  }

  get connected() {
    return this.#connected;
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#attempt = 0;
    for (const [type, listener] of this.#listeners()) globalThis.addEventListener?.(type, listener);
    this.#dial();
  }

  /** @returns {[string, () => void][]} */
  #listeners() {
    return [['online', this.#online], ['pageshow', this.#online], ['offline', this.#offline]];
  }

  stop() {
    this.#end('stopped');
  }

  /** Reconnects now instead of waiting. No effect while connected or connecting. */
  reconnect() {
    if (this.#running && this.#retry) this.#dial();
  }

  /** The page came to the front, or the network back: the connection may have ended unnoticed. */
  check() {
    if (this.#connected) this.#heartbeat?.probe();
    else this.reconnect();
  }

  /**
   * Sends a command. Resolves to the reply's `ok`, or rejects with a Problem.
   *
   * @param {string} type
   * @param {object} [fields]
   * @returns {Promise<any>}
   */
  request(type, fields = {}) {
    if (!this.#connected) return Promise.reject(lost());
    if (this.#waiting.size >= MOST_WAITING) return Promise.reject(busy());
    const id = ++this.#lastId;
    const frame = JSON.stringify({ id, type, ...fields });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, timer: setTimeout(() => this.#slow(id), PROBE_AFTER), size: frame.length });
      this.#send(frame);
    });
  }

  /** Sends a command that has no reply. Without a connection it is dropped: it would be stale later. */
  tell(type, fields = {}) {
    if (this.#connected) this.#send(JSON.stringify({ type, ...fields }));
  }

  /** Measures the time until a reply. Resolves to milliseconds. */
  async ping() {
    const at = elapsed();
    await this.request('ping');
    this.#stats.pinged(elapsed() - at);
    return elapsed() - at;
  }

  #send(frame) {
    this.#socket?.send(frame);
    this.#stats.sent();
  }

  /** Connects. `refused` is the token of the session that the server ended: if the portal gives it again, the person is signed out. */
  async #dial(refused) {
    const dial = ++this.#dials;
    this.#cancelRetry();
    this.#onPhase({ phase: 'connecting' });
    const token = await this.#token().catch(() => undefined);
    if (dial !== this.#dials) return;
    if (token === undefined) this.#waitAndDial(delay(this.#attempt++), 'token');
    else if (token === null) this.#signedOut('portal');
    else if (token === refused) this.#signedOut('server');
    else if (this.#api && (!this.#WebSocket || this.#failed >= FALLBACK_AFTER)) this.#openStream(dial, token);
    else this.#open(token);
  }

  /** Few need the module, so it is loaded on first use. */
  async #openStream(dial, token) {
    try {
      const { StreamSocket } = await import('./connection/stream-socket.js');
      if (dial === this.#dials) this.#await(new StreamSocket({ api: /** @type {URL} */ (this.#api), token, polling: this.#polling }), token);
    } catch {
      this.#failed = 0;
      if (dial === this.#dials) this.#waitAndDial(delay(this.#attempt++));
    }
  }

  #open(token) {
    let socket;
    try {
      socket = this.#webSocket(token);
    } catch {
      // The page's policy forbids it, or the page is https and the server's address is http.
      this.#failed++;
      this.#waitAndDial(delay(this.#attempt++));
      return;
    }
    this.#await(socket, token);
  }

  /** Gives a new socket time for its hello. */
  #await(socket, token) {
    this.#listen(socket, token, setTimeout(() => this.#closed(socket, { code: LOST, token }), HELLO_WITHIN));
  }

  #webSocket(token) {
    return new this.#WebSocket(this.#url, [PROTOCOL, `bearer.${token}`]);
  }

  /** This socket is the connection from now on. */
  #listen(socket, token, noHello) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      if (socket !== this.#socket) return;
      clearTimeout(noHello);
      this.#received(data);
    });
    socket.addEventListener('close', ({ code, reason }) => {
      clearTimeout(noHello);
      this.#closed(socket, { code, reason, token });
    });
  }

  /** Tries a WebSocket beside the connection over HTTP, which stays if there is no hello. */
  async #tryUpgrade() {
    const stream = this.#socket;
    const token = await this.#token().catch(() => null);
    if (!token || stream !== this.#socket) return;
    const socket = this.#webSocket(token);
    const noHello = setTimeout(() => socket.close(), HELLO_WITHIN);
    let closed = false;
    socket.addEventListener('close', () => {
      closed = true;
      clearTimeout(noHello);
    });
    const greeted = async ({ data }) => {
      clearTimeout(noHello);
      for (let check = 0; this.#waiting.size && check < REPLY_CHECKS && stream === this.#socket; check++) await sleep(REPLY_CHECK);
      if (closed || stream !== this.#socket) return socket.close();
      this.#drop();
      this.#listen(socket, token, 0);
      this.#onPhase({ phase: 'connecting' });
      this.#received(data);
    };
    socket.addEventListener('message', greeted, { once: true });
  }

  /** @param {string} data */
  #received(data) {
    this.#heartbeat?.heard();
    const frame = JSON.parse(data);
    this.#stats.received('error' in frame);
    if ('re' in frame) this.#replied(frame);
    else if (frame.type === 'hello') this.#welcomed(frame);
    else this.#onEvent(frame);
  }

  #welcomed(hello) {
    this.#connected = true;
    this.#stats.connected(transportOf(this.#socket));
    this.#heartbeat = new Heartbeat({
      ping: () => this.ping().catch(() => {}),
      giveUp: () => this.#closed(this.#socket, { code: 4201 }),
    });
    this.#refreshing = new Refreshing({
      token: this.#token,
      ask: (token) => this.request('auth.refresh', { token }),
      reconnect: () => this.#closed(this.#socket, { code: 4201 }),
      signedOut: () => this.#signedOut('portal'),
    });
    this.#refreshing.before(hello);
    this.#good = setTimeout(() => (this.#attempt = 0), GOOD_AFTER);
    if (isStream(this.#socket)) {
      if (this.#WebSocket) this.#upgrading = /** @type {any} */ (setInterval(() => this.#tryUpgrade().catch(() => {}), UPGRADE_EVERY));
    } else {
      this.#failed = 0;
      this.#polling = false;
    }
    this.#onEvent(hello);
    if (this.#connected) this.#onPhase({ phase: 'connected' });
  }

  #replied({ re, ok, error }) {
    const waiting = this.#settle(re);
    if (ok) waiting?.resolve(ok);
    else waiting?.reject(new Problem(error ?? {}));
  }

  #slow(id) {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    waiting.timer = setTimeout(() => this.#settle(id)?.reject(late()), REPLY_WITHIN - PROBE_AFTER);
    this.#heartbeat?.probe();
  }

  /** Removes a waiting command. A second or late reply finds none. */
  #settle(id) {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }

  /**
   * @param {WebSocket | StreamSocket | null} socket
   * @param {{ code: number, reason?: string, token?: string }} close
   */
  async #closed(socket, { code, reason, token }) {
    if (socket !== this.#socket) return;
    const wasConnected = this.#connected;
    if (blamesAFrame(code)) this.#blame();
    this.#drop();
    if (isStream(socket)) this.#polling = socket.polling;
    const dial = this.#dials;
    const refused = wasConnected ? false : await this.#refused(token);
    if (refused) return dial === this.#dials && this.#signedOut('server');
    if (!wasConnected) this.#count(socket, code, refused);
    if (dial === this.#dials) this.#comeBack(afterClose(code, reason), token);
  }

  /** A failed attempt. If it was over HTTP, WebSockets have their turn again. */
  #count(socket, code, refused) {
    if (!isStream(socket)) this.#failed += refused === false ? 1 : 0;
    else if (code === LOST) this.#failed = 0;
  }

  /** The close doesn't say which frame was at fault: assume the longest, and don't send it again. */
  #blame() {
    const [longest] = [...this.#waiting].sort(([, a], [, b]) => b.size - a.size);
    if (longest) this.#settle(longest[0])?.reject(tooMuch());
  }

  /** @param {{ then: string, after?: number }} action */
  #comeBack({ then, after }, token) {
    // The token of a sleeping tab may have expired, so retry once. After a second refusal the person has to sign in.
    if (then === SIGN_IN) return this.#attempt++ === 0 ? this.#dial(token) : this.#signedOut('server');
    if (then === STOP) return this.#end('stopped');
    if (then === AFTER) return this.#waitAndDial(after);
    const attempt = this.#attempt++;
    // "At once" applies once: if the server keeps closing, back off.
    this.#waitAndDial(then === AT_ONCE && attempt === 0 ? 0 : delay(attempt));
  }

  #waitAndDial(milliseconds, trouble) {
    this.#retry = setTimeout(() => this.#dial(), milliseconds);
    this.#onPhase({ phase: globalThis.navigator?.onLine === false ? 'offline' : 'waiting', until: elapsed() + milliseconds, trouble });
  }

  #networkGone() {
    if (this.#connected) this.#heartbeat?.probe();
    else if (this.#retry) this.#onPhase({ phase: 'offline' });
  }

  #cancelRetry() {
    clearTimeout(this.#retry);
    this.#retry = 0;
  }

  /** Drops the socket without waiting for the closing handshake: a dead peer never answers it. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#connected = false;
    this.#stats.disconnected();
    this.#heartbeat?.stop();
    this.#heartbeat = null;
    this.#refreshing?.stop();
    this.#refreshing = null;
    clearTimeout(this.#good);
    clearInterval(this.#upgrading);
    this.#cancelRetry();
    socket?.close();
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(lost());
  }

  #signedOut(by) {
    this.#end('signed-out', by);
  }

  #end(phase, by) {
    if (!this.#running) return;
    this.#running = false;
    this.#dials++;
    for (const [type, listener] of this.#listeners()) globalThis.removeEventListener?.(type, listener);
    this.#drop();
    this.#onPhase({ phase, by });
  }
}

/** @returns {socket is StreamSocket} */
const isStream = (/** @type {WebSocket | StreamSocket | null} */ socket) => socket !== null && 'polling' in socket;
const transportOf = (/** @type {WebSocket | StreamSocket | null} */ socket) => (!isStream(socket) ? 'websocket' : socket.polling ? 'poll' : 'stream');
const lost = () => new Problem({ code: 'unavailable', message: 'The connection was lost', temporary: true, lost: true });
const late = () => new Problem({ code: 'unavailable', message: 'No reply in time', temporary: true });
const busy = () => new Problem({ code: 'unavailable', message: 'Too many commands are waiting', temporary: true });
const tooMuch = () => new Problem({ code: 'too_large', message: 'The server refuses this frame' });
