/** Colors code. The part with the languages is loaded when the first code block with a language is shown. */
import { sleep } from '../backoff.js';
import { loadHighlighting } from '../parts.js';
import { h } from '../view/dom.js';

/** Longer code is not colored. */
const LONGEST = 8_000;
/** Milliseconds that a block may take without a rest after it. */
const UNNOTICED = 8;
/** A block that took longer is followed by a rest of so many times its duration. */
const REST = 9;

/** Scopes of highlight.js, up to the first dot, and the few kinds that are colored. */
const KINDS = {
  addition: 'added',
  attr: 'name',
  attribute: 'name',
  built_in: 'type',
  bullet: 'keyword',
  class: 'type',
  code: 'string',
  comment: 'comment',
  deletion: 'removed',
  doctag: 'keyword',
  keyword: 'keyword',
  link: 'string',
  literal: 'number',
  meta: 'comment',
  name: 'keyword',
  number: 'number',
  property: 'name',
  quote: 'comment',
  regexp: 'string',
  section: 'title',
  'selector-attr': 'name',
  'selector-class': 'name',
  'selector-id': 'name',
  'selector-pseudo': 'keyword',
  'selector-tag': 'keyword',
  string: 'string',
  symbol: 'number',
  'template-variable': 'name',
  title: 'title',
  type: 'type',
  variable: 'name',
};

/** @type {Promise<typeof import('../parts/highlight.js')> | null} */
let loading = null;
/** One block after the other, so that hostile code keeps the page busy for a small part of the time only. */
let last = Promise.resolve();

/**
 * Colors the code of `element`, at once or when it is its turn. `named(name)` receives the language's name.
 *
 * @param {HTMLElement} element its text is the code
 * @param {string} code
 * @param {string} language
 * @param {(name: string) => void} named
 */
export function highlight(element, code, language, named) {
  if (code.length > LONGEST) return;
  last = last.then(() => color(element, code, language, named)).catch(() => {});
}

async function color(element, code, language, named) {
  const { languageName, runs } = await load();
  const name = languageName(language);
  if (!name) return;
  const start = performance.now();
  element.replaceChildren(...runs(code, language).map(([text, scope]) => run(text, scope)));
  named(name.split(',')[0]);
  const spent = performance.now() - start;
  if (spent > UNNOTICED) await sleep(spent * REST);
}

/** A failed load is repeated with the next code block. */
function load() {
  loading ??= loadHighlighting().catch((failure) => {
    loading = null;
    throw failure;
  });
  return loading;
}

function run(text, scope) {
  const first = scope?.split('.')[0];
  const kind = first && Object.hasOwn(KINDS, first) ? KINDS[first] : null;
  return kind ? h('span', { class: `code-${kind}` }, text) : text;
}
