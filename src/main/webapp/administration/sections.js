/**
 * The sections of the page, in the order of the navigation.
 *
 * To add one:
 * 1. Add the file `sections/<id>.js`. It exports
 *    - `words`: `{ en: {…}, de: {…} }`, the texts of the section, both with the same keys;
 *    - `show(area, tools)`: fills the empty element `area`, below the heading. May be async; what it throws is shown with "Try again".
 *      `tools` has
 *      - `server`: `get(path, query)`, `post`, `put`, `patch`, `del` `(path, body)`, `upload(path, blob)`, `blob(path)` and
 *        `save(path, query, fileName)`. Paths are below
 *        `api/administration/`; `..` leads to the rest of `api/`. All resolve to the answer's JSON, and reject with a Problem of the chat;
 *      - `words`: the section's texts in the language of the page;
 *      - `query`: what stands behind `?` in the address, such as `{ actor: 'alice' }` of `#/audit?actor=alice`;
 *      - `say(text)`: announces a result at the bottom of the page;
 *      - `reload()`: shows the section again.
 *    Use the parts of `view/`: `table.js` (filter, table, paging, loading, empty and error), `forms.js` (fields, dialogs with a form,
 *    confirmation, a secret that is shown once) and `parts.js` (facts, figures, times, sizes, links to other sections).
 * 2. Add a line below: the id, which is also the address `#/<id>`, the group of the navigation, its name in each language, and the module.
 *
 * A section lists by pages with a key, never counts on having everything, and treats what the server sends as text.
 */

/** @typedef {{ en: Record<string, any>, de: Record<string, any> }} SectionWords */
/** @typedef {{ words: SectionWords, show: (area: HTMLElement, tools: any) => unknown }} Section */

/** @type {{ id: string, group: 'people' | 'compliance' | 'integration' | 'operation', name: { en: string, de: string }, load: () => Promise<Section> }[]} */
export const sections = [
  { id: 'people', group: 'people', name: { en: 'People', de: 'Personen' }, load: () => import('./sections/people.js') },
  { id: 'announcements', group: 'people', name: { en: 'Announcements', de: 'Ankündigungen' }, load: () => import('./sections/announcements.js') },
  { id: 'rooms', group: 'people', name: { en: 'Rooms', de: 'Räume' }, load: () => import('./sections/rooms.js') },
  { id: 'emoji', group: 'people', name: { en: 'Emoji', de: 'Emojis' }, load: () => import('./sections/emoji.js') },
  { id: 'audit', group: 'compliance', name: { en: 'Audit', de: 'Protokoll' }, load: () => import('./sections/audit.js') },
  { id: 'holds', group: 'compliance', name: { en: 'Legal holds', de: 'Aufbewahrungssperren' }, load: () => import('./sections/holds.js') },
  { id: 'reports', group: 'people', name: { en: 'Reports', de: 'Meldungen' }, load: () => import('./sections/reports.js') },
  { id: 'rules', group: 'people', name: { en: 'Rules', de: 'Regeln' }, load: () => import('./sections/rules.js') },
  { id: 'removals', group: 'people', name: { en: 'Removals', de: 'Entfernte Nachrichten' }, load: () => import('./sections/removals.js') },
  { id: 'erasures', group: 'people', name: { en: 'Erasures', de: 'Löschungen' }, load: () => import('./sections/erasures.js') },
  { id: 'exports', group: 'compliance', name: { en: 'Exports', de: 'Exporte' }, load: () => import('./sections/exports.js') },
  { id: 'evidence', group: 'compliance', name: { en: 'Evidence', de: 'Nachweise' }, load: () => import('./sections/evidence.js') },
  { id: 'hooks', group: 'integration', name: { en: 'Webhooks', de: 'Webhooks' }, load: () => import('./sections/hooks.js') },
  { id: 'bots', group: 'integration', name: { en: 'Bots', de: 'Bots' }, load: () => import('./sections/bots.js') },
  { id: 'features', group: 'operation', name: { en: 'Features', de: 'Funktionen' }, load: () => import('./sections/features.js') },
  { id: 'jobs', group: 'operation', name: { en: 'Jobs', de: 'Aufträge' }, load: () => import('./sections/jobs.js') },
  { id: 'cluster', group: 'operation', name: { en: 'Cluster', de: 'Cluster' }, load: () => import('./sections/cluster.js') },
  { id: 'storage', group: 'operation', name: { en: 'Storage', de: 'Speicher' }, load: () => import('./sections/storage.js') },
  { id: 'analytics', group: 'operation', name: { en: 'Analytics', de: 'Auswertung' }, load: () => import('./sections/analytics.js') },
];
