/**
 * The client's state as a fold: `apply(state, event)` returns the next state and changes nothing else. Events are the server's (protocol
 * names) and the client's own (`client.…`: requests, replies, actions of the person).
 *
 * A room's position (epoch, offset) is its last applied logged event. It never moves back and never skips an offset, and an event at or
 * before it is ignored. A gap marks the subscription `broken`, and the session asks for the missing events. Events that arrive while it is
 * `broken` or `asked` are dropped without loss: the server repeats everything after the position, or sends the messages again.
 */
export const TYPING_LASTS = 6_000;
/** Messages kept per room. Paging back may load more; then each new message drops the oldest. */
export const MOST_KEPT = 2_000;

export const initial = Object.freeze({
  user: null,
  limits: { text: 4_000, subscriptions: 128 },
  connection: { phase: 'idle' },
  rooms: new Map(),
  listed: false,
  open: null,
  visible: true,
  elsewhere: new Set(),
});

const unheard = {
  name: null,
  kind: 'public',
  role: 'none',
  subscription: 'none',
  position: null,
  messages: null,
  earlier: false,
  loading: false,
  online: null,
  typing: new Map(),
  members: null,
  bans: null,
  muted: null,
  unread: 0,
  seen: null,
  newAfter: null,
  problem: null,
};

export function apply(state, event) {
  switch (event.type) {
    case 'hello':
      return { ...state, user: event.user, limits: { ...initial.limits, ...event.limits } };
    case 'client.connection':
      return connectionChanged(state, event.connection);
    case 'client.rooms':
      return roomsListed(state, event.rooms);
    case 'client.room':
      return withRoom(state, merged(state, event.room));
    case 'client.opened':
      return opened(state, event.room);
    case 'client.visible':
      return visibleChanged(state, event.visible);
    case 'client.elsewhere':
      return elsewhereChanged(state, event.rooms);
    default:
      return roomEvent(state, event);
  }
}

/** When the next typing indicator ends, in milliseconds since the epoch, or Infinity. */
export function nextTypingEnd(state) {
  const ends = [...state.rooms.values()].flatMap((room) => [...room.typing.values()].map(({ until }) => until));
  return Math.min(Infinity, ...ends);
}

export function isMember(room) {
  return room.role !== 'none';
}

/** Whether the server refused the room to the caller or ended its subscription for good. */
export function isOver(room) {
  return room.subscription === 'refused' || room.subscription === 'ended';
}

/** Unread messages in all rooms. */
export function unread(state) {
  return [...state.rooms.values()].reduce((sum, room) => sum + room.unread, 0);
}

function withRoom(state, room) {
  return { ...state, rooms: new Map(state.rooms).set(room.id, room) };
}

function everyRoom(state, change) {
  return { ...state, rooms: new Map([...state.rooms].map(([id, room]) => [id, change(room)])) };
}

/** After a sign-out there is no user until the next hello. */
function connectionChanged(state, connection) {
  const next = { ...state, connection, user: connection.phase === 'signed-out' ? null : state.user };
  if (connection.phase === 'connected' || state.connection.phase !== 'connected') return next;
  return everyRoom(next, (room) => ({ ...room, subscription: 'none', loading: false, online: null, typing: unheard.typing }));
}

function roomsListed(state, listed) {
  const rooms = new Map(listed.map((room) => [room.id, merged(state, room)]));
  const open = state.rooms.get(state.open);
  if (open && !rooms.has(open.id)) rooms.set(open.id, open);
  return { ...state, rooms, listed: true };
}

/**
 * A listed room merged into the known one. The list's offset is not our position. The role of a live room comes from its events, because
 * the list may be older than they are.
 */
function merged(state, { id, name, kind, topic, role }) {
  const known = state.rooms.get(id);
  return { ...unheard, ...known, id, name, kind, topic, role: known?.subscription === 'live' ? known.role : (role ?? 'none') };
}

function opened(state, id) {
  const room = state.rooms.get(id) ?? { ...unheard, id };
  return seen({ ...withRoom(state, markedNew(room)), open: id });
}

function visibleChanged(state, visible) {
  const room = state.rooms.get(state.open);
  const next = visible && room?.unread > 0 ? withRoom(state, markedNew(room)) : state;
  return seen({ ...next, visible });
}

/** Other elements of the page count the rooms that they show, and what they showed is read. */
function elsewhereChanged(state, elsewhere) {
  const wasRead = ({ id, unread }) => unread > 0 && id !== state.open && (elsewhere.has(id) || state.elsewhere.has(id));
  const read = (room) => ({ ...room, unread: 0, seen: room.position?.offset ?? room.seen });
  return { ...everyRoom(state, (room) => (wasRead(room) ? read(room) : room)), elsewhere };
}

/** Whether this element counts unread messages of the room. */
function isCounted(state, { id }) {
  return id === state.open || !state.elsewhere.has(id);
}

/** Puts the "New" line above the messages that arrived unseen. */
function markedNew(room) {
  return { ...room, newAfter: room.unread > 0 ? room.seen : null };
}

/** Marks the open room as read if the page is visible. */
function seen(state) {
  const room = state.rooms.get(state.open);
  if (!room || !state.visible) return state;
  return withRoom(state, { ...room, unread: 0, seen: room.position?.offset ?? room.seen });
}

function roomEvent(state, event) {
  const room = state.rooms.get(event.room);
  if (!room) return state;
  const next = Number.isInteger(event.offset) && !event.type.startsWith('client.') ? logged(state, room, event) : passing(state, room, event);
  return next === room ? state : seen(withRoom(state, next));
}

function logged(state, room, event) {
  if (room.subscription !== 'live' || event.offset <= room.position.offset) return room;
  if (event.offset > room.position.offset + 1) return { ...room, subscription: 'broken' };
  return { ...folded(state, room, event), position: { ...room.position, offset: event.offset } };
}

function folded(state, room, event) {
  switch (event.type) {
    case 'message.posted':
      return posted(state, room, event);
    case 'message.edited':
      return changed(room, event.message, () => ({ text: event.text, edited: event.at }));
    case 'message.deleted':
      return changed(room, event.message, () => ({ text: '', deleted: true, reactions: undefined }));
    case 'message.pinned':
    case 'message.unpinned':
      return changed(room, event.message, () => ({ pinned: event.type === 'message.pinned' }));
    case 'reaction.added':
    case 'reaction.removed':
      return changed(room, event.message, (message) => ({ reactions: reacted(message.reactions ?? {}, event) }));
    case 'member.joined':
    case 'member.role':
      return banChanged(memberChanged(state, room, event.user, event.role), event);
    case 'member.left':
      return memberChanged(state, room, event.user, 'none');
    case 'member.muted':
    case 'member.unmuted':
      return muteChanged(state, room, event);
    case 'room.updated':
      return { ...room, name: event.name ?? room.name, kind: event.kind ?? room.kind, topic: event.topic ?? room.topic };
    default:
      // An unknown, newer event type still moves the position.
      return room;
  }
}

function posted(state, room, { type, room: id, ...message }) {
  const mine = message.by.id === state.user?.id;
  const messages = [...room.messages, message].slice(-Math.max(MOST_KEPT, room.messages.length));
  const typing = new Map(room.typing);
  typing.delete(message.by.id);
  return {
    ...room,
    messages,
    earlier: room.earlier || messages.length <= room.messages.length,
    typing,
    unread: room.unread + (mine || !isCounted(state, room) ? 0 : 1),
    newAfter: mine ? null : room.newAfter,
  };
}

function changed(room, offset, change) {
  const messages = room.messages.map((message) => (message.offset === offset ? { ...message, ...change(message) } : message));
  return { ...room, messages };
}

function reacted(reactions, { type, emoji, by }) {
  const others = (Object.hasOwn(reactions, emoji) ? reactions[emoji] : []).filter((id) => id !== by.id);
  const ids = type === 'reaction.added' ? [...others, by.id] : others;
  const { [emoji]: _, ...rest } = reactions;
  return ids.length ? { ...reactions, [emoji]: ids } : rest;
}

/** Updates the bans if they are loaded. */
function banChanged(room, { user, role, until }) {
  if (!room.bans) return room;
  const others = room.bans.filter((ban) => ban.user.id !== user.id);
  return { ...room, bans: role === 'banned' ? [...others, { user, role, until }] : others };
}

function muteChanged(state, room, { user, until = null }) {
  const next = user.id === state.user?.id ? { ...room, muted: until } : room;
  const members = room.members?.map((member) => (member.user.id === user.id ? { ...member, muted: until } : member));
  return { ...next, members: members ?? null };
}

/** Sets a member's role. `banned` means `none`. */
function memberChanged(state, room, user, given) {
  const role = given === 'banned' ? 'none' : given;
  const next = user.id === state.user?.id ? { ...room, role } : room;
  if (!room.members) return next;
  const others = room.members.filter((member) => member.user.id !== user.id);
  const known = room.members.find((member) => member.user.id === user.id);
  const member = { online: includes(room.online, user.id), ...known, user: { ...known?.user, ...user }, role };
  return { ...next, members: role === 'none' ? others : [...others, member] };
}

/** Events outside the log: the server's ephemeral ones and the client's own about a room. */
function passing(state, room, event) {
  switch (event.type) {
    case 'typing':
      return typed(state, room, event);
    case 'presence':
      return present(room, event.online);
    case 'unsubscribed':
      return unsubscribed(room, event);
    case 'client.subscribing':
      return { ...room, subscription: 'asked' };
    case 'client.subscribed':
      return subscribed(state, room, event);
    case 'client.behind':
      return room.subscription === 'live' && room.position.offset < event.head ? { ...room, subscription: 'broken' } : room;
    case 'client.unsubscribed':
      return { ...room, subscription: 'none', online: null, typing: unheard.typing };
    case 'client.refused':
      return { ...room, subscription: 'refused', problem: event.problem };
    case 'client.role':
      return { ...room, role: event.role };
    case 'client.history.asked':
      return { ...room, loading: true };
    case 'client.history.failed':
      return { ...room, loading: false };
    case 'client.history':
      return withEarlier(room, event);
    case 'client.members':
      return { ...room, members: event.members };
    case 'client.bans':
      return { ...room, bans: event.bans };
    case 'client.time':
      return { ...room, typing: new Map([...room.typing].filter(([, { until }]) => until > event.now)) };
    default:
      return room;
  }
}

function typed(state, room, { by, on, received }) {
  if (by.id === state.user?.id) return room;
  const typing = new Map(room.typing);
  typing.delete(by.id);
  if (on) typing.set(by.id, { name: by.name, until: received + TYPING_LASTS });
  return { ...room, typing };
}

/** With `resubscribe` the messages stay and the session subscribes again; otherwise the room is over for the caller. */
function unsubscribed(room, { code, resubscribe }) {
  const next = { ...room, online: null, typing: unheard.typing };
  if (resubscribe) return { ...next, subscription: 'none' };
  const role = code === 'forbidden' || code === 'gone' ? 'none' : room.role;
  return { ...next, subscription: 'ended', role, problem: { code } };
}

/** `online` is a list of user ids, or a count if there are too many to list. */
function present(room, online) {
  const members = room.members?.map((member) => ({ ...member, online: Array.isArray(online) ? online.includes(member.user.id) : member.online }));
  return { ...room, online, members: members ?? null };
}

function includes(online, id) {
  return Array.isArray(online) && online.includes(id);
}

/**
 * The reply to `subscribe`. A recovered room keeps its position: the missed events follow. Otherwise the room starts over with the messages
 * in the reply, because there may be a gap between them and the old ones.
 */
function subscribed(state, room, { reply, asked }) {
  const next = { ...present(room, reply.online), role: reply.role ?? room.role, muted: reply.muted ?? null, subscription: 'live', problem: null };
  if (reply.recovered && room.position) return next;
  const messages = reply.messages ?? [];
  const unread = unreadAfterReload(state, room, reply);
  const seen = room.seen ?? reply.offset;
  return {
    ...next,
    position: { epoch: reply.epoch, offset: reply.offset },
    messages,
    earlier: messages.length >= asked,
    loading: false,
    unread,
    seen,
    newAfter: unread > 0 ? seen : room.newAfter,
  };
}

/**
 * What others wrote since the room's last position; 0 without one. The reply's own count is not used: without read markers it would be the
 * same after every reload.
 */
function unreadAfterReload(state, room, { messages = [], epoch }) {
  if (room.position?.epoch !== epoch || !isCounted(state, room)) return 0;
  const missed = messages.filter(({ offset, by }) => offset > room.position.offset && by.id !== state.user?.id);
  return room.unread + missed.length;
}

function withEarlier(room, { messages, more }) {
  const first = room.messages?.[0]?.offset ?? Infinity;
  const earlier = messages.filter(({ offset }) => offset < first);
  return { ...room, loading: false, earlier: more, messages: [...earlier, ...(room.messages ?? [])] };
}
