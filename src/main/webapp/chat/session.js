/**
 * One person's chat: the straight line from a frame to the state and from an act to a command. It owns a connection, the
 * state, an outbox and the REST calls, and calls `onChange` after each change. It knows nothing of the page.
 * It must never change the state but by applying an event.
 */
import { delay } from './backoff.js';
import { Connection } from './connection.js';
import { Identity } from './identity.js';
import { Outbox } from './outbox.js';
import { Rest } from './rest.js';
import { apply, initial, isMember, nextTypingEnd } from './store.js';

const PAGE = 50;
const SUBSCRIBING_AT_ONCE = 4;
const TYPING_AGAIN = 3_000;
const RELIST_AFTER = 15_000;

export class Session {
  #server;
  #onChange;
  #connection;
  #rest;
  #state = initial;
  #outbox = null;
  #typing = { room: null, at: 0 };
  #typingTimer = 0;
  #listedAt = 0;

  /** `server` is the URL of the deployed application, with a slash at its end; `provider` is the portal's token callback. */
  constructor({ server, provider, onChange }) {
    this.#server = server;
    this.#onChange = onChange;
    const identity = new Identity(provider);
    this.#rest = new Rest(new URL('api/', server), identity);
    this.#connection = new Connection({
      url: socketAddress(server),
      token: () => identity.fresh(),
      refused: (token) => this.#rest.refuses(token),
      onEvent: (event) => this.#received(event),
      onPhase: (connection) => this.#phaseChanged(connection),
    });
  }

  get state() {
    return this.#state;
  }

  /** Messages of the open room that its log does not show yet. */
  get unsent() {
    return this.#outbox?.entries.filter((entry) => entry.room === this.#state.open) ?? [];
  }

  start() {
    this.#connection.start();
  }

  stop() {
    clearTimeout(this.#typingTimer);
    this.#connection.stop();
  }

  reconnect() {
    this.#connection.start();
    this.#connection.reconnect();
  }

  /** Shows a room. One that was only listened to is let go, one's own rooms stay subscribed for their unread count. */
  open(id) {
    const before = this.#state.rooms.get(this.#state.open);
    if (before?.id === id) return;
    this.typing(false);
    this.#apply({ type: 'client.opened', room: id });
    if (before && !isMember(before)) this.#unsubscribe(before.id);
    if (!this.#connection.connected) return;
    if (this.#state.rooms.get(id).name === null) this.#learn(id);
    this.#subscribe(id);
  }

  async join(id) {
    await this.#connection.request('room.join', { room: id });
    this.#apply({ type: 'client.role', room: id, role: 'member' });
  }

  async leave(id) {
    await this.#connection.request('room.leave', { room: id });
    this.#apply({ type: 'client.role', room: id, role: 'none' });
    await this.listRooms();
  }

  async createRoom(room) {
    const created = await this.#rest.create(room);
    this.#apply({ type: 'client.room', room: created });
    this.open(created.id);
  }

  send(text) {
    this.#typing = { room: null, at: 0 };
    return this.#outbox.send(this.#state.open, text);
  }

  retry(key) {
    this.#outbox.retry(key);
  }

  discard(key) {
    this.#outbox.discard(key);
  }

  /** Says that the person writes, again every 3 s while they do, and once that they stopped. */
  typing(on) {
    const room = this.#state.open;
    const said = this.#typing.room === room && Date.now() - this.#typing.at < TYPING_AGAIN;
    if (on ? said : this.#typing.room === null) return;
    this.#typing = on ? { room, at: Date.now() } : { room: null, at: 0 };
    this.#connection.tell('typing', { room, on });
  }

  /** Loads the page of messages before those of the open room. */
  async earlier() {
    const { id, messages, earlier, loading } = this.#state.rooms.get(this.#state.open);
    if (!earlier || loading || !this.#connection.connected) return;
    this.#apply({ type: 'client.history.asked', room: id });
    try {
      const before = messages[0]?.offset;
      const page = await this.#connection.request('history', { room: id, before, limit: PAGE });
      this.#apply({ ...page, type: 'client.history', room: id });
    } catch (problem) {
      this.#apply({ type: 'client.history.failed', room: id });
      throw problem;
    }
  }

  async members(id) {
    const members = await this.#rest.members(id);
    this.#apply({ type: 'client.members', room: id, members });
  }

  async listRooms() {
    this.#listedAt = Date.now();
    this.#apply({ type: 'client.rooms', rooms: await this.#rest.rooms() });
  }

  /** The page came to the front or went away; rooms that others made meanwhile are looked for. */
  shown(visible) {
    this.#apply({ type: 'client.visible', visible });
    const stale = Date.now() - this.#listedAt > RELIST_AFTER;
    if (visible && stale && this.#connection.connected) this.listRooms().catch(ignored);
  }

  #apply(event) {
    const before = this.#state;
    this.#state = apply(before, event);
    if (this.#state !== before) this.#onChange();
  }

  #received(event) {
    if (event.type === 'hello') this.#welcomed(event);
    this.#apply({ ...event, received: Date.now() });
    const room = this.#state.rooms.get(event.room);
    if (!room) return;
    if (event.type === 'message.posted') this.#settle(room);
    if (event.type === 'typing') this.#awaitTypingEnd();
    if (room.subscription === 'broken') this.#subscribe(room.id);
    if (event.type === 'unsubscribed' && event.resubscribe) this.#subscribe(room.id);
  }

  #welcomed({ user }) {
    if (this.#state.user?.id === user.id) return;
    if (this.#state.user) this.#state = { ...initial, visible: this.#state.visible };
    this.#outbox = new Outbox({
      owner: `${this.#server} ${user.id}`,
      post: ({ room, key, text }) => this.#connection.request('message.post', { room, key, text }),
      onChange: () => this.#unsentChanged(),
    });
  }

  /** A reply may come after its event, or tell of a message long shown. */
  #unsentChanged() {
    const sent = this.#outbox.entries.find(({ state, room, offset }) => state === 'sent' && offset <= this.#state.rooms.get(room)?.position?.offset);
    if (sent) this.#settle(this.#state.rooms.get(sent.room));
    else this.#onChange();
  }

  #phaseChanged(connection) {
    this.#apply({ type: 'client.connection', connection });
    if (connection.phase === 'connected') this.#resume();
  }

  /** After each hello: the open room first, then the list, then the rooms that are one's own. */
  async #resume() {
    const { open } = this.#state;
    if (open) this.#subscribe(open);
    this.#outbox.flush();
    await this.#listAgain();
    if (open && this.#state.rooms.get(open)?.name === null) this.#learn(open);
    const mine = [...this.#state.rooms.values()].filter((room) => isMember(room) && room.subscription === 'none');
    const most = this.#state.limits.subscriptions - 1;
    await inTurns(mine.slice(0, most), SUBSCRIBING_AT_ONCE, (room) => this.#subscribe(room.id));
  }

  async #listAgain() {
    for (let attempt = 0; this.#connection.connected; attempt++) {
      try {
        return await this.listRooms();
      } catch (problem) {
        if (!problem.temporary) return;
        await sleep(problem.retryAfter ?? delay(attempt));
      }
    }
  }

  /** A room that the list does not hold, such as a private one that was opened by its id. */
  async #learn(id) {
    await this.#rest.room(id).then((room) => this.#apply({ type: 'client.room', room }), ignored);
  }

  /** Resumes from the room's position, or loads its last messages when it has none or the server cannot resume it. */
  async #subscribe(id) {
    const { subscription, position } = this.#state.rooms.get(id);
    if (subscription === 'asked' || subscription === 'live') return;
    this.#apply({ type: 'client.subscribing', room: id });
    for (let attempt = 0; this.#connection.connected; attempt++) {
      try {
        const reply = await this.#askToSubscribe(id, position);
        this.#apply({ type: 'client.subscribed', room: id, reply, asked: PAGE });
        this.#settle(this.#state.rooms.get(id));
        return;
      } catch (problem) {
        if (problem.lost) return;
        if (!problem.temporary) return this.#apply({ type: 'client.refused', room: id, problem: { code: problem.code } });
        await sleep(problem.retryAfter ?? delay(attempt));
      }
    }
  }

  async #askToSubscribe(room, since) {
    const resumed = since && (await this.#connection.request('subscribe', { room, since }));
    return resumed?.recovered ? resumed : this.#connection.request('subscribe', { room, last: PAGE });
  }

  #unsubscribe(id) {
    if (this.#state.rooms.get(id)?.subscription !== 'live') return;
    this.#apply({ type: 'client.unsubscribed', room: id });
    this.#connection.request('unsubscribe', { room: id }).catch(ignored);
  }

  /** What the room's log shows needs no copy in the outbox. */
  #settle(room) {
    const mine = new Set(room.messages?.filter(({ by }) => by.id === this.#state.user.id).map(({ key }) => key));
    this.#outbox.settle(room.id, ({ key, state, offset }) => mine.has(key) || (state === 'sent' && offset <= room.position?.offset));
  }

  #awaitTypingEnd() {
    clearTimeout(this.#typingTimer);
    const end = nextTypingEnd(this.#state);
    if (end === Infinity) return;
    this.#typingTimer = setTimeout(() => this.#typingEnded(), end - Date.now());
  }

  #typingEnded() {
    const now = Date.now();
    for (const { id, typing } of this.#state.rooms.values()) if (typing.size) this.#apply({ type: 'client.time', room: id, now });
    this.#awaitTypingEnd();
  }
}

function socketAddress(server) {
  const address = new URL('ws', server);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

/** Runs `task` for each item, so many at a time, so that a long list does not arrive as a flood. */
async function inTurns(items, width, task) {
  const left = [...items];
  const worker = async () => {
    while (left.length) await task(left.shift());
  };
  await Promise.all(Array.from({ length: width }, worker));
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function ignored() {}
