/** Bots and their tokens. */
import { h } from '../../chat/view/dom.js';
import { ask, confirm, field, secret } from '../view/forms.js';
import { bar, button, code, number, time } from '../view/parts.js';
import { table } from '../view/table.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'Programs with a user id and tokens of their own.',
    create: 'Create a bot', id: 'Id', name: 'Name', description: 'Description', picture: 'Picture', pictureHint: 'An https address, or nothing',
    idHint: 'Small letters, digits, _ and -. It is used once and can’t be changed.', created: 'Created', watched: 'Last connected', tokens: 'Tokens',
    token: (name, scopes, uses) => `${name}: ${scopes}, uses: ${uses}`, expires: 'ends', never: 'never',
    change: 'Change', delete: 'Delete', deleteAbout: (name) => `${name} loses its tokens and commands at once. Its messages stay, and nobody else gets its id.`,
    issue: 'New token', tokenName: 'What it is for', scopes: 'What it may do', days: 'Days until it ends', issued: 'Copy the token now', issuedAbout: 'The server keeps only a hash of it. Nobody can see it again.',
    scope: { read: 'Read rooms', post: 'Post messages', members: 'Manage members', commands: 'Offer commands' },
    revoke: 'Revoke', revokeAbout: (name) => `Programs that use the token ${name} are disconnected within about a second.`,
    done: 'Done.', empty: 'There are no bots.',
  },
  de: {
    about: 'Programme mit eigener Benutzerkennung und eigenen Tokens.',
    create: 'Bot anlegen', id: 'Kennung', name: 'Name', description: 'Beschreibung', picture: 'Bild', pictureHint: 'Eine https-Adresse oder nichts',
    idHint: 'Kleinbuchstaben, Ziffern, _ und -. Sie wird nur einmal vergeben und bleibt.', created: 'Angelegt', watched: 'Zuletzt verbunden', tokens: 'Tokens',
    token: (name, scopes, uses) => `${name}: ${scopes}, ${uses}-mal verwendet`, expires: 'endet', never: 'nie',
    change: 'Ändern', delete: 'Löschen', deleteAbout: (name) => `${name} verliert sofort seine Tokens und Befehle. Die Nachrichten bleiben, und niemand sonst bekommt die Kennung.`,
    issue: 'Neues Token', tokenName: 'Wofür es ist', scopes: 'Was es darf', days: 'Tage bis zum Ende', issued: 'Kopieren Sie das Token jetzt', issuedAbout: 'Der Server behält nur einen Hash davon. Niemand kann es noch einmal sehen.',
    scope: { read: 'Räume lesen', post: 'Nachrichten senden', members: 'Mitglieder verwalten', commands: 'Befehle anbieten' },
    revoke: 'Widerrufen', revokeAbout: (name) => `Programme mit dem Token ${name} werden innerhalb etwa einer Sekunde getrennt.`,
    done: 'Erledigt.', empty: 'Es gibt keine Bots.',
  },
};

const PAGE = 50;
const USUAL_DAYS = 90;
const LONGEST_DAYS = 366;

export function show(area, { server, words, say }) {
  const list = table({
    label: words.tokens,
    columns: [
      [words.name, ({ name }) => name],
      [words.id, ({ id }) => code(id)],
      [words.description, ({ description }) => description],
      [words.watched, ({ watched }) => time(watched) ?? words.never],
      [words.tokens, (bot) => h('div', {}, bot.tokens.map((token) => tokenOf(bot, token)))],
    ],
    actions: (bot) => [
      button(words.issue, () => issue(bot)),
      button(words.change, () => change(bot)),
      button(words.delete, () => done(confirm(words.delete, words.deleteAbout(bot.name), words.delete, () => server.del(`bots/${part(bot.id)}`))), 'grave'),
    ],
    load: async (filter, after) => {
      const { bots, more } = await server.get('bots', { after, limit: PAGE });
      return { rows: bots, next: more ? bots.at(-1).id : undefined };
    },
    empty: words.empty,
  });

  async function done(asking) {
    if (!(await asking)) return;
    say(words.done);
    await list.reload();
  }

  const tokenOf = (bot, { id, name, scopes, uses, expires }) =>
    h('p', {}, words.token(name, scopes.map((scope) => words.scope[scope]).join(', '), number(uses)), ', ', words.expires, ' ', time(expires), ' ', button(words.revoke, () => done(confirm(words.revoke, words.revokeAbout(name), words.revoke, () => server.del(`bots/${part(bot.id)}/tokens/${part(id)}`))), 'grave'));

  const profile = (bot = {}) => [
    { name: 'name', label: words.name, required: true, maxlength: 100, value: bot.name },
    { name: 'description', label: words.description, maxlength: 500, value: bot.description },
    { name: 'picture', label: words.picture, type: 'url', hint: words.pictureHint, maxlength: 2_000, value: bot.picture },
  ];

  const create = () => done(ask({ title: words.create, submit: words.create, fields: [{ name: 'id', label: words.id, hint: words.idHint, required: true, maxlength: 64 }, ...profile()] }, (bot) => server.post('bots', bot)));
  const change = (bot) => done(ask({ title: words.change, submit: words.change, fields: profile(bot) }, (profile) => server.patch(`bots/${part(bot.id)}`, profile)));

  async function issue(bot) {
    const scopes = Object.entries(words.scope).map(([name, label]) => field({ name, label, type: 'checkbox', value: name === 'read' || name === 'post' }));
    const fields = [
      { name: 'name', label: words.tokenName, required: true, maxlength: 100 },
      h('fieldset', {}, h('legend', {}, words.scopes), scopes),
      { name: 'days', label: words.days, type: 'number', min: 1, max: LONGEST_DAYS, value: USUAL_DAYS, required: true },
    ];
    const made = await ask({ title: words.issue, submit: words.issue, fields }, ({ name, days, ...chosen }) => server.post(`bots/${part(bot.id)}/tokens`, { name, days, scopes: Object.keys(words.scope).filter((scope) => chosen[scope]) }));
    if (!made) return;
    await secret(words.issued, words.issuedAbout, made.token);
    await list.reload();
  }

  area.append(h('p', { class: 'lead' }, words.about), bar(button(words.create, create, 'primary')), list.node);
}
