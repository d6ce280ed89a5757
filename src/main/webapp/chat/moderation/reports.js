/** The reports in the moderation dialog: what people and rules reported in the room, and what a moderator does about it. */
import { strings } from '../strings.js';
import { h } from '../view/dom.js';
import { deadline } from '../view/times.js';
import { moderationWords } from './words.js';

/** How long this dialog mutes, in seconds. The menu of a person offers other lengths. */
const MUTE = 86_400;

/**
 * The section with these reports. `user` is the id of the moderator. `take(report)` reserves a report, `resolve(report, body)` resolves it
 * with this act, and `twice(text, act)` makes a button that takes two presses.
 */
export function reportSection(reports, more, view) {
  const words = moderationWords();
  const list = reports.length ? h('ul', {}, reports.map((report) => item(report, view))) : h('p', { class: 'note' }, words.noReports);
  return h('section', {}, h('h3', {}, words.reports), list, more && h('p', { class: 'note' }, words.moreReports));
}

function item(report, view) {
  const words = moderationWords();
  const { author, text, by, reason, note, rule, at, takenBy } = report;
  const who = h('bdi', { class: 'where' }, author.name || author.id);
  const heading = h('div', { class: 'due' }, who, h('time', { datetime: at }, deadline(at)));
  const why = rule ? words.because(rule) : words.reported(Object.fromEntries(strings.report.reasons)[reason], by.name || by.id);
  return h('li', {},
    heading,
    h('p', { class: 'what', dir: 'auto' }, text),
    h('p', { class: 'note' }, why),
    note && h('p', { class: 'note', dir: 'auto' }, note),
    takenBy && h('p', { class: 'note' }, takenBy === view.user ? words.taken : words.takenBy(takenBy)),
    (!takenBy || takenBy === view.user) && acts(report, view));
}

function acts(report, { take, resolve, twice }) {
  const words = moderationWords();
  const act = (body) => () => resolve(report, body);
  return h('div', { class: 'acts' },
    !report.takenBy && h('button', { type: 'button', on: { click: () => take(report) } }, words.take),
    h('button', { type: 'button', on: { click: act({ act: 'nothing' }) } }, words.dismiss),
    twice(words.deleteMessage, act({ act: 'delete' })),
    twice(words.muteAuthor, act({ act: 'mute', for: MUTE })),
    twice(words.banAuthor, act({ act: 'ban' })));
}
