/** Messages that people reported, and what is done about them. */
import { h } from '../../chat/view/dom.js';
import { ask } from '../view/forms.js';
import { badge, button, time, to } from '../view/parts.js';
import { table } from '../view/table.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'People report messages to the moderators of their room. You see the reports of all rooms, with the text as it was then.',
    message: 'Message', author: 'Author', room: 'Room', reason: 'Reason', by: 'Reported by', state: 'State',
    states: { open: 'Open', taken: 'Taken', resolved: 'Resolved' },
    reasons: { spam: 'Spam or advertising', abuse: 'Insult or harassment', illegal: 'Against the law', other: 'Something else' },
    acts: { nothing: 'Nothing', delete: 'Delete the message', mute: 'Mute the author in the room', ban: 'Ban the author from the room' },
    takenBy: (who) => `Taken by ${who}`, resolvedBy: (who, act) => `${act} (${who})`,
    take: 'Take', resolve: 'Resolve', resolveAbout: 'The person who reported the message learns what was done, but not by whom.',
    act: 'What is done', hours: 'Hours of a mute or ban', hoursHint: 'Without hours, a ban has no end. A mute needs them.',
    rule: (pattern) => `Rule: ${pattern}`, done: 'Resolved.', taken: 'You work on this report now.', empty: 'There are no such reports.',
    conflict: 'Another moderator works on this report, or it is resolved.', forbidden: 'The rules of the room do not allow this.',
  },
  de: {
    about: 'Personen melden Nachrichten an die Moderatoren ihres Raums. Sie sehen die Meldungen aller Räume, mit dem Text von damals.',
    message: 'Nachricht', author: 'Von', room: 'Raum', reason: 'Grund', by: 'Gemeldet von', state: 'Stand',
    states: { open: 'Offen', taken: 'In Arbeit', resolved: 'Erledigt' },
    reasons: { spam: 'Spam oder Werbung', abuse: 'Beleidigung oder Belästigung', illegal: 'Verstößt gegen das Gesetz', other: 'Etwas anderes' },
    acts: { nothing: 'Nichts', delete: 'Nachricht löschen', mute: 'Im Raum stummschalten', ban: 'Aus dem Raum ausschließen' },
    takenBy: (who) => `In Arbeit bei ${who}`, resolvedBy: (who, act) => `${act} (${who})`,
    take: 'Übernehmen', resolve: 'Erledigen', resolveAbout: 'Wer die Nachricht gemeldet hat, erfährt, was geschah, aber nicht durch wen.',
    act: 'Was geschieht', hours: 'Stunden, für die es gilt', hoursHint: 'Ohne Stunden endet ein Ausschluss nicht. Zum Stummschalten sind sie nötig.',
    rule: (pattern) => `Regel: ${pattern}`, done: 'Erledigt.', taken: 'Sie bearbeiten diese Meldung.', empty: 'Es gibt keine solchen Meldungen.',
    conflict: 'Jemand anderes bearbeitet diese Meldung, oder sie ist erledigt.', forbidden: 'Die Regeln des Raums lassen das nicht zu.',
  },
};

const PAGE = 50;
const HOUR = 3_600;
/** The longest mute or ban, in hours. */
const LONGEST = 87_000;

export function show(area, { server, words, query, say }) {
  const list = table({
    label: words.message,
    query,
    filters: [{ name: 'state', label: words.state, type: 'select', options: Object.entries(words.states), value: 'open' }],
    columns: [
      [words.message, ({ text }) => h('p', { class: 'quoted' }, text)],
      [words.author, ({ author }) => to('people', { user: author.id }, author.name || author.id)],
      [words.room, ({ room }) => to('rooms', { room }, room)],
      [words.reason, ({ reason, note, rule }) => h('div', {}, h('p', {}, rule ? words.rule(rule) : words.reasons[reason]), note && h('p', { class: 'hint' }, note))],
      [words.by, ({ by, at, rule }) => h('div', {}, rule ? '' : h('p', {}, to('people', { user: by.id }, by.name || by.id)), time(at))],
      [words.state, ({ state, takenBy, resolvedBy, act }) => (state === 'resolved' ? badge(words.resolvedBy(resolvedBy, words.acts[act]), 'good') : state === 'taken' ? badge(words.takenBy(takenBy), 'warn') : badge(words.states.open))],
    ],
    actions: ({ id, state }) => (state === 'resolved' ? [] : [button(words.take, () => take(id)), button(words.resolve, () => resolve(id))]),
    load: async ({ state }, before) => {
      const { reports, more } = await server.get('../reports', { state, before, limit: PAGE });
      return { rows: reports, next: more ? reports.at(-1).id : undefined };
    },
    empty: words.empty,
  });

  const problems = { conflict: words.conflict, forbidden: words.forbidden };

  async function take(id) {
    try {
      await server.post(`../reports/${part(id)}/take`);
      say(words.taken);
    } catch (problem) {
      say(problems[problem.code] ?? problem.message);
    }
    await list.reload();
  }

  async function resolve(id) {
    const fields = [
      { name: 'act', label: words.act, type: 'select', options: Object.entries(words.acts), value: 'nothing' },
      { name: 'hours', label: words.hours, type: 'number', min: 1, max: LONGEST, hint: words.hoursHint },
    ];
    const resolved = await ask({ title: words.resolve, about: words.resolveAbout, fields, submit: words.resolve, problems }, ({ act, hours }) =>
      server.post(`../reports/${part(id)}/resolve`, { act, ...(hours && (act === 'mute' || act === 'ban') && { for: hours * HOUR }) }));
    if (!resolved) return;
    say(words.done);
    await list.reload();
  }

  area.append(h('p', { class: 'lead' }, words.about), list.node);
}
