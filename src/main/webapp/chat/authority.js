/** Who may rule over whom, as the server will decide it: only what may succeed is offered. Pure. */
const RANKS = ['owner', 'moderator', 'member', 'guest', 'none', 'banned'];

/** Whether someone of this role rules over anybody. */
export function moderates(role) {
  return role === 'owner' || role === 'moderator';
}

/** Whether someone of this role may rule over somebody else of that one. */
export function mayRule(role, other) {
  return role === 'owner' || (role === 'moderator' && RANKS.indexOf(role) < RANKS.indexOf(other));
}

/** The roles that someone of this role gives. */
export function rolesToGive(role) {
  return RANKS.slice(role === 'owner' ? 0 : 2, 4);
}

/** Whether someone's mute lasts at this moment. */
export function isMuted({ muted }, now = Date.now()) {
  return Boolean(muted) && Date.parse(muted) > now;
}
