/** How long a room keeps messages, in words, and what the installation allows. */
import { strings } from '../strings.js';
import { daysOf, within } from './kept.js';

/** @typedef {import('./kept.js').KeptLimits} KeptLimits */

/**
 * What can be chosen within the limits, as pairs of value and text. The limits themselves and `also` are among it.
 *
 * @param {KeptLimits | undefined} limits
 * @param {string} [also]
 */
export function retentionChoices(limits, also) {
  const values = new Set(strings.retentions.map(([value]) => value));
  for (const value of [limits?.floor, limits?.ceiling, limits?.default, also]) if (value) values.add(value);
  return [...values].filter((value) => within(value, limits) === value).sort((a, b) => (daysOf(a) === daysOf(b) ? 0 : daysOf(b) - daysOf(a)))
    .map((value) => [value, strings.retentions.find(([known]) => known === value)?.[1] ?? strings.retentionDays(daysOf(value))]);
}

/** What a person who chooses should know. @param {KeptLimits | undefined} limits */
export function aboutLimits(limits) {
  const floor = limits ? daysOf(limits.floor) : 0;
  const ceiling = limits ? daysOf(limits.ceiling) : Infinity;
  return [strings.retentionAbout, floor > 0 && strings.retentionFloor(floor), ceiling < Infinity && strings.retentionCeiling(ceiling)].filter(Boolean).join(' ');
}

/** @param {string | null} retention `forever`, `none`, or a number of days such as `30d`; null if it isn't known yet */
export function keepsAll(retention) {
  return retention === null || retention === undefined || retention === 'forever';
}

/** @param {string | null} retention */
export function keeps(retention) {
  return strings.kept[retention ?? 'forever'] ?? strings.keptDays(Number.parseInt(retention ?? '', 10));
}
