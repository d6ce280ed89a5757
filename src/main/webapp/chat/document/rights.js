/** What a person may do with the documents of a room, by the server's rules: the page offers only what can succeed. */
import { isMuted, moderates } from '../authority.js';
import { serverNow } from '../clock.js';

const NOTHING_KEPT = 'none';

/** Whether the person may create, rename and edit documents. */
export function mayWrite(room, now = serverNow()) {
  return room.role !== 'none' && room.role !== 'guest' && !isMuted(room, now) && room.retention !== NOTHING_KEPT;
}

/** Whether the person may delete a document. Moderators may not delete those of people of their own role, which the server knows. */
export function mayDelete(room, user, by) {
  return by.id === user?.id || moderates(room.role);
}
