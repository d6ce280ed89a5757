/** Announcements: banners that everyone sees. */
import { ask, confirm } from '../view/forms.js';
import { badge, bar, button, time } from '../view/parts.js';
import { table } from '../view/table.js';
import { h } from '../../chat/view/dom.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'Every connected page shows an announcement within two seconds. At most 5 are planned or shown at a time.',
    create: 'Announce', kind: 'Kind', kinds: { info: 'News', warning: 'Warning', maintenance: 'Maintenance' },
    text: 'Text', link: 'Link', linkHint: 'An https address, or nothing', from: 'From', fromHint: 'Nothing means now', until: 'Until', untilHint: 'Nothing means until you end it',
    dismissible: 'Each person may hide it', state: 'State', shown: 'shown', planned: 'planned', by: 'By', now: 'now', forever: 'you end it',
    end: 'End', endAbout: 'The banner disappears from every page within two seconds.', done: 'Done.', empty: 'Nothing is announced.',
    problems: { conflict: 'There are already 5 announcements. End one first.', bad_request: 'Check the link, which must begin with https://, and the times: the end must be later than the beginning and than now.' },
  },
  de: {
    about: 'Jede verbundene Seite zeigt eine Ankündigung innerhalb von zwei Sekunden. Höchstens 5 sind gleichzeitig geplant oder zu sehen.',
    create: 'Ankündigen', kind: 'Art', kinds: { info: 'Neuigkeit', warning: 'Warnung', maintenance: 'Wartung' },
    text: 'Text', link: 'Link', linkHint: 'Eine https-Adresse oder nichts', from: 'Von', fromHint: 'Ohne Angabe: jetzt', until: 'Bis', untilHint: 'Ohne Angabe: bis Sie sie beenden',
    dismissible: 'Jede Person darf sie ausblenden', state: 'Zustand', shown: 'zu sehen', planned: 'geplant', by: 'Durch', now: 'jetzt', forever: 'Sie beenden sie',
    end: 'Beenden', endAbout: 'Der Hinweis verschwindet innerhalb von zwei Sekunden von jeder Seite.', done: 'Erledigt.', empty: 'Nichts ist angekündigt.',
    problems: { conflict: 'Es gibt schon 5 Ankündigungen. Beenden Sie erst eine.', bad_request: 'Prüfen Sie den Link, der mit https:// beginnen muss, und die Zeiten: Das Ende muss nach dem Anfang und nach jetzt liegen.' },
  },
};

const LONGEST_TEXT = 500;
const LONGEST_LINK = 1_000;

export function show(area, { server, words, say }) {
  const list = table({
    label: words.text,
    columns: [
      [words.text, ({ text }) => h('bdi', {}, text)],
      [words.kind, ({ kind }) => words.kinds[kind]],
      [words.state, ({ from }) => (Date.parse(from) <= Date.now() ? badge(words.shown, 'good') : badge(words.planned))],
      [words.from, ({ from }) => time(from)],
      [words.until, ({ until }) => time(until) ?? words.forever],
      [words.link, ({ link }) => link && h('bdi', { dir: 'ltr' }, link)],
      [words.by, ({ by }) => by],
    ],
    actions: ({ id }) => [button(words.end, () => done(confirm(words.end, words.endAbout, words.end, () => server.del(`announcements/${part(id)}`))), 'grave')],
    load: async () => ({ rows: (await server.get('announcements')).announcements }),
    empty: words.empty,
  });

  async function done(asking) {
    if (!(await asking)) return;
    say(words.done);
    await list.reload();
  }

  const announce = () => done(ask({
    title: words.create,
    submit: words.create,
    problems: words.problems,
    fields: [
      { name: 'kind', label: words.kind, type: 'select', options: Object.entries(words.kinds), value: 'info' },
      { name: 'text', label: words.text, required: true, maxlength: LONGEST_TEXT },
      { name: 'link', label: words.link, type: 'url', hint: words.linkHint, maxlength: LONGEST_LINK },
      { name: 'from', label: words.from, type: 'datetime-local', hint: words.fromHint },
      { name: 'until', label: words.until, type: 'datetime-local', hint: words.untilHint },
      { name: 'dismissible', label: words.dismissible, type: 'checkbox', value: true },
    ],
  }, ({ from, until, ...rest }) => server.post('announcements', { ...rest, from: instant(from), until: instant(until) })));

  area.append(h('p', { class: 'lead' }, words.about), bar(button(words.create, announce, 'primary')), list.node);
}

/** The times of the form are the reader's; the server's are UTC. */
function instant(local) {
  return local && new Date(local).toISOString();
}
