/**
 * The public state, made of the client's own. What was made once is made once: the same state gives the same objects, so that frameworks
 * can compare them.
 */
import { initial, mentions, unread } from '../main/webapp/chat/store.js';

/** @typedef {import('../main/webapp/chat/types.d.ts').State} State */
/** @typedef {import('../main/webapp/chat/types.d.ts').Room} Room */

/** @type {WeakMap<Room, import('./types.js').RoomSummary>} */
const summaries = new WeakMap();

/**
 * @param {State} state
 * @returns {import('./types.js').ParleyState}
 */
export function stateOf(state) {
  // The server may refuse the token for a while. Until the person is back, nothing shows.
  const shown = state.connection.phase === 'signed-out' ? initial : state;
  const { user, features, limits, listed, rooms } = shown;
  const mine = [...rooms.values()].filter(({ role }) => role !== 'none');
  return { user, connection: connectionOf(state), features, limits, listed, rooms: mine.map(summaryOf), unread: unread(shown), mentions: mentions(shown) };
}

/**
 * @param {State} state
 * @returns {import('./types.js').ConnectionState}
 */
function connectionOf({ connection: { phase, until, trouble, by } }) {
  return { phase, ...(until !== undefined && { retryAt: until }), ...(trouble && { trouble }), ...(by && { by }) };
}

/**
 * @param {Room} room
 * @returns {import('./types.js').RoomSummary}
 */
function summaryOf(room) {
  const known = summaries.get(room);
  if (known) return known;
  const { id, name, kind, topic, role, unread: count, mentions: named, last, messages, level, favourite, hidden } = room;
  const summary = { id, name, kind, topic, role, unread: count, mentions: named, last: messages?.at(-1) ?? last, level, favourite, hidden };
  summaries.set(room, summary);
  return summary;
}

/**
 * @param {string} id
 * @param {Room | undefined} room
 * @param {import('../main/webapp/chat/types.d.ts').Entry[]} unsent of this room
 * @returns {import('./types.js').RoomState}
 */
export function roomOf(id, room, unsent) {
  if (!room) return { ...nothing, id, unsent };
  const { name, kind, topic, role, problem, messages, earlier, loading, online, typing, muted, unread: count, mentions: named, read } = room;
  const people = [...typing].map(([user, { name: called }]) => ({ id: user, ...(called && { name: called }) }));
  return {
    id,
    name,
    kind,
    topic,
    role,
    status: statusOf(room),
    problem,
    messages: messages ?? [],
    unsent,
    earlier,
    loadingEarlier: loading,
    online,
    typing: people,
    muted,
    unread: count,
    mentions: named,
    read,
  };
}

/** A gap that is being filled is no other status: events keep coming in order. */
function statusOf(/** @type {Room} */ { subscription, messages }) {
  if (subscription === 'refused' || subscription === 'ended') return 'refused';
  return messages && (subscription === 'live' || subscription === 'broken') ? 'live' : 'loading';
}

/** @type {Omit<import('./types.js').RoomState, 'id' | 'unsent'>} */
const nothing = {
  name: null,
  kind: 'public',
  role: 'none',
  status: 'loading',
  problem: null,
  messages: [],
  earlier: false,
  loadingEarlier: false,
  online: null,
  typing: [],
  muted: null,
  unread: 0,
  mentions: 0,
  read: null,
};
