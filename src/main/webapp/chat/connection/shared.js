/**
 * One connection for all tabs of a person. The tab that holds a Web Lock leads: it has the connection, and the others reach it over a
 * BroadcastChannel. When it ends, however that happens, the browser gives the lock to the next tab, which connects; all tabs then resume from
 * their positions, as after a lost connection. To a session it looks like a Connection of its own.
 *
 * Tabs share by the issuer and the subject of their token. Without Web Locks, or with a token that doesn't name them, a tab has a connection of
 * its own.
 */
import { elapsed } from '../clock.js';
import { Connection } from '../connection.js';
import { newKey } from '../outbox.js';
import { Problem } from '../problem.js';
import { Hub } from './hub.js';

const NAME = 'parley.connection';
/** Later than the leading tab's own limit: only a leading tab that hangs keeps a command this long. */
const REPLY_WITHIN = 15_000;
const MOST_WAITING = 512;
const ENDED = ['signed-out', 'stopped'];

export class SharedConnection {
  #options;
  #locks;
  #open;
  #connect;
  #tab = newKey();
  #name = '';
  /** @type {{ postMessage: (message: any) => void, close: () => void, onmessage: any } | null} */
  #channel = null;
  /** This tab's own connection, if it leads or shares with nobody. @type {Connection | null} */
  #own = null;
  /** @type {Hub | null} */
  #hub = null;
  #connected = false;
  #running = false;
  #run = 0;
  #ending = new AbortController();
  /** @type {Map<number, { resolve: (ok: any) => void, reject: (problem: Problem) => void, timer: ReturnType<typeof setTimeout> }>} */
  #waiting = new Map();
  #lastId = 0;
  /** The user whom the connection greeted. A connection that greets another one is not shared any longer. */
  #user = '';

  /**
   * The options of a Connection. The rest is for tests.
   *
   * @param {ConstructorParameters<typeof Connection>[0] & { locks?: LockManager, open?: (name: string) => any, connect?: (options: any) => Connection }} options
   */
  constructor({ locks = globalThis.navigator?.locks, open = (name) => new BroadcastChannel(name), connect = (given) => new Connection(given), ...options }) {
    this.#options = options;
    this.#locks = locks;
    this.#open = open;
    this.#connect = connect;
  }

  get connected() {
    return this.#hub || !this.#channel ? Boolean(this.#own?.connected) : this.#connected;
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#ending = new AbortController();
    this.#options.onPhase({ phase: 'connecting' });
    this.#begin(++this.#run);
  }

  stop() {
    if (!this.#running) return;
    this.#end();
    this.#options.onPhase({ phase: 'stopped' });
  }

  reconnect() {
    if (this.#hub || !this.#channel) this.#own?.reconnect();
    else this.#say({ type: 'reconnect' });
  }

  check() {
    if (this.#hub || !this.#channel) this.#own?.check();
    else this.#say({ type: 'check' });
  }

  /** @returns {Promise<any>} */
  request(command, fields = {}) {
    if (this.#hub || !this.#channel) return this.#own ? this.#ask(command, fields) : Promise.reject(lost());
    if (!this.#connected) return Promise.reject(lost());
    if (this.#waiting.size >= MOST_WAITING) return Promise.reject(busy());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(id)?.reject(late()), REPLY_WITHIN);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#say({ type: 'ask', id, command, fields });
      this.#options.stats?.sent();
    });
  }

  tell(command, fields = {}) {
    if (this.#hub || !this.#channel) this.#own?.tell(command, fields);
    else if (this.#connected) this.#tellLeader(command, fields);
  }

  async ping() {
    if (this.#own) return this.#own.ping();
    const at = elapsed();
    await this.request('ping');
    this.#options.stats?.pinged(elapsed() - at);
    return elapsed() - at;
  }

  #tellLeader(command, fields) {
    this.#say({ type: 'tell', command, fields });
    this.#options.stats?.sent();
  }

  /** The leading tab's own commands go through the hub too, which knows who needs which room. */
  #ask(command, fields) {
    if (!this.#hub) return /** @type {Connection} */ (this.#own).request(command, fields);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, timer: /** @type {any} */ (0) });
      this.#hub?.asked(this.#tab, { id, command, fields });
    });
  }

  async #begin(run) {
    const name = await this.#nameOf().catch(() => null);
    if (run !== this.#run) return;
    if (name === null) {
      this.#own = this.#connect(this.#options);
      return this.#own.start();
    }
    this.#name = name;
    // Before this tab can hear of a leading tab and join it: that takes a free lock for a tab that ended.
    await this.#hold(`${name} ${this.#tab}`);
    if (run !== this.#run) return;
    const channel = this.#open(name);
    channel.onmessage = ({ data }) => this.#heard(data);
    this.#channel = channel;
    this.#locks.request(name, { signal: this.#ending.signal }, () => this.#lead(run)).catch(ignored);
    this.#say({ type: 'join' });
  }

  /** What the tabs of one person have in common, or null. */
  async #nameOf() {
    if (!this.#locks) return null;
    const token = await this.#options.token();
    const { iss, sub } = JSON.parse(new TextDecoder().decode(bytes(/** @type {string} */ (token).split('.')[1])));
    return typeof sub === 'string' ? JSON.stringify([NAME, this.#options.url, iss ?? null, sub]) : null;
  }

  /** Holds a lock until this tab ends its part. Resolves once it has it. */
  #hold(name) {
    const { signal } = this.#ending;
    return /** @type {Promise<void>} */ (new Promise((taken) => {
      const held = () => {
        taken();
        return aborted(signal);
      };
      this.#locks.request(name, { signal }, held).catch(ignored);
    }));
  }

  /** Leads until this tab ends its part. The browser gives the lock to the next tab when the promise resolves. */
  async #lead(run) {
    if (run !== this.#run) return;
    const { signal } = this.#ending;
    this.#lose();
    const own = this.#connect({ ...this.#options, onEvent: (event) => this.#event(event), onPhase: (phase) => this.#phase(phase) });
    this.#own = own;
    this.#hub = new Hub(own, (tabs, message) => this.#give(tabs, message));
    this.#hub.joined(this.#tab);
    this.#say({ type: 'leads' });
    own.start();
    await aborted(signal);
  }

  #event(event) {
    const other = event.type === 'hello' && this.#user !== '' && event.user.id !== this.#user;
    if (event.type === 'hello') this.#user = event.user.id;
    // The portal signed someone else in: that is between it and this tab.
    if (other) this.#options.onEvent(event);
    else this.#hub?.event(event);
  }

  /** A connection that ended for good is this tab's affair. The next one tries with its own token. */
  #phase(phase) {
    if (!ENDED.includes(phase.phase)) return this.#hub?.phase(phase);
    const running = this.#running;
    this.#end();
    if (running) this.#options.onPhase(phase);
  }

  #give(tabs, message) {
    const others = tabs.filter((tab) => tab !== this.#tab);
    if (others.length) this.#say({ type: 'give', to: others, message });
    if (others.length < tabs.length) this.#received(message);
  }

  #heard({ type, from, ...data }) {
    if (this.#hub) return this.#served(type, from, data);
    if (type === 'give' && data.to.includes(this.#tab)) this.#received(data.message);
    else if (type === 'leads') this.#led();
  }

  #served(type, from, data) {
    if (type === 'join') this.#join(from);
    else if (type === 'leave') this.#hub?.left(from);
    else if (type === 'ask') this.#hub?.asked(from, data);
    else if (type === 'tell') this.#hub?.told(/** @type {any} */ (data));
    else if (type === 'reconnect') this.#hub?.reconnect();
    else if (type === 'check') this.#hub?.check();
  }

  /** A tab's own lock becomes free when the tab ends, however that happens. */
  #join(tab) {
    this.#hub?.joined(tab);
    this.#locks.request(`${this.#name} ${tab}`, { signal: this.#ending.signal }, () => this.#hub?.left(tab)).catch(ignored);
  }

  /** Another tab leads now. */
  #led() {
    this.#lose();
    this.#options.onPhase({ phase: 'connecting' });
    this.#say({ type: 'join' });
  }

  #received({ event, phase, reply, ok, problem }) {
    // What the leading tab receives itself, its Connection counts.
    if (!this.#hub && !phase) this.#options.stats?.received(Boolean(problem));
    if (event) return this.#options.onEvent(event);
    if (reply !== undefined) {
      const waiting = this.#settle(reply);
      return problem ? waiting?.reject(new Problem(problem)) : waiting?.resolve(ok);
    }
    this.#connected = phase.phase === 'connected';
    if (!this.#hub && this.#connected) this.#options.stats?.connected('shared');
    if (!this.#connected) this.#lose();
    this.#options.onPhase(phase);
  }

  #say(message) {
    this.#channel?.postMessage({ from: this.#tab, ...message });
  }

  #settle(id) {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }

  #lose() {
    this.#connected = false;
    if (!this.#hub) this.#options.stats?.disconnected();
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(lost());
  }

  #end() {
    this.#running = false;
    this.#run++;
    const own = this.#own;
    this.#own = null;
    this.#hub = null;
    own?.stop();
    this.#say({ type: 'leave' });
    this.#channel?.close();
    this.#channel = null;
    this.#lose();
    this.#ending.abort();
  }
}

/** Resolves when the signal is aborted. */
function aborted(signal) {
  return /** @type {Promise<void>} */ (new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }))));
}

/** The bytes of a text in base64url. */
function bytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
}

function ignored() {}

const lost = () => new Problem({ code: 'unavailable', message: 'The connection was lost', temporary: true, lost: true });
const late = () => new Problem({ code: 'unavailable', message: 'No reply in time', temporary: true });
const busy = () => new Problem({ code: 'unavailable', message: 'Too many commands are waiting', temporary: true });
