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
const PARTS = { marked: 'marked', highlight: 'highlight.js', emoji: 'emojibase-data' };

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

mkdirSync(folder, { recursive: true });
for (const name of ['marked', 'highlight']) {
  const entryPoints = [join(here, `${name}.mjs`)];
  const how = { bundle: true, minify: true, format: 'esm', target: 'es2022', charset: 'utf8', legalComments: 'none' };
  const made = await build({ ...how, entryPoints, plugins: [LEXER_ALONE], write: false });
  write(name, made.outputFiles[0].text);
}
write('emoji', emojiModule());
writeFileSync(join(folder, 'LICENSES.txt'), Object.values(PARTS).map(licence).join('\n'));

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
