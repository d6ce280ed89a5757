/** The announcements of the installation as a fold of what a watching connection receives. */

/** Announcements that are kept; the server has at most 5. */
const MOST = 5;

/**
 * The list after an event, or the same list if the event does not concern it. After the reply to `watch` the server sends all again.
 *
 * @param {import('../types.d.ts').Announcement[]} list
 * @param {any} event
 */
export function announced(list, event) {
  if (event.type === 'client.watched') return list.length ? [] : list;
  const others = list.filter(({ id }) => id !== event.id);
  if (event.type === 'announcement.shown') return [...others, event].slice(-MOST);
  return others.length < list.length ? others : list;
}
