/** Removing all messages of one person at once, and undoing it. */
import { h } from '../../chat/view/dom.js';
import { ask, confirm } from '../view/forms.js';
import { badge, bar, button, number, time, to } from '../view/parts.js';
import { table } from '../view/table.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'A removal deletes the messages that one person posted in a span of time. It can be undone for a day.',
    remove: 'Remove messages', removeAbout: 'The messages disappear from all screens within seconds. End the access of the person first.',
    user: 'User id', from: 'Posted from', to: 'Posted until', rooms: 'Rooms', roomsHint: 'Ids of at most 100 rooms, one a line. Without any: all rooms.', reason: 'Reason',
    by: 'By', state: 'State', messages: 'Messages', all: 'All rooms', undo: 'Undo',
    undoAbout: (n, text) => (n === 1 ? '1 message comes back to its place, with files and reactions.' : `${text} messages come back to their places, with files and reactions.`),
    count: (removed, restored) => `${removed} removed, ${restored} back`, more: 'There were more messages. Start another removal for them.',
    until: 'Can be undone until', refresh: 'Refresh',
    states: { removing: 'Is removing', removed: 'Removed', restoring: 'Is restoring', restored: 'Restored', final: 'Final' },
    started: 'The removal has begun.', undone: 'The messages are coming back.', empty: 'Nothing was removed yet.',
  },
  de: {
    about: 'Damit werden die Nachrichten gelöscht, die eine Person in einem Zeitraum gesendet hat. Einen Tag lang lässt es sich rückgängig machen.',
    remove: 'Nachrichten entfernen', removeAbout: 'Die Nachrichten verschwinden in Sekunden von allen Bildschirmen. Beenden Sie zuerst den Zugang der Person.',
    user: 'Benutzerkennung', from: 'Gesendet ab', to: 'Gesendet bis', rooms: 'Räume', roomsHint: 'Kennungen von höchstens 100 Räumen, eine pro Zeile. Ohne Angabe: alle Räume.', reason: 'Grund',
    by: 'Durch', state: 'Stand', messages: 'Nachrichten', all: 'Alle Räume', undo: 'Rückgängig machen',
    undoAbout: (n, text) => (n === 1 ? '1 Nachricht kommt an ihre Stelle zurück, mit Dateien und Reaktionen.' : `${text} Nachrichten kommen an ihre Stelle zurück, mit Dateien und Reaktionen.`),
    count: (removed, restored) => `${removed} entfernt, ${restored} zurück`, more: 'Es waren mehr Nachrichten. Entfernen Sie den Rest in einem weiteren Schritt.',
    until: 'Umkehrbar bis', refresh: 'Aktualisieren',
    states: { removing: 'Wird entfernt', removed: 'Entfernt', restoring: 'Kommt zurück', restored: 'Wieder da', final: 'Endgültig' },
    started: 'Das Entfernen hat begonnen.', undone: 'Die Nachrichten kommen zurück.', empty: 'Es wurde noch nichts entfernt.',
  },
};

const KINDS = { removed: 'warn', restored: 'good', final: 'bad' };

export function show(area, { server, words, query, say }) {
  const list = table({
    label: words.remove,
    columns: [
      [words.user, ({ user }) => to('people', { user }, user)],
      [words.from, ({ from }) => (from.startsWith('1970') ? '' : time(from))],
      [words.to, ({ to: end }) => time(end)],
      [words.rooms, ({ rooms }) => rooms?.join(', ') ?? words.all],
      [words.messages, ({ removed, restored, incomplete }) => h('div', {}, h('p', {}, words.count(number(removed), number(restored))), incomplete && h('p', { class: 'hint' }, words.more))],
      [words.state, ({ state, undoableUntil }) => h('div', {}, badge(words.states[state], KINDS[state]), undoableUntil && h('p', { class: 'hint' }, words.until, ' ', time(undoableUntil)))],
      [words.by, ({ by, at }) => h('div', {}, h('p', {}, to('people', { user: by }, by)), time(at))],
      [words.reason, ({ reason }) => reason],
    ],
    actions: (removal) => (removal.undoableUntil ? [button(words.undo, () => undo(removal))] : []),
    load: async () => ({ rows: (await server.get('removals')).removals }),
    empty: words.empty,
  });

  async function remove() {
    const fields = [
      { name: 'user', label: words.user, required: true, maxlength: 255, value: query.user },
      { name: 'from', label: words.from, type: 'datetime-local' },
      { name: 'to', label: words.to, type: 'datetime-local' },
      { name: 'rooms', label: words.rooms, type: 'textarea', hint: words.roomsHint },
      { name: 'reason', label: words.reason, maxlength: 500 },
    ];
    const started = await ask({ title: words.remove, about: words.removeAbout, fields, submit: words.remove, grave: true }, (wanted) => server.post('removals', request(wanted)));
    if (!started) return;
    say(words.started);
    await list.reload();
  }

  async function undo({ id, removed }) {
    if (!(await confirm(words.undo, words.undoAbout(removed, number(removed)), words.undo, () => server.post(`removals/${part(id)}/undo`)))) return;
    say(words.undone);
    await list.reload();
  }

  area.append(h('p', { class: 'lead' }, words.about), bar(button(words.remove, remove, 'primary'), button(words.refresh, () => list.reload())), list.node);
}

/** The times of the form are the reader's; the server's are UTC. @param {Record<string, any>} wanted */
function request({ from, to: end, rooms, ...rest }) {
  return {
    ...rest,
    ...(from && { from: new Date(from).toISOString() }),
    ...(end && { to: new Date(end).toISOString() }),
    ...(rooms && { rooms: rooms.split(/\s+/).filter(Boolean) }),
  };
}
