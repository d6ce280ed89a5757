/** The audit: who did what to whom, from where. Reading it is an audit event itself. */
import { h } from '../../chat/view/dom.js';
import { bar, button, code, time, to } from '../view/parts.js';
import { sentence } from '../view/problem.js';
import { table } from '../view/table.js';

export const words = {
  en: {
    about: 'Newest first. Reading and exporting the audit are audit events, too.',
    time: 'Time', action: 'Action', actor: 'By', subject: 'Concerns', room: 'Room', address: 'Address', detail: 'Detail',
    from: 'From', until: 'Until',
    actionHint: 'Such as room.closed',
    times: (n) => `${n}×`,
    csv: 'Export CSV', jsonl: 'Export JSON Lines',
    exported: 'Exported. An export has at most 100,000 entries; narrow the time for more.',
    empty: 'No audit events match.',
  },
  de: {
    about: 'Die neuesten zuerst. Lesen und Exportieren werden selbst protokolliert.',
    time: 'Zeit', action: 'Vorgang', actor: 'Durch', subject: 'Betrifft', room: 'Raum', address: 'Adresse', detail: 'Einzelheiten',
    from: 'Von', until: 'Bis',
    actionHint: 'Zum Beispiel room.closed',
    times: (n) => `${n}-mal`,
    csv: 'CSV exportieren', jsonl: 'JSON Lines exportieren',
    exported: 'Exportiert. Ein Export hat höchstens 100.000 Einträge; grenzen Sie die Zeit ein, wenn Sie mehr brauchen.',
    empty: 'Keine Einträge passen.',
  },
};

const PAGE = 50;

export function show(area, { server, words, query, say }) {
  const list = table({
    label: words.action,
    query,
    filters: [
      { name: 'actor', label: words.actor, maxlength: 255 },
      { name: 'subject', label: words.subject, maxlength: 255 },
      { name: 'room', label: words.room, maxlength: 64 },
      { name: 'action', label: words.action, maxlength: 64, placeholder: words.actionHint },
      { name: 'from', label: words.from, type: 'datetime-local' },
      { name: 'until', label: words.until, type: 'datetime-local' },
    ],
    columns: [
      [words.time, ({ at }) => time(at)],
      [words.action, ({ action, times }) => h('span', {}, code(action), times > 1 && ` ${words.times(times)}`)],
      [words.actor, ({ actor }) => actor && to('people', { user: actor }, actor)],
      [words.subject, ({ subject }) => subject && to('people', { user: subject }, subject)],
      [words.room, ({ room }) => room && to('rooms', { room }, room)],
      [words.address, ({ address }) => code(address)],
      [words.detail, ({ detail }) => detail],
    ],
    load: async (filter, before) => {
      const { entries, more } = await server.get('audit', { ...instants(filter), before, limit: PAGE });
      return { rows: entries, next: more ? entries.at(-1).id : undefined };
    },
    empty: words.empty,
  });
  const save = async (format) => {
    try {
      await server.save('audit/export', { ...instants(list.filter()), format }, `audit.${format}`);
      say(words.exported);
    } catch (problem) {
      say(sentence(problem));
    }
  };
  area.append(h('p', { class: 'lead' }, words.about), list.node, bar(button(words.csv, () => save('csv')), button(words.jsonl, () => save('jsonl'))));
}

/** The times of the filter are the reader's; the server's are UTC. @param {Record<string, any>} filter */
function instants({ from, until, ...filter }) {
  const instant = (local) => local && new Date(local).toISOString();
  return { ...filter, from: instant(from), until: instant(until) };
}
