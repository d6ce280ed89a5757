/** Of what a person can be notified in a room. Pure. */

/** Only in a direct room does each message notify. */
const OF_ROOM = /** @type {const} */ (['mentions', 'nothing']);
const OF_DIRECT_ROOM = /** @type {const} */ (['all', ...OF_ROOM]);

/**
 * The levels that a person can choose in a room, and which one is chosen. In a room that is not direct, `all` means the same as `mentions`.
 *
 * @param {Pick<import('../types.d.ts').Room, 'kind' | 'level'>} room
 */
export function levelsOf({ kind, level }) {
  const direct = kind === 'direct';
  const chosen = !direct && level === 'all' ? 'mentions' : level;
  return (direct ? OF_DIRECT_ROOM : OF_ROOM).map((one) => ({ level: one, chosen: one === chosen }));
}
