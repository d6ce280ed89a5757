/** The composer's formatting buttons: one stop of the Tab key, with the arrow keys between them. */
import { strings } from '../strings.js';
import { h, icon, setAll } from '../view/dom.js';
import { fenced, linked, prefixed, wrapped } from './edits.js';

/** What each button does to a text and a selection. */
export const FORMATS = {
  bold: (value, start, end) => wrapped(value, start, end, '**'),
  italic: (value, start, end) => wrapped(value, start, end, '*'),
  strike: (value, start, end) => wrapped(value, start, end, '~~'),
  code: (value, start, end) => (value.slice(start, end).includes('\n') ? fenced(value, start, end) : wrapped(value, start, end, '`')),
  link: linked,
  list: (value, start, end) => prefixed(value, start, end, 'list'),
  numbers: (value, start, end) => prefixed(value, start, end, 'numbers'),
  quote: (value, start, end) => prefixed(value, start, end, 'quote'),
  block: fenced,
};

/** With Ctrl, or with Cmd on a Mac. */
export const SHORTCUTS = { b: 'bold', i: 'italic', e: 'code', k: 'link' };

const GROUPS = [['bold', 'italic', 'strike', 'code', 'link'], ['list', 'numbers', 'quote', 'block']];

/**
 * The toolbar. `format(kind)` formats the selection.
 *
 * @param {(kind: string) => void} format
 * @returns {HTMLElement}
 */
export function toolbar(format) {
  const groups = GROUPS.map((kinds) => h('div', { class: 'group' }, kinds.map((kind) => button(kind, format))));
  const node = h('div', { class: 'formats', role: 'toolbar', 'aria-label': strings.formatting, on: { keydown: (event) => moved(node, event) } }, groups);
  focusable(node, buttons(node)[0]);
  return node;
}

function button(kind, format) {
  const label = strings.formats[kind];
  const key = Object.keys(SHORTCUTS).find((one) => SHORTCUTS[one] === kind);
  const attributes = { type: 'button', class: 'composer-tool', 'aria-label': label, title: key ? strings.withShortcut(label, key) : label };
  const node = h('button', { ...attributes, 'aria-keyshortcuts': key ? `Control+${key.toUpperCase()}` : null }, icon(kind));
  // The text keeps its selection.
  node.addEventListener('pointerdown', (event) => event.preventDefault());
  node.addEventListener('click', () => format(kind));
  return node;
}

function buttons(node) {
  return [...node.querySelectorAll('button')];
}

function focusable(node, chosen) {
  for (const one of buttons(node)) setAll(one, { tabindex: one === chosen ? '0' : '-1' });
}

function moved(node, event) {
  const all = buttons(node);
  const at = all.indexOf(event.target);
  const forward = getComputedStyle(node).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const to = { Home: 0, End: all.length - 1 }[event.key] ?? (/^Arrow(Left|Right)$/.test(event.key) ? at + (event.key === forward ? 1 : -1) : -1);
  if (!all[to]) return;
  event.preventDefault();
  focusable(node, all[to]);
  all[to].focus();
}
