/**
 * A list: a filter, a table, and a button for the next page. It shows what it is doing: loading, nothing found, or what went wrong with a
 * button that tries again. In a narrow window each row is a card.
 */
import { fill, h, setAll, setText } from '../../chat/view/dom.js';
import { words } from '../words.js';
import { field, values } from './forms.js';
import { number } from './parts.js';
import { sentence } from './problem.js';

/** Rows on the page. Who needs more uses the filter or an export. */
export const MOST_ROWS = 1_000;

/**
 * @template Row
 * @param {object} list
 * @param {string} list.label names the table
 * @param {[string, (row: Row) => any][]} list.columns the heading and the content of each; the first one names the row
 * @param {(filter: Record<string, any>, after: string | number | undefined) => Promise<{ rows: Row[], next?: string | number }>} list.load a
 *   page; `next` is the key of the one after it, undefined on the last page
 * @param {any[]} [list.filters] fields as `field` takes them
 * @param {Record<string, any>} [list.query] the first values of the filters
 * @param {(row: Row) => any[]} [list.actions] buttons of a row
 * @param {string} [list.empty] the text if nothing is found
 * @returns {{ node: HTMLElement, reload: () => Promise<void>, filter: () => Record<string, any> }} loads the first page at once
 */
export function table({ label, columns, load, filters = [], query = {}, actions, empty = words.empty }) {
  const headings = [...columns.map(([heading]) => heading), ...(actions ? [words.actions] : [])];
  const body = h('tbody', { role: 'rowgroup' });
  const head = h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, headings.map((heading) => h('th', { role: 'columnheader', scope: 'col' }, heading))));
  const shown = h('table', { role: 'table', 'aria-label': label }, head, body);
  const state = h('p', { class: 'state', role: 'status' });
  const again = h('button', { type: 'button', hidden: true, on: { click: () => page() } }, words.again);
  const more = h('button', { type: 'button', class: 'more', hidden: true, on: { click: () => page() } }, words.more);
  const form = filters.length ? filterForm(filters, query, () => reload()) : null;
  const node = h('div', { class: 'list' }, form, h('div', { class: 'scroll' }, shown), h('div', { class: 'foot' }, state, again, more));
  /** @type {string | number | undefined} */
  let next;
  let run = 0;

  const filter = () => (form ? values(form) : { ...query });

  async function page() {
    const mine = ++run;
    setAll(more, { disabled: true });
    again.hidden = true;
    setText(state, words.loading);
    node.setAttribute('aria-busy', 'true');
    try {
      const found = await load(filter(), next);
      if (mine === run) add(found);
    } catch (problem) {
      if (mine !== run) return;
      setText(state, sentence(problem));
      again.hidden = false;
    } finally {
      if (mine === run) node.removeAttribute('aria-busy');
      setAll(more, { disabled: false });
    }
  }

  /** @param {{ rows: Row[], next?: string | number }} page */
  function add({ rows, next: key }) {
    const first = body.rows.length;
    const hadFocus = document.activeElement === more;
    body.append(...rows.map(row));
    next = key;
    more.hidden = key === undefined || body.rows.length >= MOST_ROWS;
    shown.hidden = body.rows.length === 0;
    setText(state, body.rows.length ? words.shown(body.rows.length, number(body.rows.length)) : empty);
    // The button that had the focus may be gone: the first new row takes it.
    if (hadFocus && more.hidden && body.rows[first]) {
      body.rows[first].tabIndex = -1;
      body.rows[first].focus();
    }
  }

  function row(one) {
    const cells = columns.map(([heading, content], n) => h(n ? 'td' : 'th', { role: n ? 'cell' : 'rowheader', scope: n ? false : 'row', dir: 'auto', 'data-heading': heading }, content(one) ?? ''));
    const buttons = actions && h('td', { role: 'cell', class: 'actions' }, h('div', {}, actions(one)));
    return h('tr', { role: 'row' }, cells, buttons);
  }

  async function reload() {
    next = undefined;
    fill(body);
    shown.hidden = true;
    more.hidden = true;
    await page();
  }

  reload();
  return { node, reload, filter };
}

function filterForm(filters, query, show) {
  const form = h(
    'form',
    { class: 'filter', role: 'search', on: { submit: (event) => (event.preventDefault(), show()), reset: () => setTimeout(show) } },
    filters.map((one) => field({ ...one, value: query[one.name] ?? one.value })),
    h('div', { class: 'bar' }, h('button', { type: 'submit', class: 'primary' }, words.find), h('button', { type: 'reset' }, words.reset)),
  );
  return form;
}
