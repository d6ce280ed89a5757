/** The person's notifications, newest first: pages of the server's list, new ones, and those that were read or withdrawn. */

/**
 * @typedef {import('../types.d.ts').Notice} Notice
 * @typedef {import('../types.d.ts').State} State
 */

/** The feature of the server. */
export const NOTIFICATIONS = 'notifications';
/** Notifications that are kept here. Beyond that the oldest are dropped; the list reads them again. */
const MOST_KEPT = 500;

/** @type {State['notices']} */
export const noNotices = { list: [], unread: 0, more: false, loaded: false };

/**
 * The notifications after an event, or undefined if it concerns none.
 *
 * @param {State['notices']} notices
 * @param {any} event
 * @returns {State['notices'] | undefined}
 */
export function noticesChanged(notices, event) {
  switch (event.type) {
    case 'client.notices':
      return listed(notices, event);
    case 'notified':
      return notified(notices, event);
    case 'withdrawn':
      return read(notices, ({ id }) => id <= (event.upto ?? 0) || Boolean(event.ids?.includes(id)), event);
    default:
      return undefined;
  }
}

/** A page of the list: the first one, or the one before the oldest notification. */
function listed(notices, { notifications, more, unread, before }) {
  // The same page may have been asked for twice.
  const oldest = Math.min(before ?? Infinity, notices.list.at(-1)?.id ?? Infinity);
  const list = before === undefined ? notifications : [...notices.list, ...notifications.filter(({ id }) => id < oldest)];
  return { list: list.slice(0, MOST_KEPT), unread: unread ?? notices.unread, more: Boolean(more), loaded: true };
}

function notified(notices, { id, room, offset, by, why, text, received }) {
  if (notices.list.some((one) => one.id === id)) return notices;
  /** @type {Notice} */
  const notice = { id, room, by, why, at: new Date(received).toISOString(), ...(offset && { offset }), ...(text && { text }) };
  const list = [notice, ...notices.list].sort((a, b) => b.id - a.id).slice(0, MOST_KEPT);
  return { ...notices, list, unread: notices.unread + 1 };
}

/** Ids that aren't loaded are older ones, which were unread. */
function read(notices, isRead, { upto = 0, ids = [] }) {
  const list = notices.list.map((one) => (!one.read && isRead(one) ? { ...one, read: true } : one));
  const known = new Set(notices.list.map(({ id }) => id));
  const gone = list.filter((one, n) => one !== notices.list[n]).length + ids.filter((id) => !known.has(id)).length;
  const left = Math.max(0, notices.unread - gone);
  // Everything that isn't loaded is older than what is.
  return { ...notices, list, unread: upto && upto >= (notices.list.at(-1)?.id ?? 0) ? list.filter((one) => !one.read).length : left };
}
