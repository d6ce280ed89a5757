/**
 * The fold of message events: what an event changes in a message, and in every copy of it that a room holds (timeline, window of history,
 * thread, pins). The result equals what a reload shows. What an event doesn't tell, `message/acts.js` asks the server for.
 */

/**
 * @typedef {import('../types.d.ts').Message} Message
 * @typedef {import('../types.d.ts').Room} Room
 * @typedef {import('../types.d.ts').State} State
 */
/** Ids that `reactions.*.by` and `replies.by` hold. */
export const MOST_NAMED = 10;
/** Events kept while a page is being read, to repeat them on it. */
const MOST_REPEATED = 2_000;
/** Threads with an unread mark in one room. */
const MOST_UNREAD_THREADS = 500;

/**
 * A message after an event about it.
 *
 * @param {Message} message
 * @param {any} event
 * @param {string | undefined} me the reader's id
 * @returns {Message}
 */
export function changed(message, event, me) {
  switch (event.type) {
    case 'message.edited':
      return event.deleted || message.deleted ? tombstone(message) : edited(message, event);
    case 'message.deleted':
      return tombstone(message);
    case 'message.restored':
      return event.deleted || !message.deleted ? message : restored(message, event);
    case 'message.pinned':
      return { ...message, pinned: true };
    case 'message.unpinned':
      return without(message, 'pinned');
    case 'message.previewed':
      return message.deleted ? message : withPreviews(message, event.previews);
    case 'reaction.added':
      return message.deleted ? message : withReactions(message, added(message.reactions ?? {}, event, me));
    case 'reaction.removed':
      return message.deleted ? message : withReactions(message, removed(message.reactions ?? {}, event, me));
    default:
      return message;
  }
}

/**
 * Whether a message is shown in the room's timeline: replies only if their author chose so.
 *
 * @param {{ thread?: number, also?: boolean }} message
 */
export function isInRoom({ thread, also }) {
  return !thread || Boolean(also);
}

/** Whether the event tells less than a reload would: someone who isn't among the first ten left them. */
export function isIncomplete({ reactions, replies }) {
  const short = ({ count, by }) => by.length < Math.min(count, MOST_NAMED);
  return Boolean(replies && short(replies)) || Object.values(reactions ?? {}).some(short);
}

/** The message without what its author wrote. */
function tombstone(message) {
  return { ...without(message, 'text', 'mentions', 'everyone', 'files', 'form', 'previews', 'reactions', 'edited', 'pinned'), deleted: true };
}

function edited(message, { text, mentions, files, previews, at }) {
  const next = withPreviews({ ...without(message, 'files', 'form'), text, edited: at, ...(files?.length && { files }) }, previews);
  return mentions?.length ? { ...next, mentions } : without(next, 'mentions');
}

/** What was written is back; replies and pins have events of their own. */
function restored(message, { text, mentions, everyone, files, form, edited: at }) {
  return { ...without(message, 'deleted'), text, ...(mentions && { mentions }), ...(everyone && { everyone }), ...(files && { files }), ...(form && { form }), ...(at && { edited: at }) };
}

function withPreviews(message, previews) {
  return previews?.length ? { ...message, previews } : without(message, 'previews');
}

function without(message, ...names) {
  const next = { ...message };
  for (const name of names) delete next[name];
  return next;
}

function withReactions(message, reactions) {
  return Object.keys(reactions).length ? { ...message, reactions } : without(message, 'reactions');
}

function added(reactions, { emoji, by }, me) {
  const { count, by: ids, mine } = Object.hasOwn(reactions, emoji) ? reactions[emoji] : { count: 0, by: [], mine: false };
  const named = ids.length < MOST_NAMED && ids.length === count ? [...ids, by.id] : ids;
  return { ...reactions, [emoji]: { count: count + 1, by: named, ...((mine || by.id === me) && { mine: true }) } };
}

function removed(reactions, { emoji, by }, me) {
  if (!Object.hasOwn(reactions, emoji)) return reactions;
  const { [emoji]: before, ...others } = reactions;
  if (before.count <= 1) return others;
  const { mine, ...next } = { ...before, count: before.count - 1, by: before.by.filter((id) => id !== by.id) };
  return { ...reactions, [emoji]: mine && by.id !== me ? { ...next, mine } : next };
}

/** The root of a thread after a reply. */
function replied(root, { at, by, deleted }) {
  if (deleted) return root;
  const { count, by: ids } = root.replies ?? { count: 0, by: [] };
  const named = ids.length < MOST_NAMED && !ids.includes(by.id) ? [...ids, by.id] : ids;
  return { ...root, replies: { count: count + 1, last: at, by: named } };
}

/**
 * A room after a change of a message that was posted before.
 *
 * @param {State} state
 * @param {Room} room
 * @param {any} event
 * @returns {Room}
 */
export function messageChanged(state, room, event) {
  const ahead = isAhead(room, event.message, event.offset);
  const next = ahead ? room : everywhere(room, event.message, (message) => changed(message, event, state.user?.id));
  const pinned = pinsAfter(next, event);
  if (event.type === 'message.restored') return afterRestoration(state, room, pinned, event);
  return event.type === 'message.deleted' || event.deleted ? afterDeletion(state, room, pinned, event) : pinned;
}

function afterDeletion(state, before, room, { message: offset, offset: at }) {
  const message = find(before.messages, offset);
  const seen = before.read ?? before.seen;
  const counted = message && !message.deleted && before.unread > 0 && at > before.counted && seen !== null && offset > seen && message.by.id !== state.user?.id;
  const deleting = room.deleting.has(offset) ? new Set([...room.deleting].filter((one) => one !== offset)) : room.deleting;
  return { ...room, deleting, unread: room.unread - (counted ? 1 : 0) };
}

// As after a deletion, a message that isn't loaded changes the number with the next `activity`.
function afterRestoration(state, before, room, { message: offset, offset: at, deleted }) {
  const message = find(before.messages, offset);
  const seen = before.read ?? before.seen;
  const counted = !deleted && message?.deleted && at > before.counted && seen !== null && offset > seen && message.by.id !== state.user?.id;
  return counted ? { ...room, unread: room.unread + 1 } : room;
}

/** The room's list of pins after an event that it doesn't have yet. A pinned message that isn't loaded makes it stale. */
export function pinsAfter(room, { type, message: offset, offset: at }) {
  const { pins } = room;
  if (!pins || at <= pins.asOf) return room;
  if (type === 'message.pinned') {
    const message = known(room, offset);
    return { ...room, pins: message ? { ...pins, messages: inserted(pins.messages, message) } : { ...pins, stale: true } };
  }
  const gone = type === 'message.unpinned' || type === 'message.deleted';
  return gone && find(pins.messages, offset) ? { ...room, pins: { ...pins, messages: pins.messages.filter((one) => one.offset !== offset) } } : room;
}

/**
 * A room after a reply in one of its threads.
 *
 * @param {State} state
 * @param {Room} room
 * @param {any} event
 * @returns {Room}
 */
export function replyPosted(state, room, { type: _, room: __, ...message }) {
  const { thread: root, offset, by } = message;
  const next = isAhead(room, root, offset) ? room : everywhere(room, root, (one) => replied(one, message));
  const shown = next.thread?.root === root && state.open === room.id && state.visible;
  const mine = by.id === state.user?.id;
  const withReply = next.thread?.root === root && next.thread.messages ? withPosted(next, message, (one, now) => inThread(one, now, { mine, shown })) : next;
  return shown || mine || message.also || message.deleted || withReply.thread?.root === root ? withReply : { ...withReply, unreadThreads: markedUnread(room.unreadThreads, root, offset - 1) };
}

function inThread(room, message, { mine, shown }) {
  const { thread } = room;
  const newAfter = mine ? null : (thread.newAfter ?? (shown ? null : message.offset - 1));
  return { ...room, thread: { ...thread, messages: inserted(thread.messages, message), newAfter } };
}

function markedUnread(threads, root, before) {
  if (threads.has(root)) return threads;
  return new Map([...threads, [root, before]].slice(-MOST_UNREAD_THREADS));
}

/** Remembers the event while pages are being read. */
export function remembered(room, event) {
  const concerns = event.message !== undefined || event.type === 'message.posted';
  return room.asking > 0 && concerns ? { ...room, since: [...room.since, event].slice(-MOST_REPEATED) } : room;
}

/**
 * A page of messages as of the room's position. A page that was read earlier misses events, which are repeated on it. One that was read
 * later has some already: it replaces every copy of its messages, and `ahead` keeps the events from being applied twice.
 *
 * @param {State} state
 * @param {Room} room
 * @param {Message[]} messages
 * @param {number | undefined} given
 * @returns {{ room: Room, messages: Message[] }}
 */
export function upToDate(state, room, messages, given) {
  const position = room.position?.offset ?? 0;
  const asOf = given ?? position;
  const missed = given === undefined ? room.since.filter(isRepeatable) : room.since.filter(({ offset }) => offset > asOf);
  const now = missed.length ? messages.map((message) => missed.reduce((one, event) => repeated(one, event, state.user?.id), message)) : messages;
  let next = room;
  const newest = [];
  for (const message of now) {
    const copy = aheadOf(next, message.offset) > asOf ? known(next, message.offset) : undefined;
    newest.push(copy ?? message);
    if (!copy) next = readAt(next, message, asOf);
  }
  return { room: next, messages: newest };
}

function readAt(room, message, asOf) {
  const { offset } = message;
  if (asOf <= room.position.offset && !room.ahead.has(offset)) return room;
  const ahead = new Map(room.ahead).set(offset, asOf);
  return { ...everywhere(room, offset, () => message), ahead };
}

/** What a posted message became, if a page that was read later has it. */
function latest(room, message) {
  return (room.ahead.has(message.offset) ? known(room, message.offset) : undefined) ?? message;
}

/** The room with a message that was just posted; `add(room, message)` puts it where it is shown. */
export function withPosted(room, message, add) {
  const now = latest(room, message);
  const { offset } = message;
  if (now !== message || !room.ahead.has(offset)) return add(room, now);
  const ahead = new Map(room.ahead);
  ahead.delete(offset);
  return add({ ...room, ahead }, now);
}

/** Without the page's position, only events that may be applied twice. */
function isRepeatable({ type }) {
  return type !== 'message.posted' && !type.startsWith('reaction.');
}

function repeated(message, event, me) {
  if (event.message === message.offset) return changed(message, event, me);
  return event.type === 'message.posted' && event.thread === message.offset ? replied(message, event) : message;
}

/** The position at which the copies of a message were read, if that is later than the room's. */
function aheadOf({ ahead }, message) {
  return ahead.get(message) ?? 0;
}

/** Whether the copies of a message are newer than this event. */
function isAhead(room, message, offset) {
  return aheadOf(room, message) >= offset;
}

/** Drops what the position has passed. */
export function caughtUp(room) {
  if (!room.ahead.size) return room;
  const left = [...room.ahead].filter(([, asOf]) => asOf > room.position.offset);
  return left.length === room.ahead.size ? room : { ...room, ahead: new Map(left) };
}

/** Replaces every copy of a message. */
export function everywhere(room, offset, change) {
  const { window, thread, pins } = room;
  return {
    ...room,
    messages: replaced(room.messages, offset, change),
    window: window && { ...window, messages: replaced(window.messages, offset, change) },
    thread: thread && {
      ...thread,
      message: thread.message?.offset === offset ? change(thread.message) : thread.message,
      messages: replaced(thread.messages, offset, change),
    },
    pins: pins && { ...pins, messages: replaced(pins.messages, offset, change) },
  };
}

/** The loaded message at this offset, if there is one. */
export function known(room, offset) {
  const lists = [room.messages, room.window?.messages, room.thread?.messages, room.pins?.messages];
  if (room.thread?.message?.offset === offset) return room.thread.message;
  for (const list of lists) {
    const message = find(list, offset);
    if (message) return message;
  }
  return undefined;
}

/**
 * Where `offset` is in a list that ascends by offset, or would be inserted.
 *
 * @param {Message[]} messages
 * @param {number} offset
 */
export function place(messages, offset) {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].offset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {Message[] | null | undefined} messages */
export function find(messages, offset) {
  const message = messages?.[place(messages, offset)];
  return message?.offset === offset ? message : undefined;
}

function replaced(messages, offset, change) {
  const before = find(messages, offset);
  if (!before) return messages;
  const after = change(before);
  return after === before ? messages : messages.with(place(messages, offset), after);
}

/** The list with a message at its place. A message that is there already stays. */
export function inserted(messages, message) {
  const at = place(messages, message.offset);
  return messages[at]?.offset === message.offset ? messages : messages.toSpliced(at, 0, message);
}

/** Two ascending lists as one. What both have comes from `newer`. */
export function merged(older, newer) {
  const offsets = new Set(newer.map(({ offset }) => offset));
  return [...older.filter(({ offset }) => !offsets.has(offset)), ...newer].sort((a, b) => a.offset - b.offset);
}
