/** How long rooms keep messages within the limits of the installation. */

/** @typedef {import('../types.d.ts').KeptLimits} KeptLimits */

/** @param {string} retention */
export function daysOf(retention) {
  if (retention === 'forever') return Infinity;
  return retention === 'none' ? 0 : Number.parseInt(retention, 10);
}

/**
 * The retention that is in force for a room that chose one; null if that isn't known yet.
 *
 * @param {string | null | undefined} retention
 * @param {KeptLimits | undefined} limits
 */
export function within(retention, limits) {
  if (!retention || !limits) return retention ?? null;
  if (daysOf(retention) < daysOf(limits.floor)) return limits.floor;
  return daysOf(retention) > daysOf(limits.ceiling) ? limits.ceiling : retention;
}
