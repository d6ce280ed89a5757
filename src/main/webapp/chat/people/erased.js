/** How people are shown who were erased: their ids begin like this, and the server gives all of them one name. */
import { strings } from '../strings.js';

const PSEUDONYMS = 'erased-';
const SHOWN_AS = 'Erased person';

/**
 * The name to show of a person or program.
 *
 * @param {import('../types.d.ts').User} user
 * @returns {string}
 */
export function shownName({ id, name }) {
  return id.startsWith(PSEUDONYMS) && name === SHOWN_AS ? strings.people.erased : name || id;
}
