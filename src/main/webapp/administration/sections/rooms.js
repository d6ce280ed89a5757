/** All rooms, also private and direct ones: names, sizes and retention, never what was written in them. */
import { h } from '../../chat/view/dom.js';
import { ask, confirm } from '../view/forms.js';
import { badge, button, code, number, size, time } from '../view/parts.js';
import { table } from '../view/table.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'Private and direct rooms show their name and id, never their messages.',
    find: 'Name or id', kind: 'Kind', all: 'All', kinds: { public: 'Public', private: 'Private', direct: 'Direct' }, state: 'State', openRooms: 'Open', closedRooms: 'Closed',
    name: 'Name', id: 'Id', members: 'Members', events: 'Events', files: 'Files', retention: 'Retention', retentions: { none: 'Nothing is stored' }, forever: 'Everything stays', days: (days) => `${days} days`, created: 'Created',
    change: 'Retention', changeAbout: (name) => `Older messages of ${name} are deleted for good.`, keep: 'How long messages are kept', close: 'Close', closeAbout: (name) => `${name} disappears for everybody, for good. Its log stays as long as its retention says.`,
    rebuild: 'Rebuild', rebuildAbout: (name) => `Members and messages of ${name} are derived from its log again. People can go on writing.`, rebuilt: (n) => `Rebuilt from ${n} events.`,
    direct: 'Direct conversation', done: 'Done.', empty: 'No rooms match.',
  },
  de: {
    about: 'Private Räume und Direktgespräche zeigen Namen und Kennung, nie ihre Nachrichten.',
    find: 'Name oder Kennung', kind: 'Art', all: 'Alle', kinds: { public: 'Öffentlich', private: 'Privat', direct: 'Direkt' }, state: 'Zustand', openRooms: 'Offen', closedRooms: 'Geschlossen',
    name: 'Name', id: 'Kennung', members: 'Mitglieder', events: 'Ereignisse', files: 'Dateien', retention: 'Aufbewahrung', retentions: { none: 'Nichts wird gespeichert' }, forever: 'Alles bleibt', days: (days) => `${days} Tage`, created: 'Angelegt',
    change: 'Aufbewahrung', changeAbout: (name) => `Ältere Nachrichten von ${name} werden endgültig gelöscht.`, keep: 'Wie lange Nachrichten bleiben', close: 'Schließen', closeAbout: (name) => `${name} verschwindet für alle, endgültig. Das Log bleibt, solange es die Aufbewahrung vorsieht.`,
    rebuild: 'Neu aufbauen', rebuildAbout: (name) => `Mitglieder und Nachrichten von ${name} werden noch einmal aus dem Log abgeleitet. Alle können weiter schreiben.`, rebuilt: (n) => `Aus ${n} Ereignissen neu aufgebaut.`,
    direct: 'Direktgespräch', done: 'Erledigt.', empty: 'Keine Räume passen.',
  },
};

const PAGE = 50;
const RETENTIONS = [30, 90, 365, 1_095];

export function show(area, { server, words, query, say }) {
  const nameOf = ({ id, name, kind }) => name ?? (kind === 'direct' ? words.direct : id);
  const list = table({
    label: words.name,
    query: query.room ? { query: query.room } : query,
    filters: [
      { name: 'query', label: words.find, maxlength: 100 },
      { name: 'kind', label: words.kind, type: 'select', options: [['', words.all], ...Object.entries(words.kinds)] },
      { name: 'closed', label: words.state, type: 'select', options: [['', words.openRooms], ['true', words.closedRooms]] },
    ],
    columns: [
      [words.name, (room) => nameOf(room)],
      [words.id, ({ id }) => code(id)],
      [words.kind, ({ kind, closed }) => h('span', {}, badge(words.kinds[kind]), closed && h('span', {}, ' ', time(closed)))],
      [words.members, ({ members }) => number(members)],
      [words.events, ({ events }) => number(events)],
      [words.files, ({ files, bytes }) => (files ? `${number(files)} · ${size(bytes)}` : '')],
      [words.retention, ({ retention }) => retentionOf(retention)],
    ],
    actions: (room) =>
      room.closed
        ? []
        : [
            button(words.change, () => change(room)),
            button(words.rebuild, () => rebuild(room)),
            room.kind !== 'direct' && button(words.close, () => done(confirm(words.close, words.closeAbout(nameOf(room)), words.close, () => server.del(`../rooms/${part(room.id)}`))), 'grave'),
          ].filter(Boolean),
    load: async (filter, after) => {
      const { rooms, more } = await server.get('rooms', { ...filter, after, limit: PAGE });
      return { rows: rooms, next: more ? rooms.at(-1).id : undefined };
    },
    empty: words.empty,
  });

  function retentionOf(retention) {
    const days = /^(\d+)d$/.exec(retention);
    return words.retentions[retention] ?? (days ? words.days(days[1]) : retention === 'forever' ? words.forever : retention);
  }

  /** @param {Promise<any>} asking @param {(answer: any) => string} [text] */
  async function done(asking, text = () => words.done) {
    const answer = await asking;
    if (!answer) return;
    say(text(answer));
    await list.reload();
  }

  const change = (room) => {
    const options = [['forever', words.forever], ...RETENTIONS.map((days) => [`${days}d`, words.days(days)])];
    if (!options.some(([value]) => value === room.retention)) options.push([room.retention, retentionOf(room.retention)]);
    done(ask({ title: words.change, about: words.changeAbout(nameOf(room)), submit: words.change, grave: true, fields: [{ name: 'retention', label: words.keep, type: 'select', value: room.retention, options }] }, (chosen) => server.patch(`../rooms/${part(room.id)}`, chosen)));
  };
  const rebuild = (room) => done(confirm(words.rebuild, words.rebuildAbout(nameOf(room)), words.rebuild, () => server.post(`rooms/${part(room.id)}/rebuild`)), (answer) => words.rebuilt(number(answer.done)));

  area.append(h('p', { class: 'lead' }, words.about), list.node);
}
