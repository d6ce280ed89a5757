/** Long work of all kinds: imports, rebuilds, and what other parts add. */
import { h } from '../../chat/view/dom.js';
import { confirm } from '../view/forms.js';
import { badge, button, code, number, time } from '../view/parts.js';
import { table } from '../view/table.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'The newest jobs of all kinds.', title: 'About', kind: 'Kind', state: 'State', progress: 'Progress', by: 'Started by', node: 'Instance', ended: 'Ended', failure: 'Failure',
    states: { waiting: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed', cancelled: 'Cancelled' }, of: (done, total) => `${done} of ${total}`,
    cancel: 'Cancel', cancelAbout: (title) => `${title} ends after its present step. What it did stays.`, done: 'Done.', empty: 'There are no jobs.',
  },
  de: {
    about: 'Die neuesten Aufträge aller Arten.', title: 'Worum es geht', kind: 'Art', state: 'Zustand', progress: 'Fortschritt', by: 'Gestartet durch', node: 'Instanz', ended: 'Beendet', failure: 'Fehler',
    states: { waiting: 'Wartet', running: 'Läuft', done: 'Fertig', failed: 'Fehlgeschlagen', cancelled: 'Abgebrochen' }, of: (done, total) => `${done} von ${total}`,
    cancel: 'Abbrechen', cancelAbout: (title) => `${title} endet nach dem laufenden Schritt. Was getan ist, bleibt.`, done: 'Erledigt.', empty: 'Es gibt keine Aufträge.',
  },
};

const KINDS = { running: 'warn', waiting: 'warn', done: 'good', failed: 'bad' };

export function show(area, { server, words, say }) {
  const list = table({
    label: words.about,
    columns: [
      [words.title, ({ title }) => title],
      [words.kind, ({ kind }) => code(kind)],
      [words.state, ({ state }) => badge(words.states[state] ?? state, KINDS[state])],
      [words.progress, ({ done, total }) => (total ? words.of(number(done), number(total)) : '')],
      [words.by, ({ by, created }) => h('span', {}, by && `${by}, `, time(created))],
      [words.ended, ({ ended }) => time(ended)],
      [words.failure, ({ failure }) => failure],
    ],
    actions: (job) => (job.cancellable ? [button(words.cancel, () => cancel(job), 'grave')] : []),
    load: async () => ({ rows: (await server.get('jobs')).jobs }),
    empty: words.empty,
  });
  async function cancel({ kind, id, title }) {
    if (!(await confirm(words.cancel, words.cancelAbout(title), words.cancel, () => server.del(`jobs/${part(kind)}/${part(id)}`)))) return;
    say(words.done);
    await list.reload();
  }
  area.append(h('p', { class: 'lead' }, words.about), list.node);
}
