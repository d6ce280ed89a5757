/** What a message says about its thread: the replies under a root, and above a reply that the room shows too, where it belongs. */
import { strings } from '../strings.js';
import { avatar } from '../view/avatar.js';
import { h, icon } from '../view/dom.js';
import { shortly } from '../view/times.js';

const FACES = 3;

/** "3 replies", under the root of a thread. */
export function repliesLink(message, unread, actions) {
  const { count, last, by } = message.replies;
  const faces = by.slice(0, FACES).map((id) => avatar({ id, name: actions.nameOf?.(id) }));
  return h(
    'button',
    { type: 'button', class: 'replies', 'data-unread': unread, on: { click: () => actions.openThread(message.offset) } },
    h('span', { class: 'faces' }, faces),
    h('span', { class: 'number' }, strings.thread.replies(count)),
    h('span', { class: 'last' }, strings.thread.last(shortly(last))),
    unread && h('span', { class: 'dot', role: 'img', 'aria-label': strings.thread.unread, title: strings.thread.unread }),
  );
}

/**
 * "Replied in a thread", above a reply that its author showed in the room too.
 *
 * @param {{ thread?: number }} message
 */
export function threadLink({ thread }, actions) {
  return h('button', { type: 'button', class: 'of-thread', on: { click: () => actions.openThread(thread) } }, icon('reply'), strings.thread.replied);
}
