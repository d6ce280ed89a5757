/**
 * The client's state as a fold: `apply(state, event)` returns the next state and changes nothing else. Events are the server's (protocol
 * names) and the client's own (`client.…`: requests, replies, actions of the person).
 *
 * A room's position (epoch, offset) is its last applied logged event. It never moves back and never skips an offset, and an event at or
 * before it is ignored. A gap marks the subscription `broken`, and the session asks for the missing events. Events that arrive while it is
 * `broken` or `asked` are dropped without loss: the server repeats everything after the position, or sends the messages again.
 */
import { announced } from './announcement/fold.js';
import { callLogged, callPeople, callsLoaded } from './call/fold.js';
import { caughtUp, inserted, isInRoom, messageChanged, remembered, replyPosted, withPosted } from './message/fold.js';
import { paged } from './message/pages.js';
import { noNotices, noticesChanged } from './notify/fold.js';
import { counted, counts, isKept, listChanged, nameOf } from './rooms/fold.js';
import { within } from './rooms/kept.js';
import { markerMoved, names } from './rooms/reading.js';
import { unheard } from './rooms/room.js';

/**
 * @typedef {import('./types.d.ts').LoadedRoom} LoadedRoom
 * @typedef {import('./types.d.ts').ClientEvent} ClientEvent
 * @typedef {import('./types.d.ts').ConnectionState} ConnectionState
 * @typedef {import('./types.d.ts').EphemeralEvent} EphemeralEvent
 * @typedef {import('./types.d.ts').ListedRoom} ListedRoom
 * @typedef {import('./types.d.ts').LoggedEvent} LoggedEvent
 * @typedef {import('./types.d.ts').Online} Online
 * @typedef {import('./types.d.ts').Role} Role
 * @typedef {import('./types.d.ts').Room} Room
 * @typedef {import('./types.d.ts').State} State
 * @typedef {import('./types.d.ts').StateEvent} StateEvent
 * @typedef {import('./types.d.ts').Subscribed} Subscribed
 * @typedef {import('./types.d.ts').User} User
 */

export const TYPING_LASTS = 6_000;
/** Messages kept per room. Paging back may load more; then each new message drops the oldest. */
export const MOST_KEPT = 2_000;

/** @type {Readonly<State>} */
export const initial = Object.freeze({
  user: null,
  limits: { text: 4_000, subscriptions: 128 },
  features: [],
  connection: { phase: /** @type {const} */ ('idle') },
  rooms: new Map(),
  listed: false,
  open: null,
  visible: true,
  focused: true,
  elsewhere: new Set(),
  held: new Set(),
  watching: false,
  listing: null,
  me: null,
  notices: noNotices,
  blocked: new Set(),
  announcements: [],
});

/**
 * The state after an event.
 *
 * @param {State} state
 * @param {StateEvent} event
 * @returns {State}
 */
export function apply(state, event) {
  switch (event.type) {
    case 'hello':
      return { ...state, user: event.user, limits: { ...initial.limits, ...event.limits }, features: event.features ?? [] };
    case 'features':
      return { ...state, features: event.features };
    case 'client.connection':
      return connectionChanged(state, event.connection);
    case 'client.rooms':
      return roomsListed(state, event.rooms);
    case 'client.room':
      return withRoom(state, merged(state, event.room));
    case 'client.opened':
      return opened(state, event.room);
    case 'client.held':
      return heldChanged(state, event.held);
    case 'client.forgotten':
      return { ...state, rooms: new Map([...state.rooms].filter(([id]) => id !== event.room)) };
    case 'client.visible':
      return visibleChanged(state, { visible: event.visible });
    case 'client.notices':
    case 'notified':
    case 'withdrawn':
      return { ...state, notices: noticesChanged(state.notices, event) ?? state.notices };
    case 'announcement.shown':
    case 'announcement.ended':
      return { ...state, announcements: announced(state.announcements, event) };
    case 'client.watched':
      return listChanged({ ...state, announcements: announced(state.announcements, event) }, event) ?? state;
    case 'client.me':
      return { ...state, me: event.me };
    case 'client.blocked':
      return everyRoom({ ...state, blocked: event.blocked }, (room) => ({
        ...room,
        typing: new Map([...room.typing].filter(([id]) => !event.blocked.has(id))),
      }));
    case 'client.focused':
      return counts(state) ? visibleChanged(state, { focused: event.focused }) : { ...state, focused: event.focused };
    case 'client.elsewhere':
      return elsewhereChanged(state, event.rooms);
    default:
      return listChanged(state, event) ?? roomEvent(state, event);
  }
}

/**
 * When the next typing indicator ends, in milliseconds since the epoch, or Infinity.
 *
 * @param {State} state
 */
export function nextTypingEnd(state) {
  const ends = [...state.rooms.values()].flatMap((room) => [...room.typing.values()].map(({ until }) => until));
  return Math.min(Infinity, ...ends);
}

/**
 * @param {Pick<Room, 'role'>} room
 */
export function isMember(room) {
  return room.role !== 'none';
}

/**
 * The open room, if there is one.
 *
 * @param {State} state
 */
export function openRoom(state) {
  return state.open === null ? undefined : state.rooms.get(state.open);
}

/**
 * Whether the room's events arrive now.
 *
 * @param {Room} room
 * @returns {room is LoadedRoom}
 */
function isLive(room) {
  return room.subscription === 'live';
}

/**
 * Whether the server refused the room to the caller or ended its subscription for good.
 *
 * @param {Room} room
 */
export function isOver(room) {
  return room.subscription === 'refused' || room.subscription === 'ended';
}

/**
 * Unread messages in all rooms, as far as the person wants to be told of them.
 *
 * @param {State} state
 */
export function unread(state) {
  return [...state.rooms.values()].reduce((sum, room) => sum + wanted(room), 0);
}

/**
 * @param {State} state
 */
export function mentions(state) {
  return [...state.rooms.values()].reduce((sum, room) => sum + (room.level === 'nothing' ? 0 : room.mentions), 0);
}

/** @param {Room} room */
function wanted({ level, hidden, unread: count, mentions: named }) {
  if (level === 'nothing') return 0;
  return hidden ? named : count;
}

/**
 * @param {State} state
 * @param {Room} room
 * @returns {State}
 */
function withRoom(state, room) {
  return { ...state, rooms: new Map(state.rooms).set(room.id, room) };
}

/**
 * @param {State} state
 * @param {(room: Room) => Room} change
 * @returns {State}
 */
function everyRoom(state, change) {
  return { ...state, rooms: new Map([...state.rooms].map(([id, room]) => [id, change(room)])) };
}

/**
 * After a sign-out there is no user until the next hello.
 *
 * @param {State} state
 * @param {ConnectionState} connection
 * @returns {State}
 */
function connectionChanged(state, connection) {
  const gone = connection.phase === 'connected' ? {} : { watching: false, listing: null };
  const next = { ...state, ...gone, connection, user: connection.phase === 'signed-out' ? null : state.user };
  if (connection.phase === 'connected' || state.connection.phase !== 'connected') return next;
  return everyRoom(next, (room) => ({ ...room, subscription: 'none', loading: false, online: null, typing: unheard.typing }));
}

/**
 * @param {State} state
 * @param {ListedRoom[]} listed
 * @returns {State}
 */
function roomsListed(state, listed) {
  const rooms = new Map(listed.map((room) => [room.id, merged(state, room)]));
  for (const [id, room] of state.rooms) if (isKept(state, id) && !rooms.has(id)) rooms.set(id, room);
  return { ...state, rooms, listed: true };
}

/**
 * A listed room merged into the known one. The list's offset is not our position. The role of a live room comes from its events, because
 * the list may be older than they are.
 *
 * @param {State} state
 * @param {ListedRoom} listed
 * @returns {Room}
 */
function merged(state, listed) {
  const { id, kind, topic, role, people, retention, posting, slow } = listed;
  const known = state.rooms.get(id);
  const name = nameOf({ ...listed, people: people ?? known?.people }, state.user?.id);
  return { ...unheard, ...known, id, name, kind, topic, posting, slow, people: people ?? known?.people ?? null, retention: within(retention, state.limits.retention) ?? known?.retention ?? null, role: known?.subscription === 'live' ? known.role : (role ?? 'none') };
}

/**
 * @param {State} state
 * @param {string} id
 * @returns {State}
 */
function opened(state, id) {
  const before = openRoom(state);
  const left = before && before.id !== id ? withRoom(state, { ...before, window: null, target: null, thread: null }) : state;
  const room = left.rooms.get(id) ?? { ...unheard, id };
  return seen({ ...withRoom(left, markedNew(room)), open: id });
}

/**
 * @param {State} state
 * @param {Set<string>} held
 * @returns {State}
 */
function heldChanged(state, held) {
  const unknown = [...held].filter((id) => !state.rooms.has(id)).map((id) => /** @type {[string, Room]} */ ([id, { ...unheard, id }]));
  return { ...state, held, rooms: new Map([...state.rooms, ...unknown]) };
}

/**
 * @param {State} state
 * @param {Partial<Pick<State, 'visible' | 'focused'>>} change
 * @returns {State}
 */
function visibleChanged(state, change) {
  const now = { ...state, ...change };
  const room = openRoom(state);
  const next = isAttentive(now) && !isAttentive(state) && room && room.unread > 0 ? withRoom(now, markedNew(room)) : now;
  return seen(next);
}

/**
 * Whether the person looks at the page, as far as the page can know.
 *
 * @param {State} state
 */
export function isAttentive(state) {
  return state.visible && (state.focused || !counts(state));
}

/**
 * Other elements of the page count the rooms that they show, and what they showed is read.
 *
 * @param {State} state
 * @param {Set<string>} elsewhere
 * @returns {State}
 */
function elsewhereChanged(state, elsewhere) {
  // The server counts, for all elements alike.
  if (counts(state)) return { ...state, elsewhere };
  const wasRead = ({ id, unread }) => unread > 0 && id !== state.open && (elsewhere.has(id) || state.elsewhere.has(id));
  const read = (room) => ({ ...room, unread: 0, seen: room.position?.offset ?? room.seen });
  return { ...everyRoom(state, (room) => (wasRead(room) ? read(room) : room)), elsewhere };
}

/**
 * Whether this element counts unread messages of the room.
 *
 * @param {State} state
 * @param {Room} room
 */
function isCounted(state, { id, role }) {
  return counts(state) ? role !== 'none' : id === state.open || !state.elsewhere.has(id);
}

/**
 * Puts the "New" line above the messages that arrived unseen.
 *
 * @param {Room} room
 * @returns {Room}
 */
function markedNew(room) {
  return { ...room, newAfter: room.unread > 0 ? (room.read ?? room.seen) : null };
}

/**
 * Marks the open room as read if the page is visible. Where the server keeps read markers, only what was shown is read.
 *
 * @param {State} state
 * @returns {State}
 */
function seen(state) {
  const room = openRoom(state);
  if (!room || !state.visible || counts(state)) return state;
  return withRoom(state, { ...room, unread: 0, seen: room.position?.offset ?? room.seen });
}

/**
 * @param {State} state
 * @param {any} event
 * @returns {State}
 */
function roomEvent(state, event) {
  const room = state.rooms.get(event.room);
  if (!room) return state;
  const next = Number.isInteger(event.offset) && !event.type.startsWith('client.') ? logged(state, room, event) : passing(state, room, event);
  return next === room ? state : seen(withRoom(state, next));
}

/**
 * @param {State} state
 * @param {Room} room
 * @param {LoggedEvent} event
 * @returns {Room}
 */
function logged(state, room, event) {
  if (!isLive(room) || event.offset <= room.position.offset) return room;
  if (event.offset > room.position.offset + 1) return { ...room, subscription: 'broken' };
  const next = remembered(folded(state, room, event), event);
  return caughtUp({ ...next, position: { ...room.position, offset: event.offset }, counted: Math.max(room.counted, event.offset), head: Math.max(room.head, event.offset) });
}

/**
 * @param {State} state
 * @param {LoadedRoom} room
 * @param {LoggedEvent} event
 * @returns {Room}
 */
function folded(state, room, event) {
  switch (event.type) {
    case 'message.posted':
      return posted(state, room, event);
    case 'message.edited':
    case 'message.deleted':
    case 'message.restored':
    case 'message.pinned':
    case 'message.unpinned':
    case 'message.previewed':
    case 'reaction.added':
    case 'reaction.removed':
      return messageChanged(state, room, event);
    case 'member.joined':
    case 'member.role':
      return banChanged(memberChanged(state, room, event.user, event.role), event);
    case 'member.left':
      return memberChanged(state, room, event.user, 'none');
    case 'member.muted':
    case 'member.unmuted':
      return muteChanged(state, room, event);
    case 'call.started':
    case 'call.ended':
      return /** @type {Room} */ (callLogged(room, event));
    case 'room.updated':
      // The event has all properties of the room; without a topic, the room has none.
      return { ...room, name: event.name ?? room.name, kind: event.kind ?? room.kind, topic: event.topic ?? '', retention: within(event.retention, state.limits.retention) ?? room.retention, posting: event.posting, slow: event.slow };
    case 'room.rewritten':
      // Everything that is shown may name a person who was erased.
      return { ...room, subscription: 'broken', rewritten: true };
    default:
      // An unknown, newer event type still moves the position.
      return room;
  }
}

/**
 * @param {State} state
 * @param {LoadedRoom} room
 * @param {Extract<LoggedEvent, { type: 'message.posted' }> & { received?: number }} event
 * @returns {Room}
 */
function posted(state, room, { received: _, ...event }) {
  const next = event.thread ? replyPosted(state, room, event) : room;
  const typing = new Map(room.typing);
  typing.delete(event.by.id);
  if (!isInRoom(event)) return { ...next, typing };
  const { type: __, room: ___, ...message } = event;
  return withPosted({ ...next, typing }, message, (before, now) => postedInRoom(state, before, now));
}

/**
 * @param {State} state
 * @param {Room} room
 * @param {import('./types.d.ts').Message} message
 * @returns {Room}
 */
function postedInRoom(state, room, message) {
  const before = /** @type {import('./types.d.ts').Message[]} */ (room.messages);
  const mine = message.by.id === state.user?.id;
  const fresh = !mine && !message.deleted && isCounted(state, room) && message.offset > room.counted;
  const all = inserted(before, message);
  const most = Math.max(MOST_KEPT, before.length);
  const messages = all.length > most ? all.slice(-most) : all;
  return {
    ...room,
    messages,
    earlier: room.earlier || messages[0] !== (before[0] ?? message),
    unread: room.unread + (fresh ? 1 : 0),
    mentions: room.mentions + (fresh && counts(state) && names(message, state.user?.id) ? 1 : 0),
    newAfter: mine ? null : room.newAfter,
  };
}

/**
 * Updates the bans if they are loaded.
 *
 * @param {Room} room
 * @param {Extract<LoggedEvent, { type: 'member.joined' | 'member.role' }>} event
 * @returns {Room}
 */
function banChanged(room, { user, role, until }) {
  if (!room.bans) return room;
  const others = room.bans.filter((ban) => ban.user.id !== user.id);
  return { ...room, bans: role === 'banned' ? [...others, { user, role, until }] : others };
}

/**
 * @param {State} state
 * @param {Room} room
 * @param {Extract<LoggedEvent, { type: 'member.muted' | 'member.unmuted' }>} event
 * @returns {Room}
 */
function muteChanged(state, room, { user, until: given }) {
  const until = given ?? null;
  const next = user.id === state.user?.id ? { ...room, muted: until } : room;
  const members = room.members?.map((member) => (member.user.id === user.id ? { ...member, muted: until } : member));
  return { ...next, members: members ?? null };
}

/**
 * Sets a member's role. `banned` means `none`.
 *
 * @param {State} state
 * @param {Room} room
 * @param {User} user
 * @param {Role | 'banned'} given
 * @returns {Room}
 */
function memberChanged(state, room, user, given) {
  const role = given === 'banned' ? 'none' : given;
  const next = user.id === state.user?.id ? { ...room, role } : room;
  if (!room.members) return next;
  const others = room.members.filter((member) => member.user.id !== user.id);
  const known = room.members.find((member) => member.user.id === user.id);
  const member = { online: includes(room.online, user.id), ...known, user: { ...known?.user, ...user }, role };
  return { ...next, members: role === 'none' ? others : [...others, member] };
}

/**
 * Events outside the log: the server's ephemeral ones and the client's own about a room.
 *
 * @param {State} state
 * @param {Room} room
 * @param {EphemeralEvent | ClientEvent} event
 * @returns {Room}
 */
function passing(state, room, event) {
  switch (event.type) {
    case 'typing':
      return typed(state, room, event);
    case 'call.people':
      return callPeople(room, event);
    case 'client.calls':
      return callsLoaded(room, event);
    case 'presence':
      return renamed(present(room, event.online), event.renamed);
    case 'unsubscribed':
      return unsubscribed(room, event);
    case 'client.subscribing':
      return { ...room, subscription: 'asked' };
    case 'client.subscribed':
      return subscribed(state, room, event);
    case 'client.behind':
      return isLive(room) && room.position.offset < event.head ? { ...room, subscription: 'broken' } : room;
    case 'client.unsubscribed':
      return { ...room, subscription: 'none', online: null, typing: unheard.typing };
    case 'client.refused':
      return { ...room, subscription: 'refused', problem: event.problem };
    case 'client.role':
      return { ...room, role: event.role };
    case 'client.members':
      return peopleLoaded(room, 'members', event.members, event);
    case 'client.bans':
      return peopleLoaded(room, 'bans', event.bans, event);
    case 'client.time':
      return { ...room, typing: new Map([...room.typing].filter(([, { until }]) => until > event.now)) };
    case 'client.room.settings':
      return { ...room, ...event.settings };
    default:
      return markerMoved(room, event, state.user?.id) ?? paged(state, room, event) ?? room;
  }
}

/**
 * A page of members or bans: the first one replaces what is known, a later one adds to it. What was asked for before the room started over is
 * dropped, because it may miss events.
 *
 * @param {Room} room
 * @param {'members' | 'bans'} field
 * @param {any[]} list
 * @param {{ more?: boolean, after?: string, era?: number }} page
 * @returns {Room}
 */
function peopleLoaded(room, field, list, { more = false, after, era = room.era }) {
  if (era !== room.era) return room;
  const before = after === undefined ? [] : (room[field] ?? []);
  const known = new Set(before.map(({ user }) => user.id));
  const all = [...before, ...list.filter(({ user }) => !known.has(user.id))];
  return { ...room, [field]: all, [`${field}After`]: more ? list.at(-1).user.id : null };
}

/**
 * @param {State} state
 * @param {Room} room
 * @param {Extract<EphemeralEvent, { type: 'typing' }>} event
 * @returns {Room}
 */
function typed(state, room, { by, on, received }) {
  if (by.id === state.user?.id || state.blocked.has(by.id)) return room;
  const typing = new Map(room.typing);
  typing.delete(by.id);
  if (on) typing.set(by.id, { name: by.name, until: received + TYPING_LASTS });
  return { ...room, typing };
}

/**
 * With `resubscribe` the messages stay and the session subscribes again; otherwise the room is over for the caller.
 *
 * @param {Room} room
 * @param {Extract<EphemeralEvent, { type: 'unsubscribed' }>} event
 * @returns {Room}
 */
function unsubscribed(room, { code, resubscribe }) {
  const next = { ...room, online: null, typing: unheard.typing };
  if (resubscribe) return { ...next, subscription: 'none' };
  const role = code === 'forbidden' || code === 'gone' ? 'none' : room.role;
  return { ...next, subscription: 'ended', role, problem: { code } };
}

/**
 * `online` is a list of user ids, or a count if there are too many to list.
 *
 * @param {Room} room
 * @param {Online} online
 * @returns {Room}
 */
function present(room, online) {
  const members = room.members?.map((member) => ({ ...member, online: Array.isArray(online) ? online.includes(member.user.id) : member.online }));
  return { ...room, online, members: members ?? null };
}

/**
 * Shows people's new names, also at their old messages.
 *
 * @param {Room} room
 * @param {User[]} [people]
 * @returns {Room}
 */
function renamed(room, people = []) {
  if (people.length === 0) return room;
  const users = new Map(people.map((user) => [user.id, user]));
  /** @param {User} user */
  const now = (user) => ({ ...user, ...users.get(user.id) });
  /** @param {import('./types.d.ts').Message} message */
  const signed = (message) => ({ ...message, by: now(message.by) });
  const { window, thread } = room;
  return {
    ...room,
    members: room.members?.map((member) => ({ ...member, user: now(member.user) })) ?? null,
    messages: room.messages?.map(signed) ?? null,
    window: window && { ...window, messages: window.messages.map(signed) },
    thread: thread && { ...thread, message: thread.message && signed(thread.message), messages: thread.messages?.map(signed) ?? null },
  };
}

/**
 * @param {Online | null} online
 * @param {string} id
 */
function includes(online, id) {
  return Array.isArray(online) && online.includes(id);
}

/**
 * The reply to `subscribe`. A recovered room keeps its position: the missed events follow. Otherwise the room starts over with the messages
 * in the reply, because there may be a gap between them and the old ones. With `keeps`, the person reads further up: what they read stays as a
 * window of history. Members and bans may have changed in the gap.
 *
 * @param {State} state
 * @param {Room} room
 * @param {Extract<ClientEvent, { type: 'client.subscribed' }>} event
 * @returns {Room}
 */
function subscribed(state, room, { reply, asked, keeps = false }) {
  /** @type {Room} */
  const known = { ...present(room, reply.online), role: reply.role ?? room.role, muted: reply.muted ?? null, call: reply.call ?? null, subscription: 'live', problem: null, readers: readersOf(reply) ?? room.readers };
  if (reply.recovered && room.position) return withCounts(state, known, reply);
  const next = known;
  const messages = reply.messages ?? [];
  const unread = unreadAfterReload(state, room, reply);
  const seen = room.seen ?? reply.offset;
  const loaded = {
    ...next,
    position: { epoch: reply.epoch, offset: reply.offset },
    messages,
    earlier: messages.length >= asked,
    calls: [],
    loading: false,
    window: keeps ? windowOf(room) : null,
    target: null,
    members: null,
    bans: null,
    membersAfter: null,
    bansAfter: null,
    thread: room.thread && { ...room.thread, messages: null, loading: false },
    pins: room.pins && { ...room.pins, stale: true },
    asking: 0,
    since: [],
    ahead: aheadOf(messages, reply),
    era: room.era + 1,
    rewritten: false,
    unread,
    seen,
    newAfter: unread > 0 ? seen : room.newAfter,
  };
  return withCounts(state, /** @type {Room} */ (loaded), reply);
}

/**
 * What the room shows, as a window of history.
 *
 * @param {Room} room
 * @returns {Room['window']}
 */
function windowOf(room) {
  const { messages, earlier } = room.window ?? room;
  return messages && { messages, earlier, later: true, loading: false };
}

/**
 * The server's marker and counts. A marker of this page that the server doesn't have yet stays.
 *
 * @param {State} state
 * @param {Room} room
 * @param {Subscribed} reply
 * @returns {Room}
 */
function withCounts(state, room, { offset, read, unread = 0, mentions: named = 0 }) {
  if (!counts(state) || read === undefined) return room;
  const waits = room.read !== null && room.read !== room.stored;
  const next = counted(state, { ...room, counted: 0, stored: read, read: waits ? room.read : read }, { offset, unread, mentions: named });
  const isNew = next.unread > 0 && (room.newAfter === null || room.newAfter === room.seen);
  return isNew ? { ...next, newAfter: next.read } : next;
}

/** @param {Subscribed} reply */
function readersOf({ readers }) {
  return readers && new Map(readers.map(({ user, upto }) => [user, upto]));
}

/** The messages of a reply may already have what the events after its offset change. */
function aheadOf(messages, { offset, asOf = offset }) {
  return new Map(asOf > offset ? messages.map((message) => [message.offset, asOf]) : []);
}

/**
 * What others wrote since the room's last position; 0 without one. The reply's own count is not used: without read markers it would be the
 * same after every reload.
 *
 * @param {State} state
 * @param {Room} room
 * @param {Subscribed} reply
 */
function unreadAfterReload(state, room, { messages = [], epoch }) {
  const { position } = room;
  if (counts(state) || position?.epoch !== epoch || !isCounted(state, room)) return 0;
  const missed = messages.filter(({ offset, by, deleted }) => offset > position.offset && !deleted && by.id !== state.user?.id);
  return room.unread + missed.length;
}
