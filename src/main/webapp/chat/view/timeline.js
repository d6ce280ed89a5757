/**
 * The conversation: messages by offset, then unsent ones, with day separators. At the end it follows new messages; elsewhere it keeps the
 * scroll position. Messages are never reordered.
 */
import { strings } from '../strings.js';
import { arrange, h, icon, setAll, setText } from './dom.js';
import { fillMessage, deliveryText } from './message.js';
import { day, dayKey } from './times.js';

const TOGETHER = 5 * 60_000;
const AT_END = 48;
const NEAR_START = 240;

export class Timeline {
  #actions;
  #items = new Map();
  #room = null;
  #following = true;
  #leftAt = 0;
  /** @type {number | null} */
  #last = null;

  constructor(actions) {
    this.#actions = actions;
    this.top = h('div', { class: 'top' });
    this.list = h('div', { class: 'messages' });
    this.log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: '0', on: { scroll: () => this.#scrolled() } }, this.top, this.list);
    this.latest = h('button', { type: 'button', class: 'latest', hidden: true, on: { click: () => this.toEnd() } }, icon('down'), h('span'));
    this.announcer = h('div', { class: 'spoken', role: 'status' });
    this.node = h('div', { class: 'timeline' }, this.log, this.latest, this.announcer);
    // An on-screen keyboard or a growing composer must not cover the last message.
    new ResizeObserver(() => this.#following && this.#jumpToEnd()).observe(this.log);
  }

  update({ room, unsent, user, connected }) {
    const name = room.name ?? room.id;
    const sameRoom = room.id === this.#room;
    if (!sameRoom) this.#enter(room.id);
    setAll(this.log, { 'aria-label': strings.conversation(name), 'aria-busy': String(room.messages === null || room.loading) });
    const anchor = sameRoom && !this.#following ? this.#anchor() : null;
    const rows = rowsOf(room, unsent, user, connected);
    this.#fillTop(room, name);
    arrange(this.list, rows.map((row) => this.#item(row)));
    this.#forget(rows);
    this.#last = room.messages && (room.messages.at(-1)?.offset ?? 0);
    if (anchor) this.log.scrollTop += anchor.node.offsetTop - anchor.top;
    else if (this.#following) this.#jumpToEnd();
    this.#offerLatest(room, user);
  }

  toEnd() {
    this.#following = true;
    this.#jumpToEnd();
    this.latest.hidden = true;
    this.log.focus({ preventScroll: true });
  }

  /** Scrolls to the end with the next update: the person posted a message. */
  follow() {
    this.#following = true;
  }

  #enter(id) {
    this.#room = id;
    this.#following = true;
    this.#last = null;
    this.#items.clear();
    this.announcer.replaceChildren();
    delete this.top.dataset.kind;
    this.list.replaceChildren();
  }

  #fillTop(room, name) {
    const kind = topKind(room);
    // The name may arrive later than the room's id.
    if (this.top.dataset.kind !== kind || this.top.dataset.name !== name) this.top.replaceChildren(TOPS[kind](room, name, this.#actions));
    setAll(this.top, { 'data-kind': kind, 'data-name': name });
    if (kind === 'earlier') fillEarlier(this.top.firstChild, room);
  }

  #item(row) {
    let item = this.#items.get(row.id);
    if (!item) {
      item = { node: h(row.kind === 'message' ? 'article' : 'div') };
      if (this.#arrived(row)) item.node.dataset.fresh = '';
      this.#items.set(row.id, item);
    }
    if (!item.row || differs(item.row, row)) this.#fill(item, row);
    return item.node;
  }

  /** Whether a message just arrived, rather than being loaded with the room. */
  #arrived({ message }) {
    return this.#last !== null && message && (message.offset ?? Infinity) > this.#last;
  }

  #fill(item, row) {
    // A new node each time: a screen reader wouldn't announce the same text for a second message.
    if (row.mine && item.row && item.row.state !== row.state) this.announcer.replaceChildren(h('p', {}, deliveryText(row)));
    item.row = row;
    if (row.kind === 'message') fillMessage(item.node, row, this.#actions);
    else fillDivider(item.node, row);
  }

  #forget(rows) {
    if (this.#items.size === rows.length) return;
    const shown = new Set(rows.map(({ id }) => id));
    for (const id of this.#items.keys()) if (!shown.has(id)) this.#items.delete(id);
  }

  /** The first visible message and its position. A day separator won't do: earlier messages of that day are inserted below it. */
  #anchor() {
    const edge = this.log.scrollTop;
    const node = [...this.list.querySelectorAll('article')].find((child) => child.offsetTop + child.offsetHeight > edge);
    return node && { node, top: node.offsetTop };
  }

  #jumpToEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    const following = scrollHeight - scrollTop - clientHeight < AT_END;
    if (this.#following && !following) this.#leftAt = this.#last ?? 0;
    this.#following = following;
    if (following) this.latest.hidden = true;
    else if (scrollTop < NEAR_START) this.#actions.earlier();
  }

  #offerLatest(room, user) {
    this.latest.hidden = this.#following || !room.messages;
    if (this.latest.hidden) return;
    const missed = room.messages.filter(({ offset, by }) => offset > this.#leftAt && by.id !== user?.id).length;
    setText(this.latest.lastChild, strings.latest(missed));
  }
}

/** Rows with stable ids: a message keeps its row when it is confirmed. */
function rowsOf(room, unsent, user, connected) {
  const rows = [];
  let above = null;
  const newest = room.newAfter === null ? Infinity : room.newAfter;
  const add = (message, state) => {
    const dayBegins = !above || dayKey(above.at) !== dayKey(message.at);
    const newBegins = message.offset > newest && !(above?.offset > newest);
    if (dayBegins) rows.push({ id: rowId('day', dayKey(message.at)), kind: 'day', label: day(message.at) });
    if (newBegins) rows.push({ id: rowId('new'), kind: 'new', label: strings.newMessages });
    const mine = message.by.id === user?.id;
    const first = dayBegins || newBegins || !together(above, message);
    const id = message.key ? rowId('key', message.by.id, message.key) : rowId('at', message.offset);
    rows.push({ id, kind: 'message', message, first, state, mine, connected: state === 'sent' || connected });
    above = message;
  };
  for (const message of room.messages ?? []) add(message, 'sent');
  for (const entry of unsent) add({ ...entry, by: user }, entry.state);
  return rows;
}

/** JSON keeps the parts apart. With a plain separator, ids and keys chosen by others could collide, and a message would disappear. */
function rowId(...parts) {
  return JSON.stringify(parts);
}

function together(above, message) {
  return above.by.id === message.by.id && Date.parse(message.at) - Date.parse(above.at) < TOGETHER;
}

function differs(a, b) {
  return a.message !== b.message || a.first !== b.first || a.state !== b.state || a.connected !== b.connected || a.label !== b.label;
}

function fillDivider(node, { kind, label }) {
  setAll(node, { class: `divider ${kind}`, role: 'separator', 'aria-label': label });
  node.replaceChildren(h('span', {}, label));
}

function topKind(room) {
  if (room.messages === null) return 'loading';
  if (room.earlier) return 'earlier';
  return room.messages.length ? 'beginning' : 'empty';
}

const TOPS = {
  loading: skeleton,
  earlier: (_room, _name, actions) => h('button', { type: 'button', class: 'earlier', on: { click: () => actions.earlier() } }),
  beginning: (room, name) => introduction('beginning', room.kind === 'private' ? 'lock' : 'hash', strings.beginning(name), strings.beginningAbout),
  empty: (_room, name) => introduction('beginning empty', 'bubbles', strings.empty(name), strings.emptyAbout),
};

function fillEarlier(button, { loading }) {
  setAll(button, { 'aria-disabled': String(loading) });
  setText(button, loading ? strings.loading : strings.earlier);
}

function introduction(kind, emblem, title, about) {
  return h('div', { class: kind }, h('span', { class: 'emblem' }, icon(emblem)), h('h3', {}, title), h('p', {}, about));
}

function skeleton() {
  const line = (width) => h('i', { style: { width } });
  const row = (...widths) => h('div', { class: 'ghost' }, h('b'), h('div', {}, widths.map(line)));
  return h('div', { class: 'skeleton', 'aria-hidden': 'true' }, row('24%', '72%'), row('18%', '54%', '38%'), row('22%', '64%'), row('16%', '80%', '46%'));
}
