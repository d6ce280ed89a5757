/** What a person types into the search, and the request that it becomes. Pure, and without imports: it is loaded on first use. */

/**
 * What narrows a search.
 *
 * @typedef {{ room?: string | null, by?: import('../types.d.ts').User | null, has?: string[], after?: string, before?: string, byTime?: boolean }} Filters
 */

/** The operators, in the order of the suggestions. */
export const OPERATORS = ['from:', 'in:', 'has:', 'before:', 'after:'];
export const KINDS = ['link', 'pin', 'file'];
/** The most characters of a query. */
export const LONGEST = 500;

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The part of the text that is being typed: the last one, unless it is in quotation marks. `operator` is its operator, or "".
 *
 * @param {string} text
 */
export function lastPart(text) {
  if ((text.match(/"/g)?.length ?? 0) % 2) return { before: text, operator: '', value: '' };
  const [part] = /\S*$/.exec(text) ?? [''];
  const operator = OPERATORS.find((one) => part.toLowerCase().startsWith(one)) ?? '';
  return { before: text.slice(0, text.length - part.length), operator, value: part.slice(operator.length) };
}

/**
 * Takes complete operators out of the text that a chip can show: `has:` with a known kind, and dates. The others stay for the server.
 *
 * @param {string} text
 * @param {boolean} all also the one at the end, which may still be typed
 */
export function taken(text, all) {
  /** @type {Filters} */
  const filters = {};
  const rest = text.replace(/(^|\s)(has|before|after):(\S+)(?=(\s|$))/giu, (part, blank, operator, value, end, at) => {
    const last = at + part.length === text.length;
    const name = operator.toLowerCase();
    if (last && !all) return part;
    if (name === 'has' && KINDS.includes(value.toLowerCase())) filters.has = [...(filters.has ?? []), value.toLowerCase()];
    else if (name !== 'has' && isDate(value)) filters[name] = value;
    else return part;
    return blank;
  });
  return { text: rest.replace(/^\s+/, ''), filters };
}

/** Whether this is a date as `2026-01-31` that exists. */
export function isDate(text) {
  return DATE.test(text) && new Date(`${text}T00:00Z`).toISOString?.().startsWith(text);
}

/** The text while it is typed: the last word may be the beginning of one. */
export function whileTyped(text) {
  const even = (text.match(/"/g)?.length ?? 0) % 2 === 0;
  return even && /(^|\s)[\p{L}\p{N}]{2,}$/u.test(text) ? `${text}*` : text;
}

/**
 * The parameters of the request. A day begins at midnight in the person's time zone: `before` ends before that day, `after` begins with it.
 *
 * @param {string} text
 * @param {Filters} filters
 */
export function parameters(text, { room, by, has = [], after, before, byTime } = {}) {
  const all = { q: text.trim().replace(/\s/gu, ' ').slice(0, LONGEST), room, by: by?.id, has: has.join(','), after: after && midnight(after), before: before && midnight(before), sort: byTime && 'time' };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

function midnight(date) {
  const [year, month, day] = date.split('-').map(Number);
  return new Date(year, month - 1, day).toISOString();
}

/**
 * Whether these parameters ask for anything but a room or an order.
 *
 * @param {Record<string, any>} parameters
 */
export function asks({ room, sort, ...others }) {
  return Object.keys(others).length > 0;
}

/**
 * A part of a message's text around the first thing that was found, as pieces: `{ text, found }`. The ranges are code points.
 *
 * @param {string} text
 * @param {[number, number][]} ranges
 */
export function excerpt(text, ranges, most = 240, before = 60) {
  const points = [...text].map((point) => (/\s/u.test(point) ? ' ' : point));
  const first = ranges[0]?.[0] ?? 0;
  const from = points.length <= most || first <= before ? 0 : wordFrom(points, Math.min(first - before, points.length - most), first);
  const to = Math.min(points.length, from + most);
  const pieces = [];
  let at = from;
  const add = (end, found) => {
    if (end > at) pieces.push({ text: points.slice(at, end).join(''), found });
    at = Math.max(at, end);
  };
  for (const [start, end] of ranges) {
    if (start >= to) break;
    add(Math.min(start, to), false);
    add(Math.min(end, to), true);
  }
  add(to, false);
  if (from > 0) pieces.unshift({ text: '… ', found: false });
  if (to < points.length) pieces.push({ text: ' …', found: false });
  return pieces;
}

/** The beginning of the next word, but not after `last`. */
function wordFrom(points, from, last) {
  const blank = points.indexOf(' ', from);
  return blank >= 0 && blank < last ? blank + 1 : from;
}
