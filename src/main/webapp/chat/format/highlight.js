/** Colors code. The part with the languages is loaded when the first code block with a language is shown. */
import { h } from '../view/dom.js';

/** Longer code is not colored. */
const LONGEST = 20_000;

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

/** @type {typeof import('../parts/highlight.js') | null} */
let part = null;
let loading = null;

/**
 * Colors the code of `element`, now or once the part is loaded. `named(name)` receives the language's name.
 *
 * @param {HTMLElement} element its text is the code
 * @param {string} code
 * @param {string} language
 * @param {(name: string) => void} named
 */
export async function highlight(element, code, language, named) {
  if (code.length > LONGEST) return;
  const languages = part ?? (await load());
  const name = languages?.languageName(language);
  if (!languages || !name) return;
  element.replaceChildren(...languages.runs(code, language).map(([text, scope]) => run(text, scope)));
  named(name.split(',')[0]);
}

/** A failed load is repeated with the next code block. */
async function load() {
  loading ??= import('../parts/highlight.js');
  try {
    part = await loading;
    return part;
  } catch {
    loading = null;
    return null;
  }
}

function run(text, scope) {
  const first = scope?.split('.')[0];
  const kind = first && Object.hasOwn(KINDS, first) ? KINDS[first] : null;
  return kind ? h('span', { class: `code-${kind}` }, text) : text;
}
