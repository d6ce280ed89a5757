/** Exports: what a person could read, rooms, or everything, as one archive. */
import { h } from '../../chat/view/dom.js';
import { part } from '../server.js';
import { ask, confirm, secret } from '../view/forms.js';
import { badge, bar, button, number, size, time, to } from '../view/parts.js';
import { sentence } from '../view/problem.js';
import { table } from '../view/table.js';

export const words = {
  en: {
    about: 'An export is a ZIP file with the events, mails and files of rooms. The same request gives the same bytes. Starting, downloading and deleting are audit events.',
    create: 'New export', person: 'Only what this person could read', personHint: 'A user id; empty for everything', rooms: 'Only these rooms', roomsHint: 'Room ids with blanks between; empty for all',
    from: 'From', until: 'Until', untilHint: 'Empty for now', history: 'With what is older, for a room export', mail: 'With mails', files: 'With files', held: 'With originals that a hold keeps',
    start: 'Start', started: 'The export waits for its turn.',
    scope: 'Content', scopes: { all: 'All rooms', rooms: 'Rooms', person: 'Readable by' }, span: 'Span', by: 'By', state: 'State', size: 'Size', hash: 'Hash', manifest: 'SHA-256 of manifest.json', manifestAbout: 'Write it down outside of this system: the archive can be checked against it.', events: (n, text) => (n === 1 ? '1 event' : `${text} events`),
    states: { waiting: 'Waits', running: 'Runs', cancelling: 'Is being cancelled', done: 'Complete', failed: 'Failed', cancelled: 'Cancelled', deleted: 'Deleted' },
    progress: (done, rooms) => `rooms: ${done} of ${rooms}`, expires: 'until',
    download: 'Download', again: 'Make again', remove: 'Delete', removeAbout: 'The archive can no longer be downloaded. It can be made again, as far as its content still exists.', cancel: 'Cancel', cancelAbout: 'What was written is deleted.',
    update: 'Refresh', done: 'Done.', empty: 'There are no exports.',
  },
  de: {
    about: 'Ein Export ist eine ZIP-Datei mit den Ereignissen, Mails und Dateien von Räumen. Dieselbe Anfrage ergibt dieselben Bytes. Starten, Herunterladen und Löschen werden protokolliert.',
    create: 'Neuer Export', person: 'Nur was diese Person lesen konnte', personHint: 'Eine Benutzerkennung; leer für alles', rooms: 'Nur diese Räume', roomsHint: 'Raumkennungen mit Leerzeichen dazwischen; leer für alle',
    from: 'Von', until: 'Bis', untilHint: 'Leer für jetzt', history: 'Mit Älterem, bei einem Export von Räumen', mail: 'Mit Mails', files: 'Mit Dateien', held: 'Mit Originalen, die eine Aufbewahrung schützt',
    start: 'Starten', started: 'Der Export wartet, bis er an der Reihe ist.',
    scope: 'Inhalt', scopes: { all: 'Alle Räume', rooms: 'Räume', person: 'Lesbar für' }, span: 'Zeitraum', by: 'Durch', state: 'Zustand', size: 'Größe', hash: 'Hash', manifest: 'SHA-256 von manifest.json', manifestAbout: 'Notieren Sie ihn außerhalb dieses Systems: Das Archiv lässt sich daran prüfen.', events: (n, text) => (n === 1 ? '1 Ereignis' : `${text} Ereignisse`),
    states: { waiting: 'Wartet', running: 'Läuft', cancelling: 'Wird abgebrochen', done: 'Vollständig', failed: 'Gescheitert', cancelled: 'Abgebrochen', deleted: 'Gelöscht' },
    progress: (done, rooms) => `Räume: ${done} von ${rooms}`, expires: 'bis',
    download: 'Herunterladen', again: 'Noch einmal', remove: 'Löschen', removeAbout: 'Das Archiv kann dann nicht mehr heruntergeladen werden. Es kann noch einmal gemacht werden, soweit es seinen Inhalt noch gibt.', cancel: 'Abbrechen', cancelAbout: 'Was schon geschrieben wurde, wird gelöscht.',
    update: 'Aktualisieren', done: 'Erledigt.', empty: 'Es gibt keine Exporte.',
  },
};

const OPEN = ['waiting', 'running', 'cancelling'];
const COLORS = { done: 'good', failed: 'bad', running: 'warn' };
const ARCHIVE = new URL('../../api/administration/exports/', import.meta.url);

export function show(area, { server, words, query, say }) {
  const list = table({
    label: words.create,
    columns: [
      [words.scope, scope],
      [words.span, ({ request }) => h('span', {}, request.from ? time(request.from) : '…', ' – ', time(request.to))],
      [words.by, ({ by, at }) => h('span', {}, to('people', { user: by }, by), ' ', time(at))],
      [words.state, state],
      [words.size, ({ bytes, events }) => bytes > 0 && h('span', {}, size(bytes), ', ', words.events(events, number(events)))],
    ],
    actions: (one) => [
      one.state === 'done' && button(words.download, () => attempt(() => download(one))),
      one.manifest && button(words.hash, () => secret(words.manifest, words.manifestAbout, one.manifest)),
      one.began !== undefined && button(words.again, () => attempt(() => done(server.post('exports', { repeat: one.id })))),
      one.state === 'done' && button(words.remove, () => done(confirm(words.remove, words.removeAbout, words.remove, () => server.del(`exports/${part(one.id)}`))), 'grave'),
      OPEN.includes(one.state) && button(words.cancel, () => done(confirm(words.cancel, words.cancelAbout, words.cancel, () => server.del(`exports/${part(one.id)}`))), 'grave'),
    ].filter(Boolean),
    load: async () => ({ rows: (await server.get('exports')).exports }),
    empty: words.empty,
  });

  function scope({ request }) {
    const rooms = (request.rooms ?? []).map((room) => h('span', {}, ' ', to('rooms', { room }, room)));
    return h('span', {}, words.scopes[request.scope], request.person && ' ', request.person && to('people', { user: request.person }, request.person), rooms);
  }

  function state(one) {
    const shown = badge(words.states[one.state], COLORS[one.state] ?? '');
    if (one.state === 'running') return h('span', {}, shown, ' ', words.progress(number(one.done), number(one.rooms)));
    if (one.state === 'failed') return h('span', {}, shown, ' ', one.failure);
    return one.state === 'done' ? h('span', {}, shown, ' ', words.expires, ' ', time(one.expires)) : shown;
  }

  async function done(asking) {
    if (!(await asking)) return;
    say(words.done);
    await list.reload();
  }

  // What a button asks for without a dialog, which would show the problem.
  async function attempt(asking) {
    try {
      await asking();
    } catch (problem) {
      say(sentence(problem));
    }
  }

  // By the browser's own download, which a ticket allows for a minute: an archive may be larger than the memory of a page.
  async function download({ id }) {
    const { ticket } = await server.post(`exports/${part(id)}/ticket`, {});
    h('a', { href: new URL(`${part(id)}/archive?ticket=${encodeURIComponent(ticket)}`, ARCHIVE).href, download: `parley-export-${id}.zip`, rel: 'noopener' }).click();
  }

  async function create() {
    const fields = [
      { name: 'person', label: words.person, hint: words.personHint, maxlength: 255, value: query.person },
      { name: 'rooms', label: words.rooms, hint: words.roomsHint, value: query.room },
      { name: 'from', label: words.from, type: 'datetime-local' },
      { name: 'until', label: words.until, type: 'datetime-local', hint: words.untilHint },
      { name: 'history', label: words.history, type: 'checkbox' },
      { name: 'mail', label: words.mail, type: 'checkbox', value: true },
      { name: 'files', label: words.files, type: 'checkbox', value: true },
      { name: 'held', label: words.held, type: 'checkbox' },
    ];
    if (!(await ask({ title: words.create, submit: words.start, fields }, (wanted) => server.post('exports', request(wanted))))) return;
    say(words.started);
    await list.reload();
  }

  area.append(h('p', { class: 'lead' }, words.about), bar(button(words.create, create, 'primary'), button(words.update, () => list.reload())), list.node);
}

/** What the fields of the dialog ask for. A person's export has what is older anyway. */
export function request({ person, rooms, from, until, history, mail, files, held }) {
  const ids = (rooms ?? '').split(/[\s,]+/).filter(Boolean);
  return {
    ...(person && { person }),
    ...(ids.length > 0 && { rooms: ids }),
    ...(from && { from: new Date(from).toISOString() }),
    ...(until && { to: new Date(until).toISOString() }),
    ...(history && { history: true }),
    mail: Boolean(mail),
    files: Boolean(files),
    held: Boolean(held),
  };
}
