/**
 * Read markers: how far the person and the other members of a room have read, and what that means for the counts. A marker never moves back,
 * except when the person marks a message as unread.
 */

/**
 * @typedef {import('../types.d.ts').Message} Message
 * @typedef {import('../types.d.ts').Room} Room
 */

/**
 * A room after an event about markers, or undefined if it is none.
 *
 * @param {Room} room
 * @param {any} event
 * @param {string | undefined} me
 * @returns {Room | undefined}
 */
export function markerMoved(room, event, me) {
  switch (event.type) {
    case 'client.read':
      return readTo(room, event.upto, me, event.back === true);
    case 'client.read.stored':
      return { ...room, stored: event.upto };
    case 'read':
      return readBy(room, event, me);
    default:
      return undefined;
  }
}

/** One person's marker, or those of several. What comes from the person's other connection is stored already. */
function readBy(room, { by, upto, back, readers = [] }, me) {
  const others = readers.filter(({ user }) => user !== me);
  if (others.length) return { ...room, readers: new Map([...(room.readers ?? []), ...others.map(({ user, upto: to }) => /** @type {[string, number]} */ ([user, Math.max(to, room.readers?.get(user) ?? 0)]))]) };
  if (upto === undefined) return room;
  const id = typeof by === 'string' ? by : by?.id;
  if (id === undefined || id === me) return { ...readTo(room, upto, me, back === true || upto < (room.stored ?? 0)), stored: upto };
  if (upto <= (room.readers?.get(id) ?? 0)) return room;
  return { ...room, readers: new Map(room.readers ?? []).set(id, upto) };
}

/**
 * @param {Room} room
 * @param {number} upto
 * @param {string | undefined} me
 * @param {boolean} back
 * @returns {Room}
 */
function readTo(room, upto, me, back) {
  if (!back && room.read !== null && upto <= room.read) return room;
  const next = { ...room, read: upto, ...countsAfter(room, upto, me) };
  return back ? { ...next, newAfter: upto } : next;
}

/**
 * The counts after a marker, as far as they follow from the loaded messages. Otherwise nothing: the server's numbers come.
 *
 * @param {Room} room
 * @param {number} read
 * @param {string | undefined} me
 * @returns {{ unread?: number, mentions?: number }}
 */
export function countsAfter(room, read, me) {
  const head = Math.max(room.head, room.position?.offset ?? 0);
  if (read >= head) return { unread: 0, mentions: 0 };
  const { messages } = room;
  if (room.subscription !== 'live' || !messages || (room.earlier && (messages[0]?.offset ?? 0) > read + 1)) return {};
  const after = messages.filter((message) => message.offset > read && isCounted(message, me));
  const named = after.filter((message) => names(message, me)).length;
  const back = room.read !== null && read < room.read;
  return { unread: after.length, mentions: back ? named : Math.min(room.mentions, named) };
}

/**
 * @param {Message} message
 * @param {string | undefined} me
 */
export function isCounted({ by, deleted }, me) {
  return !deleted && by.id !== me;
}

/**
 * Whether a message mentions the person or everyone.
 *
 * @param {Pick<Message, 'mentions' | 'everyone'>} message
 * @param {string | undefined} me
 */
export function names({ mentions, everyone }, me) {
  return Boolean(everyone) || (me !== undefined && Boolean(mentions?.includes(me)));
}

/**
 * How far the person has read when `shown` is the last message that the page shows at the end of the room. Events after it that show
 * nothing count as read; a reply in a thread that the person hasn't opened does not.
 *
 * @param {Room} room
 * @param {number} shown
 * @param {boolean} end whether `shown` is the room's last message
 */
export function readUpTo({ position, unreadThreads }, shown, end) {
  if (!end) return shown;
  const head = position?.offset ?? shown;
  return Math.max(shown, Math.min(head, ...unreadThreads.values()));
}

/**
 * The first message that the person hasn't read, if the loaded messages have it.
 *
 * @param {Message[] | null | undefined} messages
 * @param {number} read
 * @param {string | undefined} me
 */
export function firstUnread(messages, read, me) {
  return messages?.find((message) => message.offset > read && isCounted(message, me));
}

/**
 * Who has read what: by offset of one's own messages, the ids of the people for whom it is the latest that they have read. Each person is at
 * most at one message.
 *
 * @param {Message[]} messages
 * @param {Map<string, number> | null} readers
 * @param {string | undefined} me
 * @returns {Map<number, string[]>}
 */
export function seenBy(messages, readers, me) {
  /** @type {Map<number, string[]>} */
  const seen = new Map();
  if (!readers?.size) return seen;
  const own = messages.filter(({ by, deleted }) => by.id === me && !deleted);
  for (const [id, upto] of readers) {
    const last = id === me ? undefined : own.findLast(({ offset }) => offset <= upto);
    if (last) seen.set(last.offset, [...(seen.get(last.offset) ?? []), id]);
  }
  return seen;
}
