/** The style sheets that the page fetches, and those in the bundle: the same, in the same order, and none is forgotten. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const MAIN = new URL('../../../main/', import.meta.url);
const sheets = (file) => [...readFileSync(new URL(file, MAIN), 'utf8').matchAll(/'\.\.\/([\w/-]+\.css)'/g)].map(([, sheet]) => sheet);

/** Loaded with what needs them, and not before: the editor of documents, calls, what bots show, what waits for its time, announcements, and rules. */
const LATER = ['document', 'call', 'slash', 'schedule', 'announcement', 'moderation'];

test('the page and the bundle have every style sheet', () => {
  const all = readdirSync(new URL('webapp/chat/', MAIN), { recursive: true }).filter((name) => name.endsWith('.css') && !LATER.includes(name.split('/')[0]));
  for (const name of LATER) {
    assert.match(readFileSync(new URL(`webapp/chat/${name}/sheet.js`, MAIN), 'utf8'), new RegExp(`'${name}\\.css'`));
    assert.match(readFileSync(new URL(`../bundle/${name}-sheet.js`, MAIN), 'utf8'), new RegExp(`'\\./${name}\\.css'`));
  }
  const fetched = sheets('webapp/chat/view/style-texts.js');
  assert.deepEqual([...fetched].sort(), all.sort());
  const bundled = readFileSync(new URL('../bundle/style-texts.js', MAIN), 'utf8');
  const imports = new Map([...bundled.matchAll(/import (\w+) from '\.\.\/([\w/-]+\.css)'/g)].map(([, name, sheet]) => [name, sheet]));
  const order = /return \[(.*)\]/.exec(bundled)[1].split(', ');
  assert.deepEqual(order.map((name) => imports.get(name)), fetched);
});
