/** The administration page: its list of sections and their words. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

// Node 20 has none.
globalThis.navigator ??= /** @type {any} */ ({ platform: 'Linux', languages: [] });

const FOLDER = new URL('../../../main/webapp/administration/', import.meta.url);
const { sections } = await import(new URL('sections.js', FOLDER).href);
const { en } = await import(new URL('words-en.js', FOLDER).href);
const { words: de } = await import(new URL('words-de.js', FOLDER).href);

const leaves = (value, path = []) => (value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key])) : [[path.join('.'), value]]);
const shape = (words) => leaves(words).map(([path, value]) => [path, typeof value, typeof value === 'function' ? value.length : 0]);

test('every section is one file of its id, in a group that the navigation shows', () => {
  const ids = sections.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(readdirSync(new URL('sections/', FOLDER)).sort(), ids.map((id) => `${id}.js`).sort());
  for (const { id, group, name } of sections) {
    assert.match(id, /^[a-z-]+$/);
    assert.ok(existsSync(new URL(`sections/${id}.js`, FOLDER)), id);
    assert.ok(en.groups[group] && de.groups[group], group);
    assert.ok(name.en && name.de, id);
  }
});

test('every section has the same texts in both languages, of the same kinds', async () => {
  for (const { id, load } of sections) {
    const { words, show } = await load();
    assert.equal(typeof show, 'function', id);
    assert.deepEqual(shape(words.de), shape(words.en), id);
    for (const [path, text] of [...leaves(words.en), ...leaves(words.de)]) assert.ok(typeof text === 'function' || text.trim(), `${id} ${path}`);
  }
});

test('counts are right for one', async () => {
  const plurals = { en: /\b1 (days|entries|events|messages|people|rooms|times)\b/, de: /\b1 (Tage|Einträge|Ereignissen|Ereignisse|Nachrichten|Personen|Räumen?|Mal)(?!\p{L})/u };
  for (const { id, load } of sections) {
    const { words } = await load();
    for (const [language, plural] of Object.entries(plurals)) {
      for (const [path, text] of leaves(words[language])) {
        if (typeof text === 'function') assert.doesNotMatch(text(...Array(text.length).fill(1)), plural, `${id} ${path}`);
      }
    }
  }
});

test('the frame has the same texts in both languages', () => {
  assert.deepEqual(shape({ ...de, page: {} }), shape({ ...en, page: {} }));
});

test('a hold has the conditions that were entered, and no others', async () => {
  const { scopeOf } = await import(new URL('sections/holds.js', FOLDER).href);
  assert.deepEqual(scopeOf({ name: 'Case 1', people: ' alice, bob ,', words: 'project blue' }), { name: 'Case 1', people: ['alice', 'bob'], words: ['project blue'] });
  assert.deepEqual(scopeOf({ name: 'Case 2', rooms: ' , ', from: '2030-01-01T00:00' }), { name: 'Case 2', from: new Date('2030-01-01T00:00').toISOString() });
});

test('the page loads at most 130 KB, and a section adds at most 10 KB', () => {
  const read = (url) => readFileSync(url, 'utf8');
  const loaded = new Set();
  const load = (url) => {
    if (loaded.has(url.href)) return;
    loaded.add(url.href);
    for (const [, path] of read(url).matchAll(/^(?:import|export) [^;]*?from '([^']+)';/gm)) load(new URL(path, url));
  };
  const size = () => [...loaded].reduce((sum, url) => sum + Buffer.byteLength(read(new URL(url))), 0);
  load(new URL('administration.js', FOLDER));
  for (const file of ['index.html', 'administration.css', '../portal.css']) loaded.add(new URL(file, FOLDER).href);
  // Parts that sections share belong to the page.
  for (const file of ['view/table.js', 'view/forms.js', 'view/parts.js']) load(new URL(file, FOLDER));
  const page = size();
  assert.ok(page <= 130_000, `${page} bytes`);
  for (const { id } of sections) assert.ok(Buffer.byteLength(read(new URL(`sections/${id}.js`, FOLDER))) <= 10_000, id);
});
