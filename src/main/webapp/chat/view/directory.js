/**
 * The people and rooms that the views know by name: for mentions in messages, and for completion in the composer. Names come from the
 * authors of shown messages and from the members of the open room.
 */
import { moderates } from '../authority.js';
import { MOST_MENTIONS } from '../format/mentions.js';
import { mentionsIn } from '../format/parse.js';
import { shownName } from '../people/erased.js';
import { openRoom } from '../store.js';
import { h } from './dom.js';

/** Names that are kept. Beyond that the oldest are forgotten. */
const MOST_NAMES = 5_000;
/** People who were looked up, and texts that were. Beyond that the oldest are forgotten. */
const MOST_FOUND = 1_000;
/** Messages that wait for a name. */
const MOST_WAITING = 500;
/** In larger rooms only moderators and owners may mention everyone: a rule of the server. */
const MOST_FOR_EVERYONE = 50;

export class Directory {
  #session;
  #open;
  #names = new Map();
  /** @type {Set<{ people: string[], rooms: string[], again: () => void }>} */
  #waiting = new Set();
  /** Rooms whose members are being loaded. */
  #asked = new Set();
  /** People who were looked up, and by which texts. */
  #found = new Map();
  #looked = new Set();
  /** @type {import('../types.d.ts').State['rooms'] | null} */
  #rooms = null;
  /** @type {import('../types.d.ts').Member[] | null} */
  #members = null;

  /** `session()` returns the current session or null; `open(room)` opens a room. */
  constructor(session, open) {
    this.#session = session;
    this.#open = open;
  }

  /** Learns the names in the state. */
  update(state) {
    if (state.rooms !== this.#rooms) this.#redraw(({ rooms }) => rooms.some((id) => this.roomName(id) !== undefined));
    this.#rooms = state.rooms;
    const members = openRoom(state)?.members ?? null;
    if (members === this.#members) return;
    this.#members = members;
    for (const { user } of members ?? []) this.learn(user);
  }

  /** @param {import('../types.d.ts').User} user */
  learn({ id, name: given }) {
    const name = given && shownName({ id, name: given });
    if (!name || this.#names.get(id) === name) return;
    this.#names.delete(id);
    this.#names.set(id, name);
    if (this.#names.size > MOST_NAMES) this.#names.delete(this.#names.keys().next().value);
    this.#redraw(({ people }) => people.includes(id));
  }

  #redraw(isNamed) {
    if (!this.#waiting.size) return;
    for (const one of [...this.#waiting].filter(isNamed)) {
      this.#waiting.delete(one);
      one.again();
    }
  }

  get user() {
    return this.#session()?.state.user ?? null;
  }

  nameOf(id) {
    return id === this.user?.id ? this.user.name : this.#names.get(id);
  }

  roomName(id) {
    return this.#session()?.state.rooms.get(id)?.name ?? undefined;
  }

  open(room) {
    this.#open(room);
  }

  /** What loads pictures in this session. */
  get access() {
    return this.#session()?.files ?? null;
  }

  /** An element for `:name:`, which becomes a picture if it is a custom emoji. */
  emoji(text) {
    const element = h('span', {}, text);
    import('../panels.js').then(({ showEmoji }) => showEmoji(this.access, element), () => {});
    return element;
  }

  /** Calls `again` when one of these people or rooms gets a name. For people, asks for the members of the open room, once. */
  awaitNames({ people, rooms }, again) {
    this.#waiting.add({ people, rooms, again });
    if (this.#waiting.size > MOST_WAITING) this.#forgetOldest();
    if (people.length) this.askMembers();
  }

  #forgetOldest() {
    for (const one of this.#waiting) return this.#waiting.delete(one);
  }

  /** Loads the members of the open room unless they are known or on their way. Resolves to whether it did. */
  async askMembers() {
    const session = this.#session();
    const room = session && openRoom(session.state);
    if (!room || room.members || room.subscription !== 'live' || this.#asked.has(room.id)) return false;
    this.#asked.add(room.id);
    try {
      await session.members(room.id);
      return true;
    } catch {
      return false;
    } finally {
      this.#asked.delete(room.id);
    }
  }

  /** Whom a message in the open room can mention: its members and the authors of its loaded messages, without oneself. */
  people() {
    const room = this.#room;
    const people = new Map();
    for (const { user, online } of room?.members ?? []) people.set(user.id, { ...user, online });
    for (const { by } of room?.messages ?? []) if (!people.has(by.id)) people.set(by.id, by);
    if (room?.kind === 'public') for (const one of this.#found.values()) if (!people.has(one.id)) people.set(one.id, one);
    people.delete(this.user?.id);
    return [...people.values()];
  }

  /** People of the server's directory whose names match, where everyone can read the open room. Resolves to whether there are new ones. */
  async lookUp(text) {
    const session = this.#session();
    if (!session?.people?.on || this.#room?.kind !== 'public' || text === '' || this.#looked.has(text)) return false;
    this.#looked.add(text);
    if (this.#looked.size > MOST_FOUND) this.#looked.delete(this.#looked.keys().next().value);
    // A text for which the server could not be asked is looked up again.
    const found = await session.people.find(text, { limit: 8 }).catch(() => (this.#looked.delete(text), []));
    const isNew = found.some(({ id }) => !this.#found.has(id));
    for (const { id, name } of found) this.#found.set(id, { id, name });
    while (this.#found.size > MOST_FOUND) this.#found.delete(this.#found.keys().next().value);
    return isNew;
  }

  /**
   * Whom a text mentions: at most 50 ids, and whether everyone. Empty fields are absent. People in `chosen` come first, before others of the
   * same name.
   *
   * @param {string} text
   * @param {import('../types.d.ts').User[]} [chosen]
   * @returns {{ mentions?: string[], everyone?: boolean }}
   */
  mentioned(text, chosen = []) {
    const { mentions, everyone } = mentionsIn(text, [...chosen, ...namesakesApart(this.people())]);
    return { ...(mentions.length > 0 && { mentions: mentions.slice(0, MOST_MENTIONS) }), ...(everyone && this.mayMentionEveryone && { everyone }) };
  }

  /** The commands that can begin a message in the open room. */
  async commands() {
    const session = this.#session();
    return session ? (await slashes()).offered(session) : [];
  }

  /** Rooms by id and name. */
  rooms() {
    return [...(this.#session()?.state.rooms.values() ?? [])].filter(({ name }) => name !== null).map(({ id, name }) => ({ id, name }));
  }

  /** False if the server is known to refuse it. */
  get mayMentionEveryone() {
    const room = this.#room;
    return moderates(room?.role) || (room?.members?.length ?? 0) <= MOST_FOR_EVERYONE;
  }

  get #room() {
    const session = this.#session();
    return session ? openRoom(session.state) : undefined;
  }
}

/** Loaded when a person types a slash. */
const slashes = () => import('../slashes.js');

/** Two people with the same name are mentioned by id, unless they were chosen from the list. */
function namesakesApart(people) {
  const count = new Map();
  for (const { name = '' } of people) count.set(name.toLowerCase(), (count.get(name.toLowerCase()) ?? 0) + 1);
  return people.map(({ id, name = '' }) => ({ id, name: count.get(name.toLowerCase()) > 1 ? undefined : name }));
}
