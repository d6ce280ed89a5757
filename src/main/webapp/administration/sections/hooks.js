/** The hooks of all rooms: which get events, which post, how far they are behind. A secret is shown once. */
import { h } from '../../chat/view/dom.js';
import { ask, confirm, secret } from '../view/forms.js';
import { badge, bar, block, button, code, number, time, to } from '../view/parts.js';
import { table } from '../view/table.js';
import { part } from '../server.js';

export const words = {
  en: {
    outgoing: 'Outgoing webhooks', outgoingAbout: 'They get the events of a room, in order and at least once.', incoming: 'Incoming hooks', incomingAbout: 'Addresses at which other programs post to a room.',
    room: 'Room', roomHint: 'The id of the room', url: 'Address', by: 'Created by', created: 'Created', state: 'State', working: 'Works', failing: (n, text) => (n === 1 ? 'Failed once' : `Failed ${text} times`), disabled: 'Disabled', behind: 'Events behind', name: 'Name', signed: 'Signed', yes: 'yes', no: 'no',
    create: 'Create a webhook', createIncoming: 'Create an incoming hook', enable: 'Enable', rotate: 'New secret', rotateAbout: 'The former secret signs, too, for a day.', remove: 'Remove', removeAbout: 'It stops at once. Its address and secret can’t be brought back.',
    sign: 'Requests must be signed', secret: 'Copy the secret now', secretAbout: 'It signs what is sent. Nobody can see it again.', address: 'Copy the address now', addressAbout: 'Anyone who knows it can post. Nobody can see it again.',
    none: 'There are no webhooks.', noneIncoming: 'There are no incoming hooks.', done: 'Done.',
  },
  de: {
    outgoing: 'Ausgehende Webhooks', outgoingAbout: 'Sie bekommen die Ereignisse eines Raums, der Reihe nach und mindestens einmal.', incoming: 'Eingehende Hooks', incomingAbout: 'Adressen, an denen andere Programme in einen Raum schreiben.',
    room: 'Raum', roomHint: 'Die Kennung des Raums', url: 'Adresse', by: 'Angelegt durch', created: 'Angelegt', state: 'Zustand', working: 'Läuft', failing: (n, text) => (n === 1 ? 'Einmal fehlgeschlagen' : `${text}-mal fehlgeschlagen`), disabled: 'Abgeschaltet', behind: 'Ereignisse im Rückstand', name: 'Name', signed: 'Signiert', yes: 'ja', no: 'nein',
    create: 'Webhook anlegen', createIncoming: 'Eingehenden Hook anlegen', enable: 'Einschalten', rotate: 'Neues Geheimnis', rotateAbout: 'Das frühere Geheimnis signiert einen Tag lang mit.', remove: 'Entfernen', removeAbout: 'Er endet sofort. Adresse und Geheimnis lassen sich nicht zurückholen.',
    sign: 'Anfragen müssen signiert sein', secret: 'Kopieren Sie das Geheimnis jetzt', secretAbout: 'Es signiert, was gesendet wird. Niemand kann es noch einmal sehen.', address: 'Kopieren Sie die Adresse jetzt', addressAbout: 'Wer sie kennt, kann schreiben. Niemand kann sie noch einmal sehen.',
    none: 'Es gibt keine Webhooks.', noneIncoming: 'Es gibt keine eingehenden Hooks.', done: 'Erledigt.',
  },
};

const PAGE = 50;

export function show(area, { server, words, say }) {
  const of = ({ room, id }, which) => `../rooms/${part(room)}/${which}/${part(id)}`;
  const roomOf = ({ room, roomName }) => to('rooms', { query: room }, roomName ?? room);
  const load = (path) => async (filter, after) => {
    const { hooks, more } = await server.get(path, { after, limit: PAGE });
    return { rows: hooks, next: more ? hooks.at(-1).id : undefined };
  };
  const done = async (asking, list) => {
    if (!(await asking)) return;
    say(words.done);
    await list.reload();
  };
  const shown = async (asking, title, about, of, list) => {
    const made = await asking;
    if (!made) return;
    if (of(made)) await secret(title, about, of(made));
    else say(words.done);
    await list.reload();
  };
  const room = { name: 'room', label: words.room, hint: words.roomHint, required: true, maxlength: 64 };

  const outgoing = table({
    label: words.outgoing,
    columns: [
      [words.url, ({ url, kind }) => (url ? code(url) : kind)],
      [words.room, roomOf],
      [words.state, ({ disabledWhy, failures }) => (disabledWhy !== undefined ? h('span', {}, badge(words.disabled, 'bad'), ' ', disabledWhy) : failures ? badge(words.failing(failures, number(failures)), 'warn') : badge(words.working, 'good'))],
      [words.behind, ({ behind }) => number(behind)],
      [words.by, ({ by, created }) => h('span', {}, by, ', ', time(created))],
    ],
    actions: (hook) => [
      hook.disabledWhy !== undefined && button(words.enable, () => done(server.patch(of(hook, 'hooks'), { enabled: true }), outgoing)),
      hook.kind === 'webhook' && button(words.rotate, () => shown(ask({ title: words.rotate, about: words.rotateAbout, submit: words.rotate }, () => server.post(`${of(hook, 'hooks')}/secret`)), words.secret, words.secretAbout, ({ secret }) => secret, outgoing)),
      button(words.remove, () => done(confirm(words.remove, words.removeAbout, words.remove, () => server.del(of(hook, 'hooks'))), outgoing), 'grave'),
    ].filter(Boolean),
    load: load('hooks'),
    empty: words.none,
  });
  const incoming = table({
    label: words.incoming,
    columns: [
      [words.name, ({ name }) => name],
      [words.room, roomOf],
      [words.signed, ({ signed }) => (signed ? words.yes : words.no)],
      [words.by, ({ by, created }) => h('span', {}, by, ', ', time(created))],
    ],
    actions: (hook) => [button(words.remove, () => done(confirm(words.remove, words.removeAbout, words.remove, () => server.del(of(hook, 'incoming-hooks'))), incoming), 'grave')],
    load: load('incoming-hooks'),
    empty: words.noneIncoming,
  });
  const create = () => shown(ask({ title: words.create, submit: words.create, fields: [room, { name: 'url', label: words.url, type: 'url', required: true, maxlength: 2_000 }] }, ({ room, url }) => server.post(`../rooms/${part(room)}/hooks`, { url })), words.secret, words.secretAbout, ({ secret }) => secret, outgoing);
  const createIncoming = () => shown(ask({ title: words.createIncoming, submit: words.createIncoming, fields: [room, { name: 'name', label: words.name, required: true, maxlength: 100 }] }, ({ room, name }) => server.post(`../rooms/${part(room)}/incoming-hooks`, { name })), words.address, words.addressAbout, ({ url }) => url, incoming);

  area.append(
    block(words.outgoing, h('p', { class: 'lead' }, words.outgoingAbout), bar(button(words.create, create, 'primary')), outgoing.node),
    block(words.incoming, h('p', { class: 'lead' }, words.incomingAbout), bar(button(words.createIncoming, createIncoming, 'primary')), incoming.node),
  );
}
