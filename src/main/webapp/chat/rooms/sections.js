/**
 * The sections of the sidebar, each with its rooms in order: favourites, the person's own sections, rooms, direct messages. A server that
 * doesn't report the person's rooms lists public ones too.
 */
import { isMember } from '../store.js';
import { locale } from '../strings.js';
import { counts } from './fold.js';

/** Collators by language. In them "Room 2" comes before "Room 10". */
const collators = new Map();
const names = {
  compare: (a, b) => {
    if (!collators.has(locale())) collators.set(locale(), new Intl.Collator(locale(), { numeric: true }));
    return collators.get(locale()).compare(a, b);
  },
};

/**
 * @typedef {import('../types.d.ts').Room} Room
 * @typedef {{ key: string, name?: string, rooms: Room[] }} Section
 */

/**
 * @param {import('../types.d.ts').State} state
 * @param {{ filter?: string, failed?: Map<string, number>, unreadFirst?: boolean }} options `failed`: how many messages of a room were refused
 * @returns {Section[]}
 */
export function sections(state, { filter = '', failed = new Map(), unreadFirst = false } = {}) {
  const rooms = [...state.rooms.values()].filter((room) => labelOf(room).toLocaleLowerCase().includes(filter));
  const lost = state.listed ? [...failed.keys()].filter((id) => !state.rooms.has(id)) : [];
  const groups = counts(state) ? ofPerson(state, rooms, { unreadFirst, all: filter !== '' }) : ofServer(state, rooms);
  return [...groups, { key: 'lost', rooms: lost.map((id) => /** @type {Room} */ (/** @type {unknown} */ ({ id, name: null, kind: 'private', unread: 0, mentions: 0 }))) }];
}

function ofServer({ listed }, rooms) {
  const named = rooms.toSorted(byName);
  return [
    { key: 'mine', rooms: named.filter(isMember) },
    { key: 'others', rooms: listed ? named.filter((room) => !isMember(room)) : [] },
  ];
}

/** Hidden rooms show while they are open, when someone mentions the person in them, or when they are looked for. */
function ofPerson(state, rooms, { unreadFirst, all }) {
  const shown = rooms.filter((room) => isMember(room) && (!room.hidden || all || room.id === state.open || room.mentions > 0));
  const fresh = (room) => unreadFirst && isFresh(room, state.open);
  const order = (list, compare) => list.toSorted((a, b) => Number(fresh(b)) - Number(fresh(a)) || compare(a, b));
  const named = new Set(shown.filter(({ favourite, section }) => !favourite && section).map(({ section }) => section));
  const own = [...named].sort(names.compare).map((name) => ({ key: `own ${name}`, name, rooms: order(shown.filter(({ favourite, section }) => !favourite && section === name), byPlace) }));
  const rest = shown.filter(({ favourite, section }) => !favourite && !section);
  return [
    { key: 'favourites', rooms: order(shown.filter(({ favourite }) => favourite), byPlace) },
    ...own,
    { key: 'mine', rooms: order(rest.filter(({ kind }) => kind !== 'direct'), byPlace) },
    { key: 'direct', rooms: order(rest.filter(({ kind }) => kind === 'direct'), byRecency) },
    { key: 'visiting', rooms: rooms.filter((room) => !isMember(room) && room.id === state.open) },
  ];
}

/** The open room stays where it is while it shows what was new. */
function isFresh({ id, unread, newAfter, level }, open) {
  return (unread > 0 && level !== 'nothing') || (id === open && newAfter !== null);
}

/** What a room is called: its name, the people of a direct room, or its id. */
export function labelOf({ name, id }) {
  return name ?? id;
}

function byName(a, b) {
  return names.compare(labelOf(a), labelOf(b));
}

function byPlace(a, b) {
  return compared(a.place ?? Infinity, b.place ?? Infinity) || byName(a, b);
}

function byRecency(a, b) {
  return Date.parse(b.last?.at ?? 0) - Date.parse(a.last?.at ?? 0) || byName(a, b);
}

function compared(a, b) {
  return a === b ? 0 : a - b;
}
