/**
 * Edits of the text in the composer, without a page. An edit replaces `[from, to)` by `text` and then selects `[start, end)`; null means
 * that nothing is to change.
 */
/** @typedef {{ from: number, to: number, text: string, start: number, end: number }} Edit */

const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))( +)(?:\[[ xX]\] +)?(.*)$/;
const QUOTE = /^( {0,3}> ?)+(.*)$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;
const PREFIXES = { list: /^\s*[-*+] /, numbers: /^\s*\d{1,9}[.)] /, quote: /^ {0,3}> ?/ };

/**
 * Puts the mark around the selection, or removes it if it is there.
 *
 * @returns {Edit}
 */
export function wrapped(value, start, end, mark) {
  const { length } = mark;
  const selected = value.slice(start, end);
  if (isMarked(value, start, end, mark)) return { from: start - length, to: end + length, text: selected, start: start - length, end: end - length };
  // Blanks at the ends stay outside: `**a **` would not be bold.
  const [, before, inner, after] = /^(\s*)([^]*?)(\s*)$/.exec(selected) ?? [];
  const text = `${before}${mark}${inner}${mark}${after}`;
  const at = start + before.length + length;
  return { from: start, to: end, text, start: at, end: at + inner.length };
}

/** For `*`, two of them are another mark. */
function isMarked(value, start, end, mark) {
  const [before, after] = [value.slice(0, start), value.slice(end)];
  if (!before.endsWith(mark) || !after.startsWith(mark)) return false;
  return mark.length > 1 || !(before.endsWith(mark + mark) && after.startsWith(mark + mark)) || before.endsWith(mark.repeat(3));
}

/**
 * Makes the selection a link, and selects what is missing: the address, or the text of an address.
 *
 * @returns {Edit}
 */
export function linked(value, start, end) {
  const selected = value.slice(start, end);
  if (ADDRESS.test(selected)) return { from: start, to: end, text: `[](${selected})`, start: start + 1, end: start + 1 };
  const address = 'https://';
  const at = start + selected.length + 3;
  return { from: start, to: end, text: `[${selected}](${address})`, start: selected ? at : start + 1, end: selected ? at + address.length : start + 1 };
}

/**
 * Makes the selected lines a list, a numbered list or a quote, or plain lines again.
 *
 * @param {'list' | 'numbers' | 'quote'} kind
 * @returns {Edit}
 */
export function prefixed(value, start, end, kind) {
  const from = value.lastIndexOf('\n', start - 1) + 1;
  const next = value.indexOf('\n', end);
  const to = next < 0 ? value.length : next;
  const lines = value.slice(from, to).split('\n');
  const has = lines.every((line) => PREFIXES[kind].test(line));
  const text = lines.map((line, n) => (has ? line.replace(PREFIXES[kind], '') : prefix(kind, n) + line)).join('\n');
  const at = from + text.length;
  return { from, to, text, start: start === end ? at : from, end: at };
}

function prefix(kind, n) {
  return kind === 'list' ? '- ' : kind === 'quote' ? '> ' : `${n + 1}. `;
}

/**
 * Makes the selection a code block on lines of its own.
 *
 * @returns {Edit}
 */
export function fenced(value, start, end) {
  const selected = value.slice(start, end);
  const before = start > 0 && value[start - 1] !== '\n' ? '\n' : '';
  const after = end < value.length && value[end] !== '\n' ? '\n' : '';
  const mark = '`'.repeat(Math.max(3, ...[...selected.matchAll(/`{3,}/g)].map(([found]) => found.length + 1)));
  const at = start + before.length + mark.length + 1;
  return { from: start, to: end, text: `${before}${mark}\n${selected}\n${mark}${after}`, start: at, end: at + selected.length };
}

/**
 * A line break that continues the list or quote of its line. In an empty item it ends the list. Null if the line is in neither.
 *
 * @returns {Edit | null}
 */
export function continued(value, start, end) {
  if (isInFence(value, start)) return null;
  const from = value.lastIndexOf('\n', start - 1) + 1;
  const line = value.slice(from, start);
  const marker = markerAfter(line);
  if (marker === null) return null;
  if (marker === '') return { from, to: end, text: '', start: from, end: from };
  const at = start + 1 + marker.length;
  return { from: start, to: end, text: `\n${marker}`, start: at, end: at };
}

/** What the next line begins with; empty if this line has only its marker, null if it has none. */
function markerAfter(line) {
  const item = ITEM.exec(line);
  if (item) {
    const [whole, indent, bullet, number, closing, blank, rest] = item;
    if (rest.trim() === '') return '';
    const task = /\[[ xX]\] +/.test(whole.slice(0, whole.length - rest.length)) ? '[ ] ' : '';
    return `${indent}${bullet ?? `${Number(number) + 1}${closing}`}${blank}${task}`;
  }
  const quote = QUOTE.exec(line);
  if (!quote) return null;
  return quote[2].trim() === '' ? '' : line.slice(0, line.length - quote[2].length);
}

/**
 * Whether the position is inside a fenced code block.
 *
 * @param {string} value
 * @param {number} at
 */
export function isInFence(value, at) {
  /** @type {string | null} */
  let open = null;
  for (const line of value.slice(0, at).split('\n')) {
    const [, mark, rest] = FENCE.exec(line) ?? [];
    if (!mark) continue;
    if (open === null) open = mark[0] === '`' && rest.includes('`') ? null : mark;
    else if (mark[0] === open[0] && mark.length >= open.length && rest.trim() === '') open = null;
  }
  return open !== null;
}

/** The text as it is sent: without blank lines at the start and blanks at the end. The indentation of code stays. */
export function sendable(value) {
  return value.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
}
