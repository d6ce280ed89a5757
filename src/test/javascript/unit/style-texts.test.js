/** The style sheets that the page fetches, and those in the bundle: the same, in the same order, and none is forgotten. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const MAIN = new URL('../../../main/', import.meta.url);
const sheets = (file) => [...readFileSync(new URL(file, MAIN), 'utf8').matchAll(/'\.\.\/([\w/-]+\.css)'/g)].map(([, sheet]) => sheet);

/** Loaded with the editor of documents, and not before. */
const LATER = 'document/document.css';

test('the page and the bundle have every style sheet', () => {
  const all = readdirSync(new URL('webapp/chat/', MAIN), { recursive: true }).filter((name) => name.endsWith('.css') && name !== LATER);
  assert.match(readFileSync(new URL('webapp/chat/document/sheet.js', MAIN), 'utf8'), /'document\.css'/);
  assert.match(readFileSync(new URL('../bundle/document-sheet.js', MAIN), 'utf8'), /'\.\/document\.css'/);
  const fetched = sheets('webapp/chat/view/style-texts.js');
  assert.deepEqual([...fetched].sort(), all.sort());
  const bundled = readFileSync(new URL('../bundle/style-texts.js', MAIN), 'utf8');
  const imports = new Map([...bundled.matchAll(/import (\w+) from '\.\.\/([\w/-]+\.css)'/g)].map(([, name, sheet]) => [name, sheet]));
  const order = /return \[(.*)\]/.exec(bundled)[1].split(', ');
  assert.deepEqual(order.map((name) => imports.get(name)), fetched);
});
