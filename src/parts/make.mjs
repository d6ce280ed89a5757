/**
 * Makes the modules of `src/main/webapp/chat/parts` from pinned packages: `npm ci && node make.mjs <folder>`. The result depends on nothing
 * but package-lock.json and the files here.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { emojiModule } from './emoji.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = process.argv[2] ?? join(here, '../main/webapp/chat/parts');
const PARTS = { marked: 'marked', highlight: 'highlight.js', emoji: 'emojibase-data', documents: 'yjs' };
/** The packages inside the part `documents`: all of them are in LICENSES.txt. */
const OF_DOCUMENTS = [
  'lib0', 'y-protocols', 'y-codemirror.next', '@codemirror/autocomplete', '@codemirror/commands', '@codemirror/lang-markdown', '@codemirror/language',
  '@codemirror/state', '@codemirror/streamparser', '@codemirror/view', '@lezer/common', '@lezer/highlight', '@lezer/markdown', '@marijn/find-cluster-break', 'crelt',
  'style-mod', 'w3c-keyname',
];

/**
 * The package of marked is one file whose last statements make its default instance, so that a bundler must keep what makes HTML too. This
 * removes them and leaves the two classes.
 */
const LEXER_ALONE = {
  name: 'lexer-alone',
  setup(making) {
    making.onLoad({ filter: /marked\.esm\.js$/ }, ({ path }) => {
      const whole = readFileSync(path, 'utf8');
      const parts = /^(.*?)var (\w+)=new \w+;function \w+\(\w+,\w+\)\{return \2\.parse\(.*export\{[^}]*?(\w+) as Lexer,[^}]*?(\w+) as Tokenizer,/s.exec(whole);
      if (!parts) throw new Error('marked ends in another way than this script expects');
      return { contents: `${parts[1]}export{${parts[3]} as Lexer,${parts[4]} as Tokenizer};`, loader: 'js' };
    });
  },
};

/** Markdown may contain HTML, whose languages would be half of the part. Here its tags are text. */
const NO_HTML = {
  name: 'no-html',
  setup(making) {
    making.onResolve({ filter: /^@codemirror\/lang-html$/ }, () => ({ path: 'no-html', namespace: 'no-html' }));
    making.onLoad({ filter: /^no-html$/, namespace: 'no-html' }, () => ({
      contents: 'export const html = () => ({ support: [], language: { parser: null } }); export const htmlCompletionSource = () => null;',
    }));
  },
};

mkdirSync(folder, { recursive: true });
for (const name of ['marked', 'highlight', 'documents']) {
  const entryPoints = [join(here, `${name}.mjs`)];
  const how = { bundle: true, minify: true, format: 'esm', target: 'es2022', charset: 'utf8', legalComments: 'none' };
  const made = await build({ ...how, entryPoints, plugins: [LEXER_ALONE, NO_HTML], write: false, metafile: true });
  if (name === 'documents') compare(made.metafile);
  write(name, made.outputFiles[0].text);
}
write('emoji', emojiModule());
writeFileSync(join(folder, 'LICENSES.txt'), [...Object.values(PARTS), ...OF_DOCUMENTS].map(licence).join('\n'));

/** A package that came or went must come to the licences, or go. */
function compare({ inputs }) {
  const found = new Set(Object.keys(inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
  const expected = ['yjs', ...OF_DOCUMENTS];
  const wrong = [...found].filter((one) => !expected.includes(one)).concat(expected.filter((one) => !found.has(one)));
  if (wrong.length) throw new Error(`OF_DOCUMENTS is wrong: ${wrong.join(', ')}`);
}

function write(name, text) {
  const { version, license } = about(PARTS[name]);
  writeFileSync(join(folder, `${name}.js`), `// @ts-nocheck\n// Made by src/parts/make.mjs from ${PARTS[name]} ${version} (${license}). See LICENSES.txt.\n${text}`);
}

function about(part) {
  return JSON.parse(readFileSync(join(here, 'node_modules', part, 'package.json'), 'utf8'));
}

function licence(part) {
  const { version, license } = about(part);
  const files = ['LICENSE', 'LICENSE.md'];
  const text = files.map((file) => read(join(here, 'node_modules', part, file))).find((found) => found !== null);
  if (!text) throw new Error(`${part} has no licence file`);
  return `${part} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
