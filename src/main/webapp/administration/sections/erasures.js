/** Erasing people: starting, watching, and the signed report. */
import { h } from '../../chat/view/dom.js';
import { ask, confirm, secret } from '../view/forms.js';
import { badge, bar, button, number, time, to } from '../view/parts.js';
import { sentence } from '../view/problem.js';
import { table } from '../view/table.js';
import { part } from '../server.js';

export const words = {
  en: {
    about: 'An erasure removes everything that is known about a person, or leaves the messages under a pseudonym. Other people keep their places. What a legal hold covers stays with the hold.',
    erase: 'Erase a person', eraseAbout: 'The access of the person ends at once.', next: 'Continue',
    user: 'User id', mode: 'Messages and files', modes: { erase: 'Erase them', pseudonymise: 'Keep them under a pseudonym' },
    words: 'Further words', wordsHint: 'Replaced in the messages of everyone, beside the names of the person: nicknames, former names, numbers. At most 20, one a line.',
    documents: 'Documents', documentChoices: { own: 'Delete those in which only this person wrote', all: 'Delete all in which this person wrote' },
    exports: 'Exports that name the person', exportChoices: { delete: 'Delete', keep: 'Keep' }, reason: 'Reason', reasonHint: 'Do not name the person.',
    sure: 'This can’t be undone',
    sureErase: (user) => `Messages, files, reactions, drafts and settings of ${user} are deleted for good, in all rooms. An erasure can’t be stopped once it has begun.`,
    surePseudonymise: (user) => `Nobody can find out any more that the messages and files are from ${user}. This can’t be stopped once it has begun.`,
    salt: 'Keep this salt', saltAbout: 'With it you can prove whom the report is about: the report has the SHA-256 of this salt, a line break and the user id. It is forgotten when the erasure is complete.',
    pseudonym: 'Pseudonym', state: 'State', states: { running: 'Runs', done: 'Complete' }, by: 'By', counts: 'What was removed and changed', kind: 'Kind', removed: 'Removed', changed: 'Changed',
    steps: { access: 'ends the access', look: 'looks into all rooms', content: 'removes content', remove: 'removes files and exports', tables: 'goes through the tables', log: 'rewrites the logs', tables_again: 'checks the tables', log_again: 'checks the logs', report: 'writes the report' },
    progress: (done, steps) => `Step ${done} of ${steps}`, report: 'Report', details: 'Details', refresh: 'Refresh', started: 'The erasure has begun.', empty: 'Nobody was erased yet.',
  },
  de: {
    about: 'Eine Löschung entfernt alles, was über eine Person bekannt ist, oder lässt die Nachrichten unter einem Pseudonym stehen. Für andere bleibt alles an seinem Platz. Was eine Aufbewahrungssperre erfasst, bleibt bei ihr.',
    erase: 'Person löschen', eraseAbout: 'Der Zugang der Person endet sofort.', next: 'Weiter',
    user: 'Benutzerkennung', mode: 'Nachrichten und Dateien', modes: { erase: 'Löschen', pseudonymise: 'Unter einem Pseudonym behalten' },
    words: 'Weitere Wörter', wordsHint: 'Werden in den Nachrichten aller ersetzt, neben den Namen der Person: Spitznamen, frühere Namen, Nummern. Höchstens 20, eines pro Zeile.',
    documents: 'Dokumente', documentChoices: { own: 'Löschen, wenn nur diese Person darin schrieb', all: 'Alle löschen, in denen diese Person schrieb' },
    exports: 'Exporte, die die Person nennen', exportChoices: { delete: 'Löschen', keep: 'Behalten' }, reason: 'Grund', reasonHint: 'Nennen Sie die Person nicht.',
    sure: 'Das lässt sich nicht rückgängig machen',
    sureErase: (user) => `Nachrichten, Dateien, Reaktionen, Entwürfe und Einstellungen von ${user} werden in allen Räumen endgültig gelöscht. Eine begonnene Löschung lässt sich nicht anhalten.`,
    surePseudonymise: (user) => `Niemand kann danach noch feststellen, dass die Nachrichten und Dateien von ${user} sind. Das lässt sich nicht anhalten, wenn es begonnen hat.`,
    salt: 'Bewahren Sie dieses Salz auf', saltAbout: 'Damit können Sie beweisen, um wen es im Bericht geht: Er enthält den SHA-256 aus diesem Salz, einem Zeilenumbruch und der Benutzerkennung. Es wird vergessen, wenn die Löschung vollständig ist.',
    pseudonym: 'Pseudonym', state: 'Stand', states: { running: 'Läuft', done: 'Vollständig' }, by: 'Durch', counts: 'Was entfernt und geändert wurde', kind: 'Art', removed: 'Entfernt', changed: 'Geändert',
    steps: { access: 'beendet den Zugang', look: 'durchsucht alle Räume', content: 'entfernt Inhalte', remove: 'entfernt Dateien und Exporte', tables: 'geht durch die Tabellen', log: 'schreibt die Verläufe um', tables_again: 'prüft die Tabellen', log_again: 'prüft die Verläufe', report: 'schreibt den Bericht' },
    progress: (done, steps) => `Schritt ${done} von ${steps}`, report: 'Bericht', details: 'Einzelheiten', refresh: 'Aktualisieren', started: 'Die Löschung hat begonnen.', empty: 'Es wurde noch niemand gelöscht.',
  },
};

const KINDS = { done: 'good', running: 'warn' };

export function show(area, { server, words, query, say }) {
  const detail = h('div', { 'aria-live': 'polite' });
  const list = table({
    label: words.erase,
    columns: [
      [words.pseudonym, ({ pseudonym, user }) => h('div', {}, h('p', {}, pseudonym), user && h('p', { class: 'hint' }, to('people', { user }, user)))],
      [words.mode, ({ mode }) => words.modes[mode]],
      [words.state, state],
      [words.by, ({ by, at }) => h('div', {}, h('p', {}, to('people', { user: by }, by)), time(at))],
      [words.reason, ({ reason }) => reason],
    ],
    actions: (erasure) => [
      button(words.details, () => attempt(() => details(erasure))),
      erasure.state === 'done' && button(words.report, () => attempt(() => server.save(`erasures/${part(erasure.id)}/report`, {}, `${erasure.pseudonym}.jsonl`))),
    ].filter(Boolean),
    load: async () => ({ rows: (await server.get('erasures')).erasures }),
    empty: words.empty,
  });

  function state({ state: now, step, done, steps, ended }) {
    const about = step ? h('p', { class: 'hint' }, words.progress(number(done + 1), number(steps)), ': ', words.steps[step]) : ended && time(ended);
    return h('div', {}, badge(words.states[now], KINDS[now]), about);
  }

  async function details({ id }) {
    const { removed, changed, pseudonym } = await server.get(`erasures/${part(id)}`);
    const rows = Object.entries({ ...changed, ...removed }).map(([kind]) => h('tr', {}, h('th', { scope: 'row' }, kind), h('td', {}, number(removed[kind] ?? 0)), h('td', {}, number(changed[kind] ?? 0))));
    detail.replaceChildren(h('h3', {}, pseudonym), h('table', {}, h('caption', {}, words.counts), h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, words.kind), h('th', { scope: 'col' }, words.removed), h('th', { scope: 'col' }, words.changed))), h('tbody', {}, ...rows)));
  }

  // What a button asks for without a dialog, which would show the problem.
  async function attempt(asking) {
    try {
      await asking();
    } catch (cause) {
      say(sentence(cause));
    }
  }

  async function erase() {
    const fields = [
      { name: 'user', label: words.user, required: true, maxlength: 255, value: query.user },
      { name: 'mode', label: words.mode, type: 'select', options: Object.entries(words.modes) },
      { name: 'words', label: words.words, type: 'textarea', hint: words.wordsHint },
      { name: 'documents', label: words.documents, type: 'select', options: Object.entries(words.documentChoices) },
      { name: 'exports', label: words.exports, type: 'select', options: Object.entries(words.exportChoices) },
      { name: 'reason', label: words.reason, maxlength: 500, hint: words.reasonHint },
    ];
    const wanted = await ask({ title: words.erase, about: words.eraseAbout, fields, submit: words.next, grave: true }, async (given) => request(given));
    if (!wanted) return;
    /** @type {any} */
    let started = null;
    const about = (wanted.mode === 'erase' ? words.sureErase : words.surePseudonymise)(wanted.user);
    if (!(await confirm(words.sure, about, words.erase, async () => (started = await server.post('erasures', wanted))))) return;
    say(words.started);
    await secret(words.salt, words.saltAbout, started.salt);
    await list.reload();
  }

  area.append(h('p', { class: 'lead' }, words.about), bar(button(words.erase, erase, 'grave'), button(words.refresh, () => list.reload())), list.node, detail);
}

/** @param {Record<string, any>} wanted */
function request({ words: further, ...rest }) {
  const lines = (further ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
  return { ...rest, ...(lines.length > 0 && { words: lines }) };
}
