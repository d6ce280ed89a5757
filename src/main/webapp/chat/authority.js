/** Who may moderate whom, by the server's rules: the page offers only what can succeed. */
import { serverNow } from './clock.js';

const RANKS = ['owner', 'moderator', 'member', 'guest', 'none', 'banned'];

/**
 * Whether this role may moderate at all.
 *
 * @param {string | undefined} role
 */
export function moderates(role) {
  return role === 'owner' || role === 'moderator';
}

/**
 * Whether `role` may moderate someone else who has the role `other`.
 *
 * @param {string} role
 * @param {string} other
 */
export function mayModerate(role, other) {
  return role === 'owner' || (role === 'moderator' && RANKS.indexOf(role) < RANKS.indexOf(other));
}

/**
 * The roles that `role` may give to others.
 *
 * @param {string} role
 */
export function rolesToGive(role) {
  return RANKS.slice(role === 'owner' ? 0 : 2, 4);
}

/**
 * Whether the person is muted now.
 *
 * @param {{ muted?: string | null }} person
 */
export function isMuted({ muted }, now = serverNow()) {
  return muted ? Date.parse(muted) > now : false;
}
