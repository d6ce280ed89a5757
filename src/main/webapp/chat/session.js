/**
 * One person's chat: turns frames into state and actions into commands. It owns the connection, the state, the outbox and the REST calls,
 * and calls `onChange` after each change. It doesn't know the page.
 * The state changes only by applying an event.
 */
import { moderates } from './authority.js';
import { delay, sleep } from './backoff.js';
import { elapsed, setServerTime } from './clock.js';
import { Connection } from './connection.js';
import { CallAccess } from './call/access.js';
import { DocumentAccess } from './document/access.js';
import { SharedConnection } from './connection/shared.js';
import { Stats } from './connection/stats.js';
import { LocalData } from './local-data.js';
import { Acts } from './message/acts.js';
import { Notices } from './notify/notices.js';
import { FileAccess } from './file/access.js';
import { Outbox, isWaiting } from './outbox.js';
import { People } from './people/people.js';
import { Rest } from './rest.js';
import { Drafts } from './rooms/drafts.js';
import { counts, isKept } from './rooms/fold.js';
import { LastPlace } from './rooms/last-place.js';
import { MyRooms } from './rooms/my-rooms.js';
import { readUpTo } from './rooms/reading.js';
import { unheard } from './rooms/room.js';
import { Shown } from './shown.js';
import { SlashAccess } from './slash/access.js';
import { apply, initial, isAttentive, isMember, isOver, nextTypingEnd, openRoom } from './store.js';
import { Identity } from './token/identity.js';
import { Unsent } from './unsent.js';

const PAGE = 50;
const SUBSCRIBING_AT_ONCE = 4;
const TYPING_AGAIN = 3_000;
const RELIST_AFTER = 15_000;
/** A post's event that has not arrived this long after the reply is considered lost. */
const SHOWN_WITHIN = 5_000;
/** Interruptions of a room's subscription that are less than this apart count as one series. */
const CALM_AFTER = 60_000;
/** After this many interruptions in a series, reload the room instead of resuming from its position. */
const MOST_RESUMED = 3;
/** Changes of the stats that are less than this apart are reported together. */
const STATS_EVERY = 1_000;
/** How often a page with messages that wait for a moderator asks what became of them. */
const HELD_EVERY = 20_000;
/** The lines of calls are asked for this long after the room was loaded: what the person waits for comes first. */
const CALLS_AFTER = 1_500;
/** Events among which the server looks for calls. */
const CALLS_AMONG = 1_000;
/** Names that are kept. */
const MOST_NAMES = 5_000;

export class Session {
  #server;
  #single;
  #onChange;
  #onOther;
  #onRefused;
  #onNotice;
  #onStats;
  #stats = new Stats(() => this.#statsChanged());
  #statsTimer = 0;
  /** @type {any} */
  #heldTimer = 0;
  #identity;
  #connection;
  #rest;
  /** @type {import('./types.d.ts').State} */
  #state = initial;
  /** @type {string | null} */
  #user = null;
  #shown = new Shown((rooms) => this.#apply({ type: 'client.elsewhere', rooms }));
  /** From the first hello to the end. An answer that comes after the end shows nothing to anyone. */
  #shows = false;
  /** @type {Outbox | null} */
  #outbox = null;
  /** @type {LocalData | null} */
  #own = null;
  /** @type {{ room: string | null, at: number }} */
  #typing = { room: null, at: 0 };
  #typingTimer = 0;
  #listedAt = 0;
  #asking = new Map();
  /** Rooms that are being asked for, by id: several parts of the session may need one at the same time. */
  #learning = new Map();
  #interruptions = new Map();
  /** The message to show once its room is live, as `[room, offset]`. */
  #awaited = /** @type {[string, number] | null} */ (null);
  /** The open room, once the page went to its first unread message. @type {string | null} */
  #begun = null;
  /** The open room, once it shows where the person left off: what it shows then counts as read. @type {string | null} */
  #positioned = null;
  /** Where the person is in the open room: the first message in view, and whether the last one is. */
  #place = { offset: 0, end: true };
  #lastPlace;
  /** Whether the page is shown, and whether the chat is in view in it. */
  #visible = { page: true, chat: true };
  /** Timers of posts whose events are awaited. */
  #expecting = new Set();
  /** How often each room is held. @type {Map<string, number>} */
  #holds = new Map();
  /** Names by user id, as far as they were seen. */
  #names = new Map();

  /**
   * `server` is the URL of the deployed application, ending with a slash. `provider` is the portal's token callback; `tokens` receives
   * the outcome of its calls (see Identity). A `single` session follows only the open room. A `shared` one uses
   * one connection for all tabs of the person. `user` is the id of the previous person, if
   * any: `onOther()` is called when the token belongs to someone else, and must end the session. `signedOut`: the portal has no token now.
   * `WebSocket`: see Connection.
   * `onRefused(problem, ofMessage)`: the server refused an act that nobody waits for, and whether that was about a message.
   * `onDraft(room)`: another device changed the draft of a room.
   * `onStats()`: `stats` changed, at most once a second.
   * `returns`: the page was reloaded, so the person wants to be where they were.
   * `onNotice(event)`: the person was notified (`notified`), or a notification was read or withdrawn (`withdrawn`).
   *
   * @param {{
   *   server: string,
   *   provider: import('./types.d.ts').TokenProvider,
   *   tokens?: import('./types.d.ts').TokenListeners,
   *   single?: boolean,
   *   shared?: boolean,
   *   user?: string | null,
   *   signedOut?: boolean,
   *   returns?: boolean,
   *   WebSocket?: typeof globalThis.WebSocket,
   *   onChange: () => void,
   *   onOther?: () => void,
   *   onRefused?: (problem: import('./problem.js').Problem, ofMessage?: boolean) => void,
   *   onDraft?: (room: string) => void,
   *   onNotice?: (event: any) => void,
   *   onStats?: () => void,
   * }} options
   */
  constructor({ server, provider, tokens, single = false, shared = false, user = null, signedOut = false, returns = false, WebSocket, onChange, onOther = () => this.stop(), onRefused = () => {}, onDraft = () => {}, onNotice = () => {}, onStats }) {
    this.#server = server;
    this.#single = single;
    this.#user = user;
    this.#onChange = onChange;
    this.#onOther = onOther;
    this.#onRefused = onRefused;
    this.#onNotice = onNotice;
    this.#onStats = onStats;
    if (signedOut) this.#state = { ...initial, connection: { phase: 'signed-out', by: 'portal' } };
    const identity = new Identity(provider, tokens);
    this.#identity = identity;
    this.#rest = new Rest(new URL('api/', server), identity);
    const Link = shared ? SharedConnection : Connection;
    this.#connection = new Link({
      url: socketAddress(server),
      api: new URL('api/', server),
      token: () => identity.fresh(),
      refused: (token) => this.#rest.refuses(token),
      WebSocket,
      stats: this.#stats,
      onEvent: (event) => this.#received(event),
      onPhase: (connection) => this.#phaseChanged(connection),
    });
    const parts = {
      request: (type, fields) => this.#connection.request(type, fields),
      rest: this.#rest,
      state: () => this.#state,
      apply: (event) => this.#apply(event),
      failed: (/** @type {any} */ problem) => onRefused(problem, true),
    };
    this.#lastPlace = new LastPlace({ own: () => this.#own, returns });
    /** What the person does with messages. */
    this.acts = new Acts(parts);
    /** The person's notifications. */
    this.notices = new Notices(parts);
    /** The directory, the person's own profile, blocks and direct rooms. */
    this.people = new People(parts);
    this.files = new FileAccess(this.#rest, () => this.#state);
    /** The documents of rooms. */
    this.documents = new DocumentAccess({
      ...parts,
      tell: (type, fields) => this.#connection.tell(type, fields),
      connected: () => this.#connection.connected,
      owner: () => [this.#server, this.#user],
      own: () => this.#own,
    });
    /** Calls of rooms. */
    this.calls = new CallAccess({ ...parts, connected: () => this.#connection.connected, own: () => this.#own, hold: (id) => this.hold(id) });
    /** Slash commands, and the private answers of bots. */
    this.slash = new SlashAccess({ request: parts.request, changed: onChange });
    /** Drafts on the server. */
    this.drafts = new Drafts({ rest: this.#rest, own: () => this.#own, on: () => counts(this.#state), changed: onDraft });
    /** The person's rooms: read markers, and what the person set for them. */
    this.rooms = new MyRooms({ ...parts, failed: (problem) => onRefused(problem) });
  }

  get state() {
    return this.#state;
  }

  /**
   * What the session has counted and measured.
   *
   * @returns {import('./types.d.ts').SessionStats}
   */
  get stats() {
    return { ...this.#stats.now, unsent: this.unsent.filter(isWaiting).length };
  }

  /** Measures the time until the server replies. Resolves to milliseconds. */
  ping() {
    return this.#connection.ping();
  }

  /** Messages of all rooms that are not in a log yet: see Outbox. */
  get unsent() {
    return this.#outbox?.entries ?? [];
  }

  /** Drafts and recent emoji of the person, once the person is known. */
  get own() {
    return this.#own;
  }

  /** The room that the person had open last, or null. */
  get lastRoom() {
    return this.#lastPlace.room;
  }

  start() {
    this.#connection.start();
  }

  stop() {
    for (const timer of this.#expecting) clearTimeout(timer);
    this.#expecting.clear();
    clearTimeout(this.#typingTimer);
    clearTimeout(this.#statsTimer);
    this.#statsTimer = 0;
    this.acts.flush();
    this.rooms.marker.flush();
    this.rooms.stop();
    this.drafts.stop();
    this.documents.stop();
    this.calls.stop();
    this.#connection.stop();
    this.#shows = false;
    this.#shown.end();
    clearTimeout(this.#heldTimer);
    this.#outbox?.close();
    this.#outbox = null;
  }

  /** Stops, and deletes the person's unsent messages and drafts from the disk: they signed out, or someone else signed in. */
  forget() {
    this.stop();
    if (this.#user === null) return;
    new Unsent([this.#server, this.#user]).erase();
    (this.#own ?? new LocalData([this.#server, this.#user])).erase();
    this.documents.erase();
  }

  /** Replaces the token callback. An open connection stays open. */
  set provider(provider) {
    this.#identity.provider = provider;
  }

  reconnect() {
    this.#connection.start();
    this.#connection.reconnect();
  }

  /** The name of a person, or the id if it was never seen. */
  nameOf(id) {
    return this.#names.get(id) ?? id;
  }

  /** Opens a room, and shows one of its messages when it is loaded. */
  openAt(id, offset) {
    this.open(id);
    this.#awaited = [id, offset];
    return this.#showAwaited(id);
  }

  /** Goes to the first unread message of the open room, once after it was opened. */
  async #showUnread(id) {
    const room = this.#state.rooms.get(id);
    if (!counts(this.#state) || id !== this.#state.open || this.#begun === id || !room) return;
    this.#begun = id;
    const place = this.#lastPlace.takes(id);
    if (place !== null && !room.target) await this.acts.showFrom(id, place).catch(ignored);
    else if (room.unread > 0 && room.read !== null && !room.target) await this.acts.showUnread(id, room.read).catch(ignored);
    if (this.#state.open === id) this.#positioned = id;
    this.#onChange();
  }

  async #showAwaited(id) {
    const awaited = this.#awaited;
    if (!awaited || awaited[0] !== id || this.#state.open !== id || this.#state.rooms.get(id)?.subscription !== 'live') return;
    this.#awaited = null;
    await this.acts.show(id, awaited[1]);
  }

  /**
   * Opens a room. The previous room stays subscribed, for its unread count, only if the person is a member of it and the server doesn't
   * report what happens in the person's rooms.
   */
  open(id) {
    const before = openRoom(this.#state);
    if (before?.id === id) return this.#tryAgain(before);
    this.typing(false);
    this.#begun = this.#positioned = null;
    this.#place = { offset: 0, end: true };
    this.#apply({ type: 'client.opened', room: id });
    const left = before && !isKept(this.#state, before.id) ? before : null;
    if (left && (this.#single || this.#state.watching || !isMember(left))) this.#unsubscribe(left.id);
    if (left && !isMember(left) && this.#state.watching) this.#apply({ type: 'client.forgotten', room: left.id });
    if (!this.#connection.connected) return;
    const room = this.#state.rooms.get(id);
    if (room?.name === null) this.#learn(id);
    if (room?.subscription === 'live') this.#showUnread(id);
    this.#subscribe(id);
  }

  /**
   * Holds a room: it is subscribed to and stays so, whatever room is open. Returns a function that lets it go. Holding it again holds it
   * until it was let go as often. The server limits how many rooms one connection may subscribe to; what it refuses becomes `refused`.
   *
   * @param {string} id
   */
  hold(id) {
    this.#holds.set(id, (this.#holds.get(id) ?? 0) + 1);
    if (!this.#state.held.has(id)) this.#held(id);
    let holding = true;
    return () => {
      if (!holding) return;
      holding = false;
      const count = (this.#holds.get(id) ?? 1) - 1;
      if (count > 0) return void this.#holds.set(id, count);
      this.#holds.delete(id);
      this.#apply({ type: 'client.held', held: new Set(this.#holds.keys()) });
      if (!this.#isWanted(id)) this.#unsubscribe(id);
    };
  }

  #held(id) {
    this.#apply({ type: 'client.held', held: new Set(this.#holds.keys()) });
    if (!this.#connection.connected) return;
    if (this.#state.rooms.get(id)?.name === null) this.#learn(id);
    this.#subscribe(id);
  }

  /** The rooms that are subscribed to first: the open one, and those that are held. */
  #kept() {
    const { open, held } = this.#state;
    return open === null ? [...held] : [...new Set([open, ...held])];
  }

  /** The person may have got access to a room that was refused or ended. */
  #tryAgain(room) {
    if (isOver(room) && this.#connection.connected) this.#subscribe(room.id);
  }

  async join(id) {
    await this.#connection.request('room.join', { room: id });
    // If the event came first, it has set the role: a guest who joins again stays a guest.
    const room = this.#state.rooms.get(id);
    if (room && !isMember(room)) this.#apply({ type: 'client.role', room: id, role: 'member' });
  }

  async leave(id) {
    await this.#connection.request('room.leave', { room: id });
    this.#apply({ type: 'client.role', room: id, role: 'none' });
    await this.listRooms();
  }

  /** Makes a room and opens it. */
  async createRoom(room) {
    this.open(await this.makeRoom(room));
  }

  /** Makes a room. Resolves to its id. */
  async makeRoom(room) {
    const created = await this.#rest.create(room);
    this.#apply({ type: 'client.room', room: created });
    return created.id;
  }

  /** Sends a command. Resolves to the reply's `ok`, or rejects with a Problem. */
  request(type, fields) {
    return this.#connection.request(type, fields);
  }

  /**
   * Posts a message to the open room. Returns null if too many are waiting.
   *
   * @param {string} text
   * @param {import('./types.d.ts').PostOptions} [options]
   */
  send(text, options) {
    const { open } = this.#state;
    return open === null ? null : this.post(open, text, options);
  }

  /**
   * Posts a message to a room. Returns null if too many are waiting, or before the first hello.
   *
   * @param {string} room
   * @param {string} text
   * @param {import('./types.d.ts').PostOptions} [options]
   */
  post(room, text, options) {
    this.#typing = { room: null, at: 0 };
    return this.#outbox?.send(room, text, options) ?? null;
  }

  /** Sends a failed message again. If its room is open and was refused, also subscribes again. */
  retry(key) {
    const entry = this.unsent.find((one) => one.key === key);
    const room = entry && this.#state.rooms.get(entry.room);
    this.#outbox?.retry(key);
    if (room && room.id === this.#state.open) this.#tryAgain(room);
  }

  discard(key) {
    this.#outbox?.discard(key);
  }

  undoDiscard(key) {
    this.#outbox?.undoDiscard(key);
  }

  /** Sends `typing` every 3 s while the person types, and once when they stop. */
  typing(on, room = this.#state.open) {
    const said = this.#typing.room === room && elapsed() - this.#typing.at < TYPING_AGAIN;
    if (on ? said : this.#typing.room === null || this.#typing.room !== room) return;
    this.#typing = on ? { room, at: elapsed() } : { room: null, at: 0 };
    this.#connection.tell('typing', { room, on });
  }

  /** Opens the direct room of the person and these others. */
  async direct(others) {
    this.open(await this.people.direct(others));
  }

  /** For what is loaded on first use. */
  get rest() {
    return this.#rest;
  }

  /** Credentials for the TURN server that relays calls. */
  turn() {
    return this.#rest.turn();
  }

  /** A page of the messages that these parameters find. */
  search(parameters) {
    return this.#rest.search(parameters);
  }

  /** A page of the rooms whose names match, also those that the person is no member of; without direct rooms. `last` is the id to go on from. */
  async browse(text, after) {
    const { rooms, more } = await this.#rest.browse(text, after);
    return { rooms: rooms.filter(({ kind }) => kind !== 'direct'), more, last: rooms.at(-1)?.id };
  }

  /**
   * The page shows the open room from the message `first` up to this one to a person who looks at it. `end`: it is the room's last message.
   * `target` is what the page scrolled to: until it is the room's, the page still shows another part.
   */
  showed(offset, end, target = null, first = offset) {
    const room = openRoom(this.#state);
    if (room && target === room.target) this.#place = { offset: first, end };
    if (!room || this.#positioned !== room.id || target !== room.target || !isAttentive(this.#state)) return;
    const { messages, earlier } = room.window ?? room;
    const continuous = !earlier || (messages?.[0]?.offset ?? 0) <= (room.read ?? 0) + 1;
    if (continuous || (end && !room.window)) this.rooms.read(room.id, readUpTo(room, offset, end && !room.window));
  }

  /** The message and those after it become unread, until the person leaves the room and comes back. */
  markUnread(id, offset) {
    this.#positioned = null;
    this.rooms.markUnread(id, offset);
  }

  /** Loads the page of messages before the first one that the open room shows. */
  async earlier() {
    const room = openRoom(this.#state);
    if (!room || !this.#connection.connected) return;
    await this.acts.earlier(room);
    this.#settle();
    this.#loadCalls(room.id).catch(ignored);
  }

  /** Loads the page after a window of history. */
  async later() {
    const room = openRoom(this.#state);
    if (room && this.#connection.connected) await this.acts.later(room);
  }

  /** Loads the members of a room and, for its moderators, the bans: the first of them, and whether there are more. */
  async members(id) {
    await this.#peopleAfter(id, 'members');
    if (moderates(this.#state.rooms.get(id)?.role)) await this.#peopleAfter(id, 'bans');
  }

  /** Loads further members and bans. */
  async moreMembers(id) {
    const { membersAfter, bansAfter } = this.#state.rooms.get(id) ?? unheard;
    if (membersAfter !== null) await this.#peopleAfter(id, 'members', membersAfter);
    if (bansAfter !== null) await this.#peopleAfter(id, 'bans', bansAfter);
  }

  /**
   * Loads a page of people. If the room started over since it was asked for, the first page may miss events, and is asked for again.
   *
   * @param {string} id
   * @param {'members' | 'bans'} which
   * @param {string} [after]
   */
  async #peopleAfter(id, which, after) {
    const era = this.#state.rooms.get(id)?.era;
    const { list, more } = await this.#rest[which](id, after);
    const room = this.#state.rooms.get(id);
    if (after === undefined && room && room.era !== era) return this.#peopleAfter(id, which);
    this.#apply(/** @type {any} */ ({ type: `client.${which}`, room: id, [which]: list, more, after, era }));
  }

  /** Changes the name, the topic or the retention of a room. Its event reports the result. */
  async changeRoom(id, change) {
    if (Object.keys(change).length) await this.#rest.changeRoom(id, change);
  }

  /** What owners and moderators can do in a room. The room's events report the result, to this client too. */
  moderation(room = this.#state.open) {
    const rest = this.#rest;
    return {
      giveRole: (user, role) => rest.giveRole(room, user, role),
      remove: (user) => rest.remove(room, user),
      ban: (user, seconds) => rest.ban(room, user, seconds),
      liftBan: (user) => rest.liftBan(room, user),
      mute: (user, seconds) => rest.mute(room, user, seconds),
      unmute: (user) => rest.unmute(room, user),
    };
  }

  /** Hides an announcement from the person. It is gone at once; if the server refuses, it is back after the next connect. */
  dismiss(id) {
    this.#apply({ type: 'announcement.ended', id });
    this.#rest.dismiss(id).catch((problem) => this.#onRefused(problem));
  }

  async closeRoom(id = this.#state.open) {
    await this.#rest.close(id);
    await this.listRooms();
  }

  /** Watched rooms need no listing: events report what changes. */
  async listRooms() {
    if (this.#state.watching) return;
    this.#listedAt = elapsed();
    this.#apply({ type: 'client.rooms', rooms: await this.#rest.rooms() });
  }

  /** The page was shown or hidden. When shown, lists the rooms again if the list is old. */
  shown(visible) {
    if (!visible) this.leaving();
    this.#visible.page = visible;
    this.#applyVisible();
    const stale = elapsed() - this.#listedAt > RELIST_AFTER;
    if (visible) this.#connection.check();
    if (visible && stale && this.#connection.connected) this.listRooms().catch(ignored);
  }

  /** A part of the chat is in view in the page, or none. Nobody reads what is out of view. */
  viewed(inView) {
    this.#visible.chat = inView;
    this.#applyVisible();
  }

  #applyVisible() {
    const { page, chat } = this.#visible;
    this.#apply({ type: 'client.visible', visible: page && chat });
  }

  /** The page is being left: sends what waits. */
  leaving() {
    const { open } = this.#state;
    if (open !== null && !this.#single) this.#lastPlace.left(open, this.#place.end ? null : this.#place.offset);
    this.acts.flush();
    this.rooms.marker.flush();
    this.drafts.flush();
    this.documents.flush();
  }

  /** The page got the focus, or lost it. */
  focused(focused) {
    this.#apply({ type: 'client.focused', focused });
  }

  /** @param {import('./types.d.ts').StateEvent} event */
  #apply(event) {
    const before = this.#state;
    this.#state = apply(before, event);
    if (this.#state === before) return;
    this.#learnNames(event);
    if (this.#shows && this.#user !== null) this.#shown.tell(this.#server, this.#user, this.#state.open);
    this.#onChange();
  }

  /** @param {any} event */
  #learnNames(event) {
    const people = [event.by, event.user, ...(event.messages ?? event.reply?.messages ?? []).map(({ by }) => by), ...(event.members ?? []).map(({ user }) => user)];
    for (const person of people) if (person?.name) this.#names.set(person.id, person.name);
    for (const id of this.#names.keys()) {
      if (this.#names.size <= MOST_NAMES) break;
      this.#names.delete(id);
    }
  }

  #received(event) {
    if (event.type === 'hello' && this.#user !== null && event.user.id !== this.#user) return this.#onOther();
    if (event.type === 'hello') this.#welcomed(event);
    if (event.type === 'draft') return this.drafts.received(event);
    if (event.type === 'slash.answered') return this.slash.received(event);
    const ofDocument = event.type.startsWith('document.');
    // What people write in a document is no event of the room.
    if (ofDocument && event.offset === undefined) return this.documents.received(event);
    this.#apply({ ...event, received: elapsed() });
    if (ofDocument) this.documents.received(event);
    this.calls.received(event);
    if (event.type === 'room.added' && isKept(this.#state, event.room.id)) this.#tryAgain(this.#state.rooms.get(event.room.id));
    if (event.type === 'notified' || event.type === 'withdrawn') return this.#onNotice(event);
    if (event.type === 'activity' && this.#state.rooms.get(event.room)?.name === null) this.#learn(event.room);
    const room = this.#state.rooms.get(event.room);
    if (!room) return;
    this.acts.noticed(event);
    if (event.type === 'message.posted' && event.by.id === this.#user) this.#settle();
    if (event.type === 'typing') this.#awaitTypingEnd();
    if (event.type === 'unsubscribed') this.#ended(room, event);
    if (room.subscription === 'broken') this.#interrupted(room.id);
  }

  #ended(room, { resubscribe }) {
    this.#asking.delete(room.id);
    if (resubscribe) this.#interrupted(room.id);
    else this.#settle();
  }

  /**
   * Subscribes again from the room's position. Backoff prevents a flood and keeps all subscribers from returning at the same moment.
   * A gap concerns this client alone, so the first one is filled at once.
   */
  async #interrupted(id) {
    if (this.#interruptions.get(id)?.returning) return;
    const count = this.#interruptionsOf(id) + 1;
    const trouble = { count, at: elapsed(), returning: true };
    this.#interruptions.set(id, trouble);
    const gap = this.#state.rooms.get(id)?.subscription === 'broken';
    if (!gap || count > 1) await sleep(delay(count - 1));
    trouble.returning = false;
    if (this.#connection.connected && this.#isWanted(id)) this.#subscribe(id);
  }

  /** How often the room's subscription was interrupted in the current series. */
  #interruptionsOf(id) {
    const trouble = this.#interruptions.get(id);
    return trouble && elapsed() - trouble.at < CALM_AFTER ? trouble.count : 0;
  }

  #isWanted(id) {
    const room = this.#state.rooms.get(id);
    return room !== undefined && (isKept(this.#state, id) || (!this.#single && !counts(this.#state) && isMember(room)));
  }

  #welcomed({ user, now }) {
    setServerTime(now);
    this.#shows = true;
    this.#user = user.id;
    this.#own ??= new LocalData([this.#server, user.id]);
    this.#outbox ??= new Outbox({
      owner: [this.#server, user.id],
      post: (entry) => this.#post(entry),
      onChange: () => {
        this.#settle();
        this.#statsChanged();
        this.#onChange();
      },
    });
  }

  /**
   * The reply gives the offset of the message: if its event doesn't arrive, events were lost.
   *
   * @param {import('./types.d.ts').Entry} entry
   */
  async #post({ room, key, text, mentions, everyone, thread, also, files }) {
    const ok = await this.#connection.request('message.post', { room, key, text, mentions, everyone, thread, also, files: files?.map(({ id }) => id) });
    if (ok.held) {
      clearTimeout(this.#heldTimer);
      this.#heldTimer = setTimeout(() => this.#askAboutHeld(), HELD_EVERY);
      return ok;
    }
    const timer = setTimeout(() => this.#expect(room, ok.offset, timer), SHOWN_WITHIN);
    this.#expecting.add(timer);
    return ok;
  }

  #expect(room, head, timer) {
    this.#expecting.delete(timer);
    this.#apply({ type: 'client.behind', room, head });
    if (this.#state.rooms.get(room)?.subscription === 'broken') this.#interrupted(room);
  }

  /** No event tells that a moderator refused a message, or approved one in a room that is not open. */
  #askAboutHeld() {
    clearTimeout(this.#heldTimer);
    if (!this.unsent.some(({ state }) => state === 'held')) return;
    this.#heldTimer = setTimeout(() => this.#askAboutHeld(), HELD_EVERY);
    this.#rest.raw('GET', 'me/approvals', { headers: { Accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(HELD_EVERY) })
      .then((response) => response.json())
      .then(({ messages }) => this.#outbox?.decide(messages))
      .catch(ignored);
  }

  #statsChanged() {
    if (!this.#onStats || this.#statsTimer) return;
    const tell = () => {
      this.#statsTimer = 0;
      this.#onStats?.();
    };
    this.#statsTimer = setTimeout(tell, STATS_EVERY);
  }

  #phaseChanged(connection) {
    if (connection.phase !== 'connected') this.#asking.clear();
    this.#apply({ type: 'client.connection', connection });
    this.documents.connected(connection.phase === 'connected');
    if (connection.phase === 'connected') this.#resume();
    this.calls.moved(connection.phase);
  }

  /**
   * After each hello: subscribe to the open and held rooms, then watch the person's rooms. A server without that lists all rooms, and the person's are
   * subscribed to.
   */
  async #resume() {
    const { open } = this.#state;
    for (const id of this.#kept()) this.#subscribe(id);
    this.#outbox?.flush();
    this.#askAboutHeld();
    this.rooms.marker.flush();
    this.people.load().catch(ignored);
    this.notices.load().catch(ignored);
    if (this.#single && open) return this.#learn(open);
    const watching = counts(this.#state) && (await this.rooms.watch(() => this.#connection.connected));
    if (watching) this.drafts.load().catch(ignored);
    if (!watching) await this.#listAgain();
    for (const id of this.#kept()) if (this.#state.rooms.get(id)?.name === null) this.#learn(id);
    if (watching || this.#single) return;
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

  /** Loads a room that is not in the list, such as a private one that was opened by its id. */
  #learn(id) {
    const known = this.#learning.get(id);
    if (known) return known;
    const learning = this.#rest.room(id).then((room) => this.#apply({ type: 'client.room', room }), ignored).finally(() => this.#learning.delete(id));
    this.#learning.set(id, learning);
    return learning;
  }

  /**
   * Resumes from the room's position. Without one, or if the server can't resume, loads the last messages. The browser delivers each
   * frame as a task of its own, so the reply is applied before the event that follows it.
   */
  async #subscribe(id) {
    const room = this.#state.rooms.get(id);
    if (!room || room.subscription === 'asked' || room.subscription === 'live') return;
    const asked = {};
    this.#asking.set(id, asked);
    this.#apply({ type: 'client.subscribing', room: id });
    for (let attempt = 0; this.#asking.get(id) === asked; attempt++) {
      try {
        const reply = await this.#askToSubscribe(id);
        if (this.#asking.get(id) === asked) this.#subscribed(id, reply);
        return;
      } catch (problem) {
        if (problem.lost || this.#asking.get(id) !== asked) return;
        if (!problem.temporary) return this.#refused(id, problem);
        await sleep(problem.retryAfter ?? delay(attempt));
      }
    }
  }

  async #askToSubscribe(room) {
    const { position, rewritten } = this.#state.rooms.get(room) ?? unheard;
    const since = rewritten || this.#interruptionsOf(room) > MOST_RESUMED ? null : position;
    const resumed = since && (await this.#connection.request('subscribe', { room, since }));
    return resumed?.recovered ? resumed : this.#connection.request('subscribe', { room, last: PAGE });
  }

  #subscribed(id, reply) {
    const { position, members, messages, window, rewritten } = this.#state.rooms.get(id) ?? unheard;
    const startsOver = !reply.recovered && position !== null;
    const keeps = startsOver && !rewritten && id === this.#state.open && !this.#place.end && (window ?? messages) !== null;
    this.#asking.delete(id);
    if (reply.recovered) this.#stats.resumed();
    this.#apply({ type: 'client.subscribed', room: id, reply, asked: PAGE, keeps });
    this.#settle();
    // The person may have opened another room in the meantime.
    if (!this.#isWanted(id)) return this.#unsubscribe(id);
    // What came in the gap is unread, and is shown from its beginning.
    if (startsOver && !keeps && id === this.#state.open) this.#begun = this.#positioned = null;
    if (!reply.recovered && members) this.members(id).catch(ignored);
    if (keeps) this.acts.stay(id, this.#place.offset).catch(ignored);
    this.#loadAgain(id).catch(ignored);
    if (!reply.recovered) sleep(CALLS_AFTER).then(() => this.#loadCalls(id)).catch(ignored);
  }

  /** Loads the starts and ends of calls among the messages of a room that were loaded with it. */
  async #loadCalls(id) {
    const { subscription, messages, earlier, position, era } = this.#state.rooms.get(id) ?? unheard;
    if (!this.calls.on || subscription !== 'live' || !messages || !position) return;
    const first = earlier ? (messages[0]?.offset ?? position.offset) : 1;
    const calls = await this.#rest.calls(id, Math.max(first - 1, messages.length > PAGE ? 0 : position.offset - CALLS_AMONG));
    this.#apply({ type: 'client.calls', room: id, calls, era });
  }

  /** After a subscription: the message that was asked for, the open thread, and pins that may have changed. */
  async #loadAgain(id) {
    await this.#showAwaited(id).catch((problem) => this.#onRefused(problem, true));
    await this.acts.loadThread(id);
    await this.#showUnread(id);
    if (this.#state.rooms.get(id)?.pins?.stale) await this.acts.loadPins(id);
    if (this.#state.rooms.get(id)?.retention === null) await this.#learn(id);
  }

  #refused(id, { code }) {
    this.#asking.delete(id);
    this.#apply({ type: 'client.refused', room: id, problem: { code } });
    this.#settle();
  }

  #unsubscribe(id) {
    if (this.#state.rooms.get(id)?.subscription !== 'live') return;
    this.#apply({ type: 'client.unsubscribed', room: id });
    this.#connection.request('unsubscribe', { room: id }).catch(ignored);
  }

  /** Drops outbox entries that their room's log shows, and sent ones of rooms that are not open. */
  #settle() {
    if (!this.unsent.length) return;
    const { rooms } = this.#state;
    const shown = new Map();
    for (const { room: id } of this.unsent) if (!shown.has(id)) shown.set(id, keysOf(rooms.get(id), this.#user));
    this.#outbox?.settle(({ key, state, room: id, offset }) => {
      const room = rooms.get(id);
      const past = !isKept(this.#state, id) || !room || isOver(room) || (room.position !== null && offset !== undefined && offset <= room.position.offset);
      return shown.get(id).has(key) || (state === 'sent' && past);
    });
  }

  #awaitTypingEnd() {
    clearTimeout(this.#typingTimer);
    const end = nextTypingEnd(this.#state);
    if (end === Infinity) return;
    this.#typingTimer = setTimeout(() => this.#typingEnded(), end - elapsed());
  }

  #typingEnded() {
    const now = elapsed();
    for (const { id, typing } of this.#state.rooms.values()) if (typing.size) this.#apply({ type: 'client.time', room: id, now });
    this.#awaitTypingEnd();
  }
}

/** The keys of a person's loaded messages and replies. */
function keysOf(room, user) {
  const all = [...(room?.messages ?? []), ...(room?.thread?.messages ?? [])];
  return new Set(all.filter(({ by }) => by.id === user).map(({ key }) => key));
}

function socketAddress(server) {
  const address = new URL('ws', server);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

/** Runs `task` for each item, at most `width` at a time. */
async function inTurns(items, width, task) {
  const left = [...items];
  const worker = async () => {
    while (left.length) await task(left.shift());
  };
  await Promise.all(Array.from({ length: width }, worker));
}

function ignored() {}
