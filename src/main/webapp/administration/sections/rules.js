/** Rules about the texts of messages in all rooms. */
import { ask, confirm } from '../view/forms.js';
import { badge, bar, block, button, time } from '../view/parts.js';
import { table } from '../view/table.js';
import { h } from '../../chat/view/dom.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'These rules look at the text of each message in all rooms, from everyone. Owners can add rules to their rooms. A change reaches all instances within about two seconds.',
    create: 'Add a rule', kind: 'Kind', kinds: { word: 'Word or phrase', link: 'Link' }, pattern: 'Pattern',
    patternHint: 'A word such as casino, a phrase, or casino* for its beginning; a site such as example.com with its subdomains, or * for all sites',
    action: 'Action', actions: { block: 'Refuse', hold: 'Wait for approval', flag: 'Report', allow: 'Allow' }, every: 'all sites',
    by: 'By', created: 'Added', remove: 'Remove', removeAbout: (pattern) => `The rule about “${pattern}” no longer applies. Messages that wait for approval go on waiting.`,
    done: 'Done.', empty: 'There are no rules.',
    problems: { conflict: 'There is such a rule already, or the maximum of 1,000.', bad_request: 'A word has letters or digits, with * only at its end. A site is a name such as example.com. Only sites can be allowed.' },
    waiting: 'Messages that wait for approval', text: 'Message', author: 'Author', room: 'Room', rule: 'Rule', at: 'Written',
    approve: 'Approve', refuse: 'Refuse', refuseAbout: 'The message is deleted, and its author sees that it was refused.', none: 'No message waits.',
    decided: { not_found: 'It no longer waits.', forbidden: 'The author can no longer post in this room. Refuse the message.', conflict: 'It was approved already.', bad_request: 'Its files or its thread are gone. Refuse the message.' },
  },
  de: {
    about: 'Diese Regeln prüfen den Text jeder Nachricht in allen Räumen, von allen. Besitzer können ihren Räumen Regeln geben. Eine Änderung erreicht alle Instanzen in etwa zwei Sekunden.',
    create: 'Regel hinzufügen', kind: 'Art', kinds: { word: 'Wort oder Wendung', link: 'Link' }, pattern: 'Muster',
    patternHint: 'Ein Wort wie casino, eine Wendung oder casino* für den Anfang; eine Website wie example.com mit Subdomains oder * für alle Websites',
    action: 'Wirkung', actions: { block: 'Ablehnen', hold: 'Auf Freigabe warten', flag: 'Melden', allow: 'Erlauben' }, every: 'alle Websites',
    by: 'Durch', created: 'Seit', remove: 'Entfernen', removeAbout: (pattern) => `Die Regel zu „${pattern}“ gilt nicht mehr. Nachrichten, die auf Freigabe warten, warten weiter.`,
    done: 'Erledigt.', empty: 'Es gibt keine Regeln.',
    problems: { conflict: 'So eine Regel gibt es schon, oder die Höchstzahl von 1.000 ist erreicht.', bad_request: 'Ein Wort hat Buchstaben oder Ziffern und * nur am Ende. Eine Website ist ein Name wie example.com. Nur Websites lassen sich erlauben.' },
    waiting: 'Nachrichten, die auf Freigabe warten', text: 'Nachricht', author: 'Von', room: 'Raum', rule: 'Regel', at: 'Geschrieben',
    approve: 'Freigeben', refuse: 'Ablehnen', refuseAbout: 'Die Nachricht wird gelöscht, und wer sie geschrieben hat, sieht, dass sie abgelehnt wurde.', none: 'Keine Nachricht wartet.',
    decided: { not_found: 'Sie wartet nicht mehr.', forbidden: 'Die Person darf in diesem Raum nicht mehr schreiben. Lehnen Sie die Nachricht ab.', conflict: 'Sie wurde schon freigegeben.', bad_request: 'Ihre Dateien oder ihr Thread sind weg. Lehnen Sie die Nachricht ab.' },
  },
};

const PAGE = 50;
const LONGEST_PATTERN = 253;

export function show(area, { server, words, say }) {
  const rules = table({
    label: words.pattern,
    columns: [
      [words.pattern, ({ kind, pattern }) => h('bdi', {}, kind === 'link' && pattern === '*' ? words.every : pattern)],
      [words.kind, ({ kind }) => words.kinds[kind]],
      [words.action, ({ action }) => badge(words.actions[action], { block: 'bad', hold: 'warn', allow: 'good' }[action])],
      [words.by, ({ by }) => by],
      [words.created, ({ created }) => time(created)],
    ],
    actions: ({ id, pattern }) => [button(words.remove, () => done(confirm(words.remove, words.removeAbout(pattern), words.remove, () => server.del(`rules/${part(id)}`)), rules), 'grave')],
    load: async () => ({ rows: (await server.get('rules')).rules }),
    empty: words.empty,
  });

  const waiting = table({
    label: words.text,
    columns: [
      [words.text, ({ text, files }) => h('p', { class: 'quoted' }, text || files?.join(', '))],
      [words.author, ({ author }) => author.name || author.id],
      [words.room, ({ room }) => room],
      [words.rule, ({ pattern }) => h('bdi', {}, pattern)],
      [words.at, ({ at }) => time(at)],
    ],
    actions: ({ id }) => [
      button(words.approve, () => approve(id)),
      button(words.refuse, () => done(ask({ title: words.refuse, about: words.refuseAbout, submit: words.refuse, grave: true, problems: words.decided }, () => server.post(`../approvals/${part(id)}/refuse`)), waiting), 'grave'),
    ],
    load: async (_, before) => {
      const { messages, more } = await server.get('../approvals', { before, limit: PAGE });
      return { rows: messages, next: more ? messages.at(-1).id : undefined };
    },
    empty: words.none,
  });

  async function approve(id) {
    try {
      await server.post(`../approvals/${part(id)}/approve`);
      say(words.done);
    } catch (problem) {
      say(words.decided[problem.code] ?? problem.message);
    }
    await waiting.reload();
  }

  async function done(asking, list) {
    if (!(await asking)) return;
    say(words.done);
    await list.reload();
  }

  const add = () => done(ask({
    title: words.create,
    submit: words.create,
    problems: words.problems,
    fields: [
      { name: 'kind', label: words.kind, type: 'select', options: Object.entries(words.kinds), value: 'word' },
      { name: 'pattern', label: words.pattern, hint: words.patternHint, required: true, maxlength: LONGEST_PATTERN },
      { name: 'action', label: words.action, type: 'select', options: Object.entries(words.actions), value: 'block' },
    ],
  }, (rule) => server.post('rules', rule)), rules);

  area.append(h('p', { class: 'lead' }, words.about), bar(button(words.create, add, 'primary')), rules.node, block(words.waiting, waiting.node));
}
