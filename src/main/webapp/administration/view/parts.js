/** Small parts of sections. All texts become text nodes. */
import { h } from '../../chat/view/dom.js';
import { locale } from '../../chat/strings.js';

/** A moment in the reader's time zone, or nothing. @param {string | undefined} at */
export function time(at) {
  if (!at) return null;
  const shown = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
  return h('time', { datetime: at }, shown);
}

/** A day such as `2026-11-28`, or nothing. @param {string | undefined} date */
export function day(date) {
  if (!date) return null;
  return h('time', { datetime: date }, new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date)));
}

export function number(n) {
  return new Intl.NumberFormat(locale()).format(n);
}

/** Bytes, with a unit. */
export function size(bytes) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = bytes > 0 ? Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1_000))) : 0;
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: units[step], maximumFractionDigits: 1 }).format(bytes / 1_000 ** step);
}

/** Terms and what they are: `[term, value]`. Values that are null or undefined are left out. */
export function facts(pairs) {
  const given = pairs.filter(([, value]) => value !== null && value !== undefined);
  return h('dl', { class: 'facts' }, given.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', { dir: 'auto' }, value))));
}

/** A state as a word with a color: `good`, `warn`, `bad` or none. */
export function badge(text, kind = '') {
  return h('span', { class: `badge ${kind}` }, text);
}

/** An id in a fixed-width font. */
export function code(text) {
  return text ? h('code', { dir: 'ltr' }, text) : null;
}

/** A link to another section. */
export function to(section, query, text) {
  return h('a', { href: `#/${section}${query ? `?${new URLSearchParams(query)}` : ''}` }, text);
}

export function button(text, click, kind = '') {
  return h('button', { type: 'button', class: kind || false, on: { click } }, text);
}

/** A part of a section with a heading. */
export function block(title, ...children) {
  return h('section', { class: 'block' }, h('h2', {}, title), children);
}

/** Buttons beside each other. */
export function bar(...buttons) {
  return h('div', { class: 'bar' }, buttons);
}
