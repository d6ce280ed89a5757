/** Which acts a person may do on a message, by the server's rules: the page offers only what can succeed. */
import { isMuted, mayModerate, moderates } from '../authority.js';
import { serverNow } from '../clock.js';
import { READ } from '../rooms/fold.js';
import { isInRoom } from './fold.js';

/** What a deployment can switch off, as named in `hello.features`. */
const EDIT = 'edit';
const REACTIONS = 'reactions';
const THREADS = 'threads';
const PREVIEWS = 'previews';
export const PINS = 'pins';

/**
 * @typedef {object} Context
 * @property {import('../types.d.ts').Room} room
 * @property {import('../types.d.ts').User | null} user
 * @property {string[]} features
 * @property {import('../types.d.ts').Limits} limits
 *
 * The acts that the person may do now on a message of the room.
 *
 * @param {import('../types.d.ts').Message} message
 * @param {Context} context
 */
export function actsOn(message, { room, user, features, limits }, now = serverNow()) {
  const has = (feature) => features.includes(feature);
  const writes = room.role !== 'none' && room.role !== 'guest' && !isMuted(room, now);
  const mine = message.by.id === user?.id;
  const lives = !message.deleted;
  return {
    react: has(REACTIONS) && writes && lives,
    reply: has(THREADS) && (lives || Boolean(message.replies)),
    edit: has(EDIT) && writes && lives && mine && isEditable(message, limits, now),
    delete: has(EDIT) && lives && (mine || mayDelete(room, message.by.id)),
    pin: has(PINS) && writes && lives && !message.pinned,
    unpin: has(PINS) && writes && lives && Boolean(message.pinned),
    versions: has(EDIT) && lives && Boolean(message.edited),
    quote: writes && lives,
    report: lives && !mine,
    unpreview: has(PREVIEWS) && lives && mine,
    unread: has(READ) && room.role !== 'none' && isInRoom(message),
  };
}

/**
 * Within the deployment's time for editing.
 *
 * @param {import('../types.d.ts').Message} message
 * @param {import('../types.d.ts').Limits} limits
 * @param {number} now
 */
function isEditable({ at }, { edit }, now) {
  return !edit || now - Date.parse(at) < edit * 1_000;
}

/** Moderators and owners delete messages of people below them. That takes the list of members. */
function mayDelete({ role, members }, author) {
  if (!moderates(role) || members === null) return false;
  const other = members.find(({ user }) => user.id === author)?.role ?? 'none';
  return role === 'owner' ? other !== 'owner' : mayModerate(role, other);
}
