/** People: search, state, devices, what they use, mutes and bans, the end of their access and of their tokens. */
import { h } from '../../chat/view/dom.js';
import { confirm } from '../view/forms.js';
import { badge, bar, block, button, code, day, facts, number, size, time, to } from '../view/parts.js';
import { table } from '../view/table.js';

export const words = {
  en: {
    find: 'Name or id', which: 'Show', all: 'Everyone', onlyEnded: 'Access ended',
    name: 'Name', id: 'Id', state: 'State', allowed: 'Has access', ended: 'Access ended', seen: 'Last sign-in', open: 'Details', back: 'All people',
    endedAt: 'Access ended at', endedBy: 'Ended by', rooms: 'Rooms', files: 'Files', used: (used, most) => `${used} of ${most}`, connections: 'Connections to this instance',
    devices: 'Devices with notifications', service: 'Push service', since: 'Since', noDevices: 'No device gets notifications.',
    restrictions: 'Mutes and bans', room: 'Room', kind: 'Kind', until: 'Until', forever: 'no end', kinds: { banned: 'Banned', muted: 'Muted' }, noRestrictions: 'Neither muted nor banned anywhere.',
    lift: 'Lift', liftAbout: (name, room) => `${name} may take part in ${room} again.`,
    end: 'End access', endAbout: (name) => `${name} is disconnected within two seconds and can’t sign in until you allow it again. Messages and memberships stay.`,
    allow: 'Allow access', allowAbout: (name) => `${name} can sign in again.`,
    revoke: 'Revoke tokens', revokeAbout: (name) => `All tokens issued to ${name} so far end, on all devices. ${name} can sign in again.`,
    audit: 'Audit of this person', done: 'Done.', empty: 'Nobody matches.',
  },
  de: {
    find: 'Name oder Kennung', which: 'Anzeigen', all: 'Alle', onlyEnded: 'Zugang beendet',
    name: 'Name', id: 'Kennung', state: 'Zustand', allowed: 'Hat Zugang', ended: 'Zugang beendet', seen: 'Letzte Anmeldung', open: 'Einzelheiten', back: 'Alle Personen',
    endedAt: 'Zugang beendet am', endedBy: 'Beendet durch', rooms: 'Räume', files: 'Dateien', used: (used, most) => `${used} von ${most}`, connections: 'Verbindungen zu dieser Instanz',
    devices: 'Geräte mit Benachrichtigungen', service: 'Push-Dienst', since: 'Seit', noDevices: 'Kein Gerät bekommt Benachrichtigungen.',
    restrictions: 'Stummschaltungen und Sperren', room: 'Raum', kind: 'Art', until: 'Bis', forever: 'ohne Ende', kinds: { banned: 'Gesperrt', muted: 'Stumm' }, noRestrictions: 'Nirgends stumm oder gesperrt.',
    lift: 'Aufheben', liftAbout: (name, room) => `${name} darf in ${room} wieder teilnehmen.`,
    end: 'Zugang beenden', endAbout: (name) => `${name} wird innerhalb von zwei Sekunden getrennt und kann sich nicht anmelden, bis Sie es wieder erlauben. Nachrichten und Mitgliedschaften bleiben.`,
    allow: 'Zugang erlauben', allowAbout: (name) => `${name} kann sich wieder anmelden.`,
    revoke: 'Tokens widerrufen', revokeAbout: (name) => `Alle bisher ausgestellten Tokens von ${name} enden, auf allen Geräten. ${name} kann sich wieder anmelden.`,
    audit: 'Protokoll dieser Person', done: 'Erledigt.', empty: 'Niemand passt.',
  },
};

const PAGE = 50;

export async function show(area, tools) {
  if (tools.query.user) await showPerson(area, tools);
  else showPeople(area, tools);
}

function showPeople(area, { server, words, query }) {
  const list = table({
    label: words.name,
    query,
    filters: [
      { name: 'query', label: words.find, maxlength: 100 },
      { name: 'ended', label: words.which, type: 'select', options: [['', words.all], ['true', words.onlyEnded]] },
    ],
    columns: [
      [words.name, ({ id, name }) => to('people', { user: id }, name)],
      [words.id, ({ id }) => code(id)],
      [words.state, ({ allowed }) => stateOf(allowed, words)],
      [words.seen, ({ seen }) => day(seen)],
    ],
    load: async (filter, after) => {
      const { people, more } = await server.get('people', { ...filter, after, limit: PAGE });
      return { rows: people, next: more ? people.at(-1).id : undefined };
    },
    empty: words.empty,
  });
  area.append(list.node);
}

const stateOf = (allowed, words) => (allowed ? badge(words.allowed, 'good') : badge(words.ended, 'bad'));

async function showPerson(area, { server, words, query, say, reload }) {
  const { person, rooms, files, bytes, mostBytes, connections, mostConnections, devices, restrictions } = await server.get('people/one', { user: query.user });
  const { id, name, allowed } = person;
  const done = async (asking) => {
    if (!(await asking)) return;
    say(words.done);
    reload();
  };
  const access = () => done(confirm(allowed ? words.end : words.allow, (allowed ? words.endAbout : words.allowAbout)(name), allowed ? words.end : words.allow, () => server.put('people/access', { user: id, allowed: !allowed })));
  const revoke = () => done(confirm(words.revoke, words.revokeAbout(name), words.revoke, () => server.post('revocations', { user: id })));
  const lift = ({ room, roomName, kind }) => done(confirm(words.lift, words.liftAbout(name, roomName ?? room), words.lift, () => server.del(`../rooms/${encodeURIComponent(room)}/${kind === 'banned' ? 'bans' : 'mutes'}`, { user: id })));

  area.append(
    h('p', {}, to('people', null, words.back)),
    block(
      name,
      facts([
        [words.id, code(id)],
        [words.state, stateOf(allowed, words)],
        [words.seen, day(person.seen)],
        [words.endedAt, time(person.ended)],
        [words.endedBy, person.endedBy],
        [words.rooms, number(rooms)],
        [words.files, `${number(files)} · ${words.used(size(bytes), size(mostBytes))}`],
        [words.connections, words.used(number(connections), number(mostConnections))],
      ]),
      bar(button(allowed ? words.end : words.allow, access, allowed ? 'grave' : ''), button(words.revoke, revoke, 'grave'), to('audit', { subject: id }, words.audit)),
    ),
    block(words.restrictions, list(restrictions, words.noRestrictions, words.restrictions, [
      [words.room, ({ room, roomName }) => to('rooms', { query: room }, roomName ?? room)],
      [words.kind, ({ kind }) => words.kinds[kind]],
      [words.until, ({ until }) => time(until) ?? words.forever],
    ], (one) => [button(words.lift, () => lift(one))])),
    block(words.devices, list(devices, words.noDevices, words.devices, [
      [words.service, ({ host }) => code(host)],
      [words.since, ({ since }) => time(since)],
    ])),
  );
}

/** A list that came with the person. */
function list(rows, empty, label, columns, actions) {
  return table({ label, columns, actions, empty, load: async () => ({ rows }) }).node;
}
