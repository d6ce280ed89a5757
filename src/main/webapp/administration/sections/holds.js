/** Legal holds, and the content that each of them keeps. Every look at them is an audit event. */
import { h } from '../../chat/view/dom.js';
import { part } from '../server.js';
import { ask, confirm } from '../view/forms.js';
import { badge, bar, button, code, facts, number, time, to } from '../view/parts.js';
import { table } from '../view/table.js';

export const words = {
  en: {
    about: 'A hold keeps copies of what is deleted, edited or past its retention. Nobody in the rooms can see that. Every look at a hold is an audit event.',
    make: 'Make a hold', name: 'Name', covers: 'Covers', madeBy: 'Made by', state: 'State', active: 'in force', released: 'released',
    conditions: 'A hold covers what meets all of its conditions. Give at least one, and separate several entries by commas.',
    people: 'Written by (ids)', rooms: 'In rooms (ids)', words: 'With one of these words', wordsHint: 'Parts of words count. Case and accents do not.',
    from: 'From', until: 'Until',
    release: 'Release', releaseAbout: (name) => `The copies that only “${name}” keeps are deleted for good.`,
    content: 'Content', kept: 'Kept events', all: 'All holds', place: 'Room and offset', event: 'Event', by: 'By', removed: 'Removed', reason: 'Because', files: 'Files',
    reasons: { deleted: 'deleted', edited: 'edited', previews_replaced: 'previews replaced', document_deleted: 'document deleted', expired: 'retention', room_closed: 'room closed', erased: 'erased' },
    done: 'Done.', empty: 'There are no holds.', nothing: 'Nothing that this hold covers was removed so far.',
  },
  de: {
    about: 'Eine Sperre bewahrt Kopien von allem auf, was gelöscht, geändert oder zu alt wird. Die Räume zeigen davon nichts. Jeder Blick auf eine Sperre wird protokolliert.',
    make: 'Sperre anlegen', name: 'Name', covers: 'Umfasst', madeBy: 'Angelegt von', state: 'Zustand', active: 'in Kraft', released: 'aufgehoben',
    conditions: 'Eine Sperre umfasst, was alle Bedingungen erfüllt. Geben Sie mindestens eine an, und trennen Sie mehrere Einträge durch Kommas.',
    people: 'Geschrieben von (Kennungen)', rooms: 'In Räumen (Kennungen)', words: 'Mit einem dieser Wörter', wordsHint: 'Teile von Wörtern zählen. Groß- und Kleinschreibung und Akzente nicht.',
    from: 'Von', until: 'Bis',
    release: 'Aufheben', releaseAbout: (name) => `Kopien, die nur „${name}“ aufbewahrt, werden endgültig gelöscht.`,
    content: 'Inhalt', kept: 'Aufbewahrte Ereignisse', all: 'Alle Sperren', place: 'Raum und Position', event: 'Ereignis', by: 'Von', removed: 'Entfernt', reason: 'Grund', files: 'Dateien',
    reasons: { deleted: 'gelöscht', edited: 'geändert', previews_replaced: 'Vorschau ersetzt', document_deleted: 'Dokument gelöscht', expired: 'Aufbewahrung', room_closed: 'Raum geschlossen', erased: 'Daten gelöscht' },
    done: 'Erledigt.', empty: 'Es gibt keine Sperren.', nothing: 'Bisher wurde nichts entfernt, was diese Sperre umfasst.',
  },
};

const PAGE = 50;

export async function show(area, tools) {
  if (tools.query.hold) await showContent(area, tools);
  else showHolds(area, tools);
}

function showHolds(area, { server, words, say }) {
  const list = table({
    label: words.name,
    columns: [
      [words.name, ({ name }) => name],
      [words.covers, (hold) => conditions(hold, words).filter(([, value]) => value).map(([name, value]) => h('p', {}, `${name}: `, value))],
      [words.madeBy, ({ by, at }) => h('span', {}, to('people', { user: by.id }, by.name), ' ', time(at))],
      [words.state, ({ released, releasedBy }) => (released ? h('span', {}, badge(words.released), ' ', releasedBy.name, ' ', time(released)) : badge(words.active, 'good'))],
    ],
    actions: (hold) => (hold.released ? [] : [
      to('holds', { hold: hold.id }, words.content),
      button(words.release, () => done(confirm(words.release, words.releaseAbout(hold.name), words.release, () => server.del(`holds/${part(hold.id)}`))), 'grave'),
    ]),
    load: async (_, before) => {
      const { holds, more } = await server.get('holds', { before, limit: PAGE });
      return { rows: holds, next: more ? holds.at(-1).id : undefined };
    },
    empty: words.empty,
  });

  async function done(asking) {
    if (!(await asking)) return;
    say(words.done);
    await list.reload();
  }

  const fields = [
    { name: 'name', label: words.name, required: true, maxlength: 100 },
    { name: 'people', label: words.people, maxlength: 25_000 },
    { name: 'rooms', label: words.rooms, maxlength: 35_000 },
    { name: 'words', label: words.words, hint: words.wordsHint, maxlength: 10_000 },
    { name: 'from', label: words.from, type: 'datetime-local' },
    { name: 'until', label: words.until, type: 'datetime-local' },
  ];
  const make = () => done(ask({ title: words.make, about: words.conditions, submit: words.make, fields }, (entered) => server.post('holds', scopeOf(entered))));
  area.append(h('p', { class: 'lead' }, words.about), bar(button(words.make, make, 'primary')), list.node);
}

/** What the person entered, as the server takes it. @param {Record<string, any>} entered */
export function scopeOf({ name, people, rooms, words, from, until }) {
  const several = (text) => text?.split(',').map((one) => one.trim()).filter(Boolean);
  const instant = (local) => local && new Date(local).toISOString();
  return Object.fromEntries(Object.entries({ name, people: several(people), rooms: several(rooms), words: several(words), from: instant(from), until: instant(until) }).filter(([, value]) => value?.length));
}

/** The conditions of a hold as `[name, value]`; the value of one that it does not have is undefined or null. */
function conditions({ people, rooms, words: terms, from, until }, words) {
  return [[words.people, people?.join(', ')], [words.rooms, rooms?.join(', ')], [words.words, terms?.join(', ')], [words.from, time(from)], [words.until, time(until)]];
}

async function showContent(area, { server, words, query }) {
  const path = `holds/${part(query.hold)}`;
  const hold = await server.get(path);
  const list = table({
    label: words.content,
    columns: [
      [words.place, ({ room, offset }) => h('span', {}, code(room), ` ${number(offset)}`)],
      [words.event, ({ event }) => h('div', {}, code(event.type), h('p', { dir: 'auto' }, event.text ?? event.title ?? event.emoji ?? ''))],
      [words.by, ({ event }) => h('span', {}, event.by?.name, ' ', time(event.at))],
      [words.files, ({ event }) => (event.files ?? []).map((file) => h('p', {}, button(file.name, () => server.save(`${path}/files/${part(file.id)}`, {}, file.name))))],
      [words.removed, ({ removed, removedBy }) => h('span', {}, removedBy, ' ', time(removed))],
      [words.reason, ({ reason }) => words.reasons[reason] ?? reason],
    ],
    load: async (_, after) => {
      const { events, next } = await server.get(`${path}/content`, { after, limit: PAGE });
      return { rows: events, next };
    },
    empty: words.nothing,
  });
  area.append(h('p', {}, to('holds', null, words.all)), facts([[words.name, hold.name], [words.kept, number(hold.kept)], ...conditions(hold, words)]), list.node);
}
