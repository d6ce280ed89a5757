/**
 * The leading tab's side of a shared connection: it carries out the commands of all tabs, and gives each its replies and the events that
 * concern it. A room stays subscribed as long as one tab needs it. It knows the tabs by their ids only.
 */
import { serverNow } from '../clock.js';

/** Events about the person. All others with a room concern the tabs that subscribed to it. */
const OF_PERSON = new Set(['activity', 'room.removed', 'draft', 'notified']);

export class Hub {
  #connection;
  #tell;
  /** The rooms of each tab. @type {Map<string, Set<string>>} */
  #tabs = new Map();
  /** By room, the tab that takes part in its call: a connection has one participant in a call. @type {Map<string, string>} */
  #calls = new Map();
  #hello = /** @type {any} */ (null);
  #phase = /** @type {import('../types.d.ts').ConnectionState} */ ({ phase: 'connecting' });

  /**
   * `tell(tabs, message)` reaches these tabs, in order. A message is `{ event }`, `{ phase }`, or `{ reply, ok | problem }`.
   *
   * @param {Pick<import('../connection.js').Connection, 'request' | 'tell' | 'reconnect' | 'check'>} connection
   * @param {(tabs: string[], message: any) => void} tell
   */
  constructor(connection, tell) {
    this.#connection = connection;
    this.#tell = tell;
  }

  /** A tab that joins later learns what the others know of the connection. A second time changes nothing. */
  joined(tab) {
    if (this.#tabs.has(tab)) return;
    this.#tabs.set(tab, new Set());
    if (this.#hello) this.#tell([tab], { event: this.#lateHello() });
    this.#tell([tab], { phase: this.#phase });
  }

  /** A tab ended. What only it needed is unsubscribed from. */
  left(tab) {
    const rooms = this.#tabs.get(tab);
    this.#tabs.delete(tab);
    for (const room of [...this.#calls].filter(([, one]) => one === tab).map(([one]) => one)) {
      this.#calls.delete(room);
      this.#connection.request('call.leave', { room }).catch(ignored);
    }
    for (const one of rooms ?? []) {
      const [room, document] = one.split('/');
      if (this.#isNeeded(one)) continue;
      const ending = document ? this.#connection.request('document.close', { room, document }) : this.#connection.request('unsubscribe', { room });
      ending.catch(ignored);
    }
  }

  /** Carries out a command of a tab, and tells it the outcome. */
  async asked(tab, { id, command, fields }) {
    try {
      this.#tell([tab], { reply: id, ok: await this.#carryOut(tab, command, fields) });
    } catch ({ code, message, temporary, retryAfter, lost }) {
      this.#tell([tab], { reply: id, problem: { code, message, temporary, retryAfter, lost } });
    }
  }

  told({ command, fields }) {
    this.#connection.tell(command, fields);
  }

  reconnect() {
    this.#connection.reconnect();
  }

  check() {
    this.#connection.check();
  }

  event(event) {
    if (event.type === 'hello') this.#hello = event;
    const concerned = event.document && event.offset === undefined ? this.#withRoom(`${event.room}/${event.document}`) : typeof event.room === 'string' && !OF_PERSON.has(event.type) ? this.#withRoom(event.room) : [...this.#tabs.keys()];
    if (concerned.length) this.#tell(concerned, { event });
    if (event.type === 'document.closed') for (const rooms of this.#tabs.values()) rooms.delete(`${event.room}/${event.document}`);
    if (event.type === 'unsubscribed') for (const rooms of this.#tabs.values()) rooms.delete(event.room);
  }

  phase(phase) {
    this.#phase = phase;
    if (phase.phase !== 'connected') {
      this.#hello = null;
      this.#calls.clear();
      for (const rooms of this.#tabs.values()) rooms.clear();
    }
    this.#tell([...this.#tabs.keys()], { phase });
  }

  /** The greeting for a tab that joins later: its time is the server's time now. */
  #lateHello() {
    return this.#hello.now ? { ...this.#hello, now: new Date(serverNow()).toISOString() } : this.#hello;
  }

  async #carryOut(tab, command, fields) {
    const rooms = this.#tabs.get(tab);
    if (command === 'document.open') return this.#open(tab, fields);
    if (command === 'call.start' || command === 'call.join') return this.#joins(tab, command, fields);
    if (command === 'call.leave') this.#calls.delete(fields.room);
    if (command === 'subscribe') rooms?.add(fields.room);
    const ended = { unsubscribe: fields.room, 'document.close': `${fields.room}/${fields.document}` }[command];
    if (!ended) return this.#connection.request(command, fields);
    rooms?.delete(ended);
    return this.#isNeeded(ended) ? {} : this.#connection.request(command, fields);
  }

  /** The server opens the document again for all tabs: the others may have missed what came between. */
  async #open(tab, fields) {
    const place = `${fields.room}/${fields.document}`;
    this.#tabs.get(tab)?.add(place);
    const ok = await this.#connection.request('document.open', fields);
    const others = this.#withRoom(place).filter((other) => other !== tab);
    const event = { type: 'document.at', room: fields.room, document: fields.document, version: ok.version };
    if (others.length) this.#tell(others, { event });
    return ok;
  }

  /** The server takes it for the same page, so the tab that took part before is told here. */
  async #joins(tab, command, fields) {
    const ok = await this.#connection.request(command, fields);
    const before = this.#calls.get(fields.room);
    this.#calls.set(fields.room, tab);
    if (before && before !== tab) this.#tell([before], { event: { type: 'call.left', room: fields.room, call: ok.call, code: 'conflict', rejoin: false } });
    return ok;
  }

  #isNeeded(room) {
    return [...this.#tabs.values()].some((rooms) => rooms.has(room));
  }

  #withRoom(room) {
    return [...this.#tabs].filter(([, rooms]) => rooms.has(room)).map(([tab]) => tab);
  }
}

function ignored() {}
