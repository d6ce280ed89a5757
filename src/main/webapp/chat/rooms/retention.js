/** How long a room keeps messages, in words. */
import { strings } from '../strings.js';

/** @param {string | null} retention `forever`, `none`, or a number of days such as `30d`; null if it isn't known yet */
export function keepsAll(retention) {
  return retention === null || retention === undefined || retention === 'forever';
}

/** @param {string | null} retention */
export function keeps(retention) {
  return strings.kept[retention ?? 'forever'] ?? strings.keptDays(Number.parseInt(retention ?? '', 10));
}
