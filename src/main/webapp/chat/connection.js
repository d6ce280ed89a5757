/**
 * The socket to the server: hello, commands with ids and their replies, heartbeat, and coming back after a close.
 * It knows nothing of rooms. It must never keep a token: it asks for one before every connect, and never puts one in a URL.
 *
 * Phases that it reports: `connecting`, `connected`, `waiting` (`until` is when the next attempt starts, `trouble` is
 * `token` where the portal gave none), `offline` (the browser has no network), `signed-out` (`by` the `portal` or the
 * `server`), `stopped`.
 */
import { delay } from './backoff.js';
import { AFTER, AT_ONCE, SIGN_IN, STOP, afterClose, blamesAFrame } from './close-code.js';
import { Heartbeat } from './heartbeat.js';
import { Problem } from './problem.js';
import { Refreshing } from './token/refreshing.js';

const PROTOCOL = 'parley.v1';
const REPLY_WITHIN = 10_000;
const HELLO_WITHIN = 10_000;
/** A connection that lived this long was a good one: the next trouble starts the backoff anew. */
const GOOD_AFTER = 10_000;
const MOST_WAITING = 512;

export class Connection {
  #url;
  #token;
  #refused;
  #onEvent;
  #onPhase;
  #socket = null;
  #heartbeat = null;
  #refreshing = null;
  #waiting = new Map();
  #lastId = 0;
  #attempt = 0;
  #dials = 0;
  #retry = 0;
  #good = 0;
  #running = false;
  #connected = false;
  #online = () => this.reconnect();
  #offline = () => this.#networkGone();

  /**
   * `token()` gives a promise of a JWT, or of null when nobody is signed in. `refused(token)` gives a promise of
   * whether the server refuses that token: a browser hides the status of a failed handshake, so another way must tell.
   */
  constructor({ url, token, refused, onEvent, onPhase }) {
    this.#url = url;
    this.#token = token;
    this.#refused = refused;
    this.#onEvent = onEvent;
    this.#onPhase = onPhase;
  }

  get connected() {
    return this.#connected;
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#attempt = 0;
    addEventListener('online', this.#online);
    addEventListener('offline', this.#offline);
    this.#dial();
  }

  stop() {
    this.#end('stopped');
  }

  /** Tries now instead of waiting; without effect on a connection that is there or on its way. */
  reconnect() {
    if (this.#running && this.#retry) this.#dial();
  }

  /** Sends a command and gives a promise of its `ok`; it rejects with a Problem. */
  request(type, fields = {}) {
    if (!this.#connected) return Promise.reject(lost());
    if (this.#waiting.size >= MOST_WAITING) return Promise.reject(busy());
    const id = ++this.#lastId;
    const frame = JSON.stringify({ id, type, ...fields });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(id)?.reject(late()), REPLY_WITHIN);
      this.#waiting.set(id, { resolve, reject, timer, size: frame.length });
      this.#socket.send(frame);
    });
  }

  /** Sends a command that has no reply; when there is no connection it is dropped, for it would be stale later. */
  tell(type, fields = {}) {
    if (this.#connected) this.#socket.send(JSON.stringify({ type, ...fields }));
  }

  /** With another token than the one that the server is done with, if there is one. */
  async #dial(refused) {
    const dial = ++this.#dials;
    this.#cancelRetry();
    this.#onPhase({ phase: 'connecting' });
    const token = await this.#token().catch(() => undefined);
    if (dial !== this.#dials) return;
    if (token === undefined) this.#waitAndDial(delay(this.#attempt++), 'token');
    else if (token === null) this.#signedOut('portal');
    else if (token === refused) this.#signedOut('server');
    else this.#open(token);
  }

  #open(token) {
    let socket;
    try {
      socket = new WebSocket(this.#url, [PROTOCOL, `bearer.${token}`]);
    } catch {
      // The page's policy forbids it, or the page came over https and the server's address begins with http.
      this.#waitAndDial(delay(this.#attempt++));
      return;
    }
    this.#socket = socket;
    const noHello = setTimeout(() => this.#closed(socket, { code: 1006, token }), HELLO_WITHIN);
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

  #received(data) {
    this.#heartbeat?.heard();
    const frame = JSON.parse(data);
    if ('re' in frame) this.#replied(frame);
    else if (frame.type === 'hello') this.#welcomed(frame);
    else this.#onEvent(frame);
  }

  #welcomed(hello) {
    this.#connected = true;
    this.#heartbeat = new Heartbeat({
      ping: () => this.request('ping').catch(() => {}),
      giveUp: () => this.#closed(this.#socket, { code: 4201 }),
    });
    this.#refreshing = new Refreshing({
      token: this.#token,
      ask: (token) => this.request('auth.refresh', { token }),
      anew: () => this.#closed(this.#socket, { code: 4201 }),
      signedOut: () => this.#signedOut('portal'),
    });
    this.#refreshing.before(hello.expires);
    this.#good = setTimeout(() => (this.#attempt = 0), GOOD_AFTER);
    this.#onEvent(hello);
    if (this.#connected) this.#onPhase({ phase: 'connected' });
  }

  #replied({ re, ok, error }) {
    const waiting = this.#settle(re);
    if (ok) waiting?.resolve(ok);
    else waiting?.reject(new Problem(error ?? {}));
  }

  /** Takes a waiting command out; a second reply or a late one finds nothing. */
  #settle(id) {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }

  async #closed(socket, { code, reason, token }) {
    if (socket !== this.#socket) return;
    const wasConnected = this.#connected;
    if (blamesAFrame(code)) this.#blame();
    this.#drop();
    const dial = this.#dials;
    if (!wasConnected && (await this.#refused(token))) return dial === this.#dials && this.#signedOut('server');
    if (dial === this.#dials) this.#comeBack(afterClose(code, reason), token);
  }

  /** The close does not say which frame: the longest is the one not to send again. */
  #blame() {
    const [longest] = [...this.#waiting].sort(([, a], [, b]) => b.size - a.size);
    if (longest) this.#settle(longest[0]).reject(tooMuch());
  }

  #comeBack({ then, after }, token) {
    // A tab that slept may have let its token expire; but whom the server sends away twice in a row has to act.
    if (then === SIGN_IN) return this.#attempt++ === 0 ? this.#dial(token) : this.#signedOut('server');
    if (then === STOP) return this.#end('stopped');
    if (then === AFTER) return this.#waitAndDial(after);
    const attempt = this.#attempt++;
    // "At once" only once: a server that keeps closing gets the backoff like any other.
    this.#waitAndDial(then === AT_ONCE && attempt === 0 ? 0 : delay(attempt));
  }

  #waitAndDial(milliseconds, trouble) {
    this.#retry = setTimeout(() => this.#dial(), milliseconds);
    this.#onPhase({ phase: navigator.onLine ? 'waiting' : 'offline', until: Date.now() + milliseconds, trouble });
  }

  #networkGone() {
    if (this.#connected) this.#heartbeat.probe();
    else if (this.#retry) this.#onPhase({ phase: 'offline' });
  }

  #cancelRetry() {
    clearTimeout(this.#retry);
    this.#retry = 0;
  }

  /** Lets go of the socket at once, without waiting for a closing handshake that a dead peer never answers. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#connected = false;
    this.#heartbeat?.stop();
    this.#heartbeat = null;
    this.#refreshing?.stop();
    this.#refreshing = null;
    clearTimeout(this.#good);
    this.#cancelRetry();
    socket?.close();
    for (const id of [...this.#waiting.keys()]) this.#settle(id).reject(lost());
  }

  #signedOut(by) {
    this.#end('signed-out', by);
  }

  #end(phase, by) {
    if (!this.#running) return;
    this.#running = false;
    this.#dials++;
    removeEventListener('online', this.#online);
    removeEventListener('offline', this.#offline);
    this.#drop();
    this.#onPhase({ phase, by });
  }
}

const lost = () => new Problem({ code: 'unavailable', message: 'The connection was lost', temporary: true, lost: true });
const late = () => new Problem({ code: 'unavailable', message: 'No reply in time', temporary: true });
const busy = () => new Problem({ code: 'unavailable', message: 'Too many commands are waiting', temporary: true });
const tooMuch = () => new Problem({ code: 'too_large', message: 'The server does not take this' });
