/**
 * Pages of messages that the client asks for: earlier and later ones, a window around a message or a time, a thread, pins, and single
 * messages again. Pure: `apply` in store.js calls it with the client's own events.
 */
import { changed, everywhere, known, merged, pinsAfter, upToDate } from './fold.js';

/**
 * @typedef {import('../types.d.ts').Page} Page
 * @typedef {import('../types.d.ts').Room} Room
 * @typedef {import('../types.d.ts').State} State
 */

/**
 * A room after one of the client's events about pages, or undefined if it is none.
 *
 * @param {State} state
 * @param {Room} room
 * @param {any} event
 * @returns {Room | undefined}
 */
export function paged(state, room, event) {
  // The room started over in the meantime: what the page shows may miss events.
  if (event.era !== undefined && event.era !== room.era) return room;
  switch (event.type) {
    case 'client.page.asked':
      return loading({ ...room, asking: room.asking + 1 }, event.page, true);
    case 'client.page.failed':
      return settled(loading(room, event.page, false));
    case 'client.page':
      return settled(loaded(state, loading(room, event.page, false), event));
    case 'client.thread.opened':
      return threadOpened(room, event.root);
    case 'client.thread.target':
      return room.thread ? { ...room, thread: { ...room.thread, target: { offset: event.offset, quiet: false } } } : room;
    case 'client.thread.closed':
      return { ...room, thread: null };
    case 'client.target':
      return { ...room, window: event.window ? room.window : null, target: { offset: event.offset, quiet: event.quiet === true, ...(event.still && { still: true }) } };
    case 'client.latest':
      return { ...room, window: null, target: null };
    case 'client.deleting':
      return { ...room, deleting: event.on ? new Set(room.deleting).add(event.message) : new Set([...room.deleting].filter((one) => one !== event.message)) };
    default:
      return undefined;
  }
}

function settled(room) {
  const asking = Math.max(0, room.asking - 1);
  return { ...room, asking, since: asking ? room.since : [] };
}

function loading(room, page, on) {
  if (page === 'earlier' || page === 'around') return room.window ? { ...room, loading: on, window: { ...room.window, loading: on } } : { ...room, loading: on };
  if (page === 'later' && room.window) return { ...room, window: { ...room.window, loading: on } };
  if ((page === 'thread' || page === 'replies') && room.thread) return { ...room, thread: { ...room.thread, loading: on } };
  return room;
}

/**
 * @param {State} state
 * @param {Room} room
 * @param {Page} page
 * @returns {Room}
 */
function loaded(state, room, page) {
  const { room: next, messages } = upToDate(state, room, page.messages, page.asOf);
  const arrived = page.page === 'thread' ? repliesSince(state, room, page) : [];
  return PAGES[page.page](next, { ...page, messages: merged(arrived, messages) });
}

/**
 * Replies to a thread that arrived while its first page was on the way.
 *
 * @param {State} state
 * @param {{ since: any[] }} room
 * @param {{ root?: number }} page
 */
function repliesSince(state, { since }, { root }) {
  const posted = since.filter((event) => event.type === 'message.posted' && event.thread === root);
  return posted.map(({ type: _, room: __, received: ___, ...message }) => since.filter((event) => event.message === message.offset).reduce((one, event) => changed(one, event, state.user?.id), message));
}

const PAGES = {
  earlier: (room, page) => (room.window ? joined(room, { ...room.window, ...withEarlier(room.window, page) }) : { ...room, ...withEarlier(room, page) }),
  later: (room, page) => (room.window ? joined(room, { ...room.window, messages: merged(room.window.messages, page.messages), later: page.moreAfter ?? page.more }) : room),
  around: (room, page) => joined(room, { messages: page.messages, earlier: page.more, later: page.moreAfter ?? false, loading: false }),
  thread: (room, page) => (room.thread?.root === page.root ? { ...room, thread: { ...room.thread, messages: page.messages, earlier: page.more } } : room),
  replies: (room, page) => (room.thread?.root === page.root ? { ...room, thread: { ...room.thread, ...withEarlier(room.thread, page) } } : room),
  pins: (room, { messages, asOf = room.position.offset }) => room.since.reduce(pinsAfter, { ...room, pins: { messages, asOf, stale: false } }),
  // A single message again. It replaces every copy, and completes a thread whose root wasn't loaded.
  message: (room, page) => page.messages.reduce(refreshed, room),
};

function refreshed(room, message) {
  const next = everywhere(room, message.offset, () => message);
  return next.thread?.root === message.offset ? { ...next, thread: { ...next.thread, message } } : next;
}

function withEarlier(list, { messages, more }) {
  const first = list.messages?.[0]?.offset ?? Infinity;
  return { messages: [...messages.filter(({ offset }) => offset < first), ...(list.messages ?? [])], earlier: more };
}

/** A window that reaches the room's latest messages becomes part of them. */
function joined(room, window) {
  const { messages } = room;
  const last = window.messages.at(-1)?.offset ?? 0;
  const reaches = !window.later || (messages?.length && last >= messages[0].offset);
  if (!reaches || messages === null) return { ...room, window };
  return { ...room, window: null, messages: merged(window.messages, messages), earlier: window.messages.length ? window.earlier : room.earlier };
}

function threadOpened(room, root) {
  const unreadThreads = new Map(room.unreadThreads);
  const newAfter = unreadThreads.get(root) ?? null;
  unreadThreads.delete(root);
  return { ...room, unreadThreads, thread: { root, message: known(room, root) ?? null, messages: null, earlier: false, loading: false, newAfter, target: null } };
}
