/** All rooms, also private and direct ones: names, sizes and retention, never what was written in them. */
import { h } from '../../chat/view/dom.js';
import { ask, confirm } from '../view/forms.js';
import { badge, block, button, code, facts, number, size, time } from '../view/parts.js';
import { table } from '../view/table.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'Private and direct rooms show their name and id, never their messages.',
    find: 'Name or id', kind: 'Kind', all: 'All', kinds: { public: 'Public', private: 'Private', direct: 'Direct' }, state: 'State', openRooms: 'Open', closedRooms: 'Closed',
    name: 'Name', id: 'Id', members: 'Members', events: 'Events', files: 'Files', retention: 'Retention', retentions: { none: 'Nothing is stored' }, forever: 'Everything stays', days: (days) => (days === 1 ? '1 day' : `${days} days`), created: 'Created',
    change: 'Retention', changeAbout: (name) => `Older messages of ${name} are deleted for good.`, keep: 'How long messages are kept', close: 'Close', closeAbout: (name) => `${name} disappears for everybody, for good. Its log stays as long as its retention says.`,
    rebuild: 'Rebuild', rebuildAbout: (name) => `Members and messages of ${name} are derived from its log again. People can go on writing.`, rebuilt: (n, text) => (n === 1 ? 'Rebuilt from 1 event.' : `Rebuilt from ${text} events.`),
    defaults: 'Default rooms', defaultRoom: 'Default', onlyDefault: 'Only default rooms', makeDefault: 'Make default', makeDefaultAbout: (name) => `Everybody joins ${name} at their first sign-in from now on, and may leave it.`, endDefault: 'No default', endDefaultAbout: (name) => `Nobody joins ${name} at the first sign-in any more. Who is in it stays.`, tooMany: 'There are 20 default rooms. Remove one first.',
    kept: 'How long messages are kept here', keptAbout: 'The settings of the installation say this. A change needs a restart.', limits: { default: 'A new room', floor: 'At least', ceiling: 'At most', audit: 'Audit events' }, shortest: 'No minimum', longest: 'No maximum',
    direct: 'Direct conversation', done: 'Done.', empty: 'No rooms match.',
  },
  de: {
    about: 'Private Räume und Direktgespräche zeigen Namen und Kennung, nie ihre Nachrichten.',
    find: 'Name oder Kennung', kind: 'Art', all: 'Alle', kinds: { public: 'Öffentlich', private: 'Privat', direct: 'Direkt' }, state: 'Zustand', openRooms: 'Offen', closedRooms: 'Geschlossen',
    name: 'Name', id: 'Kennung', members: 'Mitglieder', events: 'Ereignisse', files: 'Dateien', retention: 'Aufbewahrung', retentions: { none: 'Nichts wird gespeichert' }, forever: 'Alles bleibt', days: (days) => (days === 1 ? '1 Tag' : `${days} Tage`), created: 'Angelegt',
    change: 'Aufbewahrung', changeAbout: (name) => `Ältere Nachrichten von ${name} werden endgültig gelöscht.`, keep: 'Wie lange Nachrichten bleiben', close: 'Schließen', closeAbout: (name) => `${name} verschwindet für alle, endgültig. Das Log bleibt, solange es die Aufbewahrung vorsieht.`,
    rebuild: 'Neu aufbauen', rebuildAbout: (name) => `Mitglieder und Nachrichten von ${name} werden noch einmal aus dem Log abgeleitet. Alle können weiter schreiben.`, rebuilt: (n, text) => (n === 1 ? 'Aus 1 Ereignis neu aufgebaut.' : `Aus ${text} Ereignissen neu aufgebaut.`),
    defaults: 'Standardräume', defaultRoom: 'Standard', onlyDefault: 'Nur Standardräume', makeDefault: 'Als Standard', makeDefaultAbout: (name) => `Alle treten ${name} ab jetzt bei der ersten Anmeldung bei und dürfen den Raum verlassen.`, endDefault: 'Kein Standard', endDefaultAbout: (name) => `Niemand tritt ${name} mehr bei der ersten Anmeldung bei. Wer darin ist, bleibt.`, tooMany: 'Es gibt 20 Standardräume. Entfernen Sie erst einen.',
    kept: 'Wie lange Nachrichten hier bleiben', keptAbout: 'Das legen die Einstellungen der Installation fest. Eine Änderung braucht einen Neustart.', limits: { default: 'Ein neuer Raum', floor: 'Mindestens', ceiling: 'Höchstens', audit: 'Protokolleinträge' }, shortest: 'Kein Mindestmaß', longest: 'Keine Obergrenze',
    direct: 'Direktgespräch', done: 'Erledigt.', empty: 'Keine Räume passen.',
  },
};

const PAGE = 50;
const RETENTIONS = [30, 90, 365, 1_095];

export async function show(area, { server, words, query, say }) {
  const nameOf = ({ id, name, kind }) => name ?? (kind === 'direct' ? words.direct : id);
  const list = table({
    label: words.name,
    query: query.room ? { query: query.room } : query,
    filters: [
      { name: 'query', label: words.find, maxlength: 100 },
      { name: 'kind', label: words.kind, type: 'select', options: [['', words.all], ...Object.entries(words.kinds)] },
      { name: 'closed', label: words.state, type: 'select', options: [['', words.openRooms], ['true', words.closedRooms]] },
      { name: 'defaultRoom', label: words.defaults, type: 'select', options: [['', words.all], ['true', words.onlyDefault]] },
    ],
    columns: [
      [words.name, (room) => h('span', {}, nameOf(room), room.defaultRoom && [' ', badge(words.defaultRoom, 'good')])],
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
            room.kind === 'public' && (room.defaultRoom ? button(words.endDefault, () => done(ask({ title: words.endDefault, about: words.endDefaultAbout(nameOf(room)), submit: words.endDefault }, () => server.del(`rooms/${part(room.id)}/default`)))) : button(words.makeDefault, () => makeDefault(room))),
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
    return words.retentions[retention] ?? (days ? words.days(Number(days[1])) : retention === 'forever' ? words.forever : retention);
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
  const makeDefault = (room) => done(ask({ title: words.makeDefault, about: words.makeDefaultAbout(nameOf(room)), submit: words.makeDefault, problems: { conflict: words.tooMany } }, () => server.put(`rooms/${part(room.id)}/default`)));
  const rebuild = (room) => done(confirm(words.rebuild, words.rebuildAbout(nameOf(room)), words.rebuild, () => server.post(`rooms/${part(room.id)}/rebuild`)), (answer) => words.rebuilt(answer.done, number(answer.done)));

  const keptFor = ({ name, retention }) => (name === 'floor' && retention === 'none' ? words.shortest : name === 'ceiling' && retention === 'forever' ? words.longest : retentionOf(retention));
  const limits = h('div', {});
  area.append(h('p', { class: 'lead' }, words.about), list.node, block(words.kept, h('p', { class: 'lead' }, words.keptAbout), limits));
  const { kept } = await server.get('retention');
  limits.append(facts(kept.map((one) => [words.limits[one.name] ?? one.name, h('div', {}, h('p', {}, keptFor(one)), code(one.setting))])));
}
