/** Programs among the people: their ids begin so, and nobody can sign in with such an id. */
import { strings } from '../strings.js';
import { h } from '../view/dom.js';

const PROGRAM = 'service:';

/** @param {string} id of a user */
export function isBot(id) {
  return id.startsWith(PROGRAM);
}

/** The mark beside the name of a program; null for a person. @param {string} id */
export function badge(id) {
  return isBot(id) ? h('span', { class: 'bot' }, strings.bot) : null;
}
