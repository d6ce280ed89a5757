/**
 * The person's rooms as a fold of what a watching connection receives: the reply to `watch`, pages of further rooms, `activity`,
 * `room.added`, `room.removed`. What an event added or removed stays so, whatever an older page says.
 */
import { unheard } from './room.js';
import { countsAfter } from './reading.js';

/**
 * @typedef {import('../types.d.ts').Room} Room
 * @typedef {import('../types.d.ts').State} State
 * @typedef {import('../types.d.ts').MyRoom} MyRoom
 */

/** The feature of the server that watching belongs to. */
export const READ = 'read';

/** @param {Pick<State, 'features'>} state */
export function counts({ features }) {
  return features.includes(READ);
}

/**
 * Whether the room stays, whatever the list of rooms says: it is open, or held.
 *
 * @param {Pick<State, 'open' | 'held'>} state
 * @param {string} id
 */
export function isKept({ open, held }, id) {
  return id === open || held.has(id);
}

/**
 * The state after an event about the list of rooms, or undefined if it is none.
 *
 * @param {State} state
 * @param {any} event
 * @returns {State | undefined}
 */
export function listChanged(state, event) {
  switch (event.type) {
    case 'client.watched':
      return watched(state, event);
    case 'client.watched.page':
      return paged(state, event);
    case 'room.added':
      return added(state, event.room);
    case 'room.removed':
      return removed(state, event.room);
    case 'activity':
      return withRoom(state, active(state, event));
    default:
      return undefined;
  }
}

/**
 * The reply to `watch`. If there are more rooms, known ones stay until the last page has arrived.
 *
 * @param {State} state
 * @param {{ rooms: MyRoom[], more: boolean }} reply
 * @returns {State}
 */
function watched(state, { rooms, more }) {
  const listing = { seen: new Set(rooms.map(({ id }) => id)), removed: new Set() };
  const next = new Map([...state.rooms, ...rooms.map((room) => /** @type {[string, Room]} */ ([room.id, mine(state, room)]))]);
  return settled({ ...state, rooms: next, listed: true, watching: true, listing }, more);
}

/**
 * A page of further rooms. Events that came in the meantime win.
 *
 * @param {State} state
 * @param {{ rooms: MyRoom[], more: boolean }} page
 * @returns {State}
 */
function paged(state, { rooms, more }) {
  const { listing } = state;
  if (!listing) return state;
  const news = rooms.filter(({ id }) => !listing.removed.has(id) && !listing.seen.has(id));
  const next = new Map([...state.rooms, ...news.map((room) => /** @type {[string, Room]} */ ([room.id, mine(state, room)]))]);
  return settled({ ...state, rooms: next, listing: { ...listing, seen: new Set([...listing.seen, ...news.map(({ id }) => id)]) } }, more);
}

/** After the last page, rooms that neither a page nor an event named are gone. */
function settled(state, more) {
  if (more) return state;
  const { seen } = state.listing;
  const stays = ([id]) => seen.has(id) || isKept(state, id);
  const rooms = new Map([...state.rooms].filter(stays).map(([id, room]) => [id, seen.has(id) ? room : left(room)]));
  return { ...state, rooms, listing: null };
}

function added(state, room) {
  const { listing } = state;
  const next = listing && { removed: without(listing.removed, room.id), seen: new Set([...listing.seen, room.id]) };
  return { ...withRoom(state, mine(state, room)), listing: next };
}

/** An open or held room stays, so that the page can say what happened to it. */
function removed(state, id) {
  const { listing } = state;
  const next = { ...state, listing: listing && { seen: without(listing.seen, id), removed: new Set([...listing.removed, id]) } };
  const room = state.rooms.get(id);
  if (!room) return next;
  if (isKept(state, id)) return withRoom(next, left(room));
  const rooms = new Map(state.rooms);
  rooms.delete(id);
  return { ...next, rooms };
}

function left(room) {
  return { ...room, role: 'none', unread: 0, mentions: 0 };
}

/**
 * A listed room merged into the known one. The role of a live room comes from its events.
 *
 * @param {State} state
 * @param {MyRoom} listed
 * @returns {Room}
 */
function mine(state, listed) {
  const { id, kind, topic, posting, slow, offset = 0, unread = 0, mentions = 0, read, last = null, people = null, muted } = listed;
  const known = state.rooms.get(id) ?? { ...unheard, id };
  const live = known.subscription === 'live';
  const room = {
    ...known,
    ...settingsOf(listed),
    kind,
    topic,
    posting,
    slow,
    people,
    name: nameOf(listed, state.user?.id),
    role: live ? known.role : (listed.role ?? 'member'),
    muted: live ? known.muted : (muted ?? null),
    last,
  };
  return counted(state, { ...room, ...markers(known, read) }, { offset, unread, mentions });
}

/**
 * What the person set for the room.
 *
 * @param {MyRoom} listed
 */
function settingsOf({ level = 'mentions', favourite = false, hidden = false, section, position }) {
  return { level, favourite, hidden, section: section || null, place: position ?? null };
}

/**
 * A direct room has the names of the others.
 *
 * @param {{ name?: string | null, kind: string, people?: import('../types.d.ts').User[] | null }} room
 * @param {string | undefined} me
 */
export function nameOf({ name, kind, people }, me) {
  if (kind !== 'direct') return name ?? null;
  const others = (people ?? []).filter(({ id }) => id !== me);
  return others.map((one) => one.name || one.id).join(', ') || null;
}

/**
 * Activity may name a room that the list doesn't have yet: it is added, and the session asks for its name. A new message shows a hidden room
 * again.
 */
function active(state, { room: id, offset, unread = 0, mentions = 0, last, read }) {
  const known = state.rooms.get(id) ?? /** @type {Room} */ ({ ...unheard, id, role: 'member' });
  const hidden = known.hidden && !(last && last.offset > (known.last?.offset ?? 0));
  return counted(state, { ...known, ...markers(known, read), last: last ?? known.last, hidden }, { offset, unread, mentions });
}

/** The marker that the server has. One of this page that is on its way stays. */
function markers(known, read) {
  if (read === undefined) return {};
  return { stored: read, read: isOnItsWay(known) ? known.read : read };
}

/**
 * The server's numbers as of `offset`. Where the marker of this page is still on its way to the server, they are counted again.
 *
 * @param {State} state
 * @param {Room} room
 * @param {{ offset: number, unread: number, mentions: number }} numbers
 * @returns {Room}
 */
export function counted(state, room, { offset, unread, mentions }) {
  const head = Math.max(room.head, offset);
  if (offset < room.counted) return { ...room, head };
  const next = { ...room, head, counted: offset, unread, mentions };
  return isOnItsWay(next) ? { ...next, ...countsAfter(next, next.read ?? 0, state.user?.id) } : next;
}

function isOnItsWay({ read, stored }) {
  return read !== null && read !== stored;
}

function withRoom(state, room) {
  return { ...state, rooms: new Map(state.rooms).set(room.id, room) };
}

function without(set, gone) {
  return new Set([...set].filter((one) => one !== gone));
}
