/** Who may post in a room now, by the server's rules. */
import { moderates } from '../authority.js';

/**
 * Whether only others may post here: moderators and owners, who may always.
 *
 * @param {{ role: import('../types.d.ts').Role, posting?: string }} room
 * @param {boolean} inThread whether the message would be a reply
 */
export function isForModerators({ role, posting }, inThread) {
  return !moderates(role) && (posting === 'moderators' || (posting === 'threads' && !inThread));
}

/**
 * When the person may post again in a slow room, in milliseconds since 1970; 0 if they needn't wait.
 *
 * @param {{ role: import('../types.d.ts').Role, slow?: number, messages?: any[] | null, thread?: any }} room
 * @param {string | undefined} user the person's id
 */
export function slowUntil({ role, slow, messages, thread }, user) {
  if (!slow || moderates(role)) return 0;
  const last = [messages, thread?.messages].map((list) => list?.findLast(({ by }) => by.id === user)?.at ?? 0);
  return Math.max(...last.map((at) => (at ? Date.parse(at) + slow * 1_000 : 0)));
}
