/**
 * The conversation: messages by offset, then unsent ones, with day separators. At the end it follows new messages; elsewhere it keeps the
 * scroll position. Messages are never reordered.
 *
 * The document holds a part of the loaded messages, at most 500 rows, which moves with the scrolling. A draw touches the rows that changed.
 * It reads no layout while the person reads the latest messages; the browser reports the list's new size after its own layout.
 */
import { linesBetween } from '../call/fold.js';
import { Acting } from '../message/acting.js';
import { find, place } from '../message/fold.js';
import { seenBy } from '../rooms/reading.js';
import { keeps, keepsAll } from '../rooms/retention.js';
import { strings } from '../strings.js';
import { arrange, h, icon, setAll, setText } from './dom.js';
import { fillMessage, deliveryText } from './message.js';
import { clock, day, dayKey } from './times.js';

const TOGETHER = 5 * 60_000;
/** A long run of one author repeats the name, wherever the list begins. */
const NAMED_EVERY = 12;
/** Messages that are announced at once, when more arrive at the same time. */
const MOST_ANNOUNCED = 5;
const AT_END = 48;
const NEAR_START = 800;
/** About the height of the line that keeps the date in view. */
const DAY_HEIGHT = 25;
const NOBODY = new Set();
/** Rows in the document, with separators. */
export const MOST_ROWS = 500;
/** Messages in the document, and how many more are shown when the person scrolls to the end of them. */
const MOST_SHOWN = 240;
const STEP = 80;
/** Messages in the document while the person reads the latest ones. At the most, all but the least are dropped at once. */
const LEAST_FOLLOWED = 100;
const MOST_FOLLOWED = 150;

export class Timeline {
  #actions;
  #items = new Map();
  #rows = [];
  #given = /** @type {any} */ (null);
  #room = null;
  #following = true;
  #jumping = true;
  /** The offset of the first message in the document, while not following. */
  #first = 0;
  /** Whether the document has the room's latest message. */
  #complete = true;
  #oldest = 0;
  #target = null;
  #leftAt = 0;
  /** @type {number | null} */
  #last = null;
  /** Messages of blocked people that the person wanted to see. */
  #revealed = new Set();
  #show = ({ offset }) => {
    this.#revealed.add(offset);
    this.#draw();
    this.articleOf(offset)?.focus();
  };
  /** Messages of others that arrived with this draw. */
  #arrivals = /** @type {{ by: any, node: HTMLElement }[]} */ ([]);
  /** The first message in view, and where it stands in the element. */
  #kept = /** @type {{ node: any, top: number } | null} */ (null);
  /** The width for which places were last corrected. */
  #width = 0;
  #receipts = { messages: /** @type {any} */ (null), readers: /** @type {any} */ (null), seen: /** @type {Map<number, string[]>} */ (new Map()) };

  /**
   * `actions.earlier()` and `actions.later()` load more; `actions.latest()` leaves a window of history. `actions.shown(offset, end, target, first)`
   * receives the last message that is in view, whether it is the room's last, the target that is shown, and the first message in view.
   */
  constructor(actions) {
    this.#actions = actions;
    this.top = h('div', { class: 'top' });
    this.list = h('div', { class: 'messages' });
    this.log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', tabindex: '0', on: { scroll: () => this.#scrolled() } }, this.top, this.list);
    this.latest = h('button', { type: 'button', class: 'latest', hidden: true, on: { click: () => this.toEnd() } }, icon('down'), h('span'));
    this.announcer = h('div', { class: 'spoken', role: 'status' });
    this.heard = h('div', { class: 'spoken', 'aria-live': 'polite' });
    this.day = h('div', { class: 'day-in-view', 'aria-hidden': 'true', hidden: true });
    this.node = h('div', { class: 'timeline' }, this.log, this.day, this.latest, this.announcer, this.heard);
    this.acting = new Acting(this.log, actions, (article) => this.#messageOf(article));
    // After the browser's own layout: nothing is measured while drawing. An on-screen keyboard must not cover the last message either.
    const resized = new ResizeObserver((changes) => {
      this.#width = this.log.clientWidth;
      if (this.#following) this.#jumpToEnd();
      else this.#keepPlace();
      if (changes.some(({ target }) => target === this.log)) this.#keepEditor();
    });
    resized.observe(this.log);
    resized.observe(this.list);
  }

  /**
   * `room` has the messages, or a window of its history. `editing` is `{ offset, node }` for the message whose text an editor replaces.
   * With `inThread` the messages are the replies of a thread.
   */
  update({ room, unsent, user, connected, editing = /** @type {any} */ (null), inThread = false, blocked = NOBODY }) {
    const name = room.name ?? room.id;
    if (room.id !== this.#room) this.#enter(room.id);
    this.#given = { room, unsent, user, connected, editing, inThread, name, blocked };
    setAll(this.log, { 'aria-label': inThread ? strings.thread.of(name) : strings.conversation(name), 'aria-busy': String(room.messages === null || Boolean(listOf(room).loading)) });
    this.#aim(room);
    this.#extend(listOf(room));
    this.#draw();
  }

  toEnd() {
    if (this.#given?.room.window) this.#actions.latest();
    // A message that was asked for is not scrolled to any more.
    this.#target = this.#given?.room.target ?? null;
    this.follow();
    // A window that is still given would be drawn once more, and the end of that is not the end of the room.
    if (!this.#given?.room.window) this.#draw();
    this.latest.hidden = true;
    this.log.focus({ preventScroll: true });
  }

  /** The element was moved in the page, and the browser has forgotten how far the list was scrolled. */
  moved() {
    if (this.#following) this.#jumpToEnd();
    else this.#keepPlace();
  }

  /** Scrolls to the end with the next update: the person posted a message. */
  follow() {
    this.#following = this.#jumping = true;
  }

  /** The row of a message, if it is in the document. */
  articleOf(offset) {
    return this.#rows.findLast(({ message }) => message?.offset === offset) && this.list.querySelector(`article[data-offset="${Number(offset)}"]`);
  }

  #messageOf(article) {
    const { room, inThread } = this.#given;
    const offset = Number(article.dataset.offset);
    return { message: find(listOf(room).messages, offset), inThread };
  }

  #enter(id) {
    this.#room = id;
    this.follow();
    this.#last = null;
    this.#target = null;
    this.#first = this.#oldest = 0;
    this.#items.clear();
    this.#revealed.clear();
    this.#rows = [];
    this.acting.hide();
    this.announcer.replaceChildren();
    this.heard.replaceChildren();
    this.day.hidden = true;
    this.#kept = null;
    delete this.top.dataset.kind;
    this.list.replaceChildren();
  }

  /** A message was asked for: show the part of the messages around it. */
  #aim(room) {
    const { target } = room;
    if (!target || target === this.#target) return;
    const { messages } = listOf(room);
    if (!find(messages, target.offset)) return;
    if (this.#following) this.#leftAt = target.still ? target.offset - 1 : (room.messages?.at(-1)?.offset ?? 0);
    this.#following = this.#jumping = false;
    this.#first = messages[Math.max(0, place(messages, target.offset) - MOST_SHOWN / 2)].offset;
  }

  /** Earlier messages were loaded while the person is at the start: show a part of them. */
  #extend({ messages }) {
    const oldest = messages?.[0]?.offset ?? 0;
    // While the room is loaded again, it has no messages.
    const more = messages !== null && this.#oldest > 0 && oldest < this.#oldest;
    this.#oldest = oldest;
    if (more && !this.#following && this.log.scrollTop < NEAR_START) this.#first = messages[Math.max(0, place(messages, this.#first) - STEP)].offset;
  }

  #draw() {
    const { room, user, name } = this.#given;
    const list = listOf(room);
    const rows = this.#rowsToShow(list);
    const anchor = !this.#following && this.#rows.length && !isContinuedBy(this.#rows, rows) ? this.#anchor() : null;
    this.#fillTop(room, name, rows);
    const nodes = rows.map((row) => this.#item(row));
    if (!isSame(this.#rows, rows)) arrange(this.list, nodes);
    this.#rows = rows;
    this.#announce();
    this.#forget(rows);
    this.#last = room.messages && (room.messages.at(-1)?.offset ?? 0);
    this.#place(anchor);
    this.#reveal(room);
    this.#offerLatest(room, user);
    this.#report();
  }

  /** Says which messages the person has in view, and remembers the first of them. */
  #report() {
    // What the portal hides keeps its place until it is shown.
    if (!this.#following && !this.#isLaidOut) return;
    this.#kept = this.#following ? null : this.#anchor();
    const { room, inThread } = this.#given ?? {};
    const isOnTheWay = room?.target && room.target !== this.#target;
    if (inThread || !room?.messages || isOnTheWay || !this.#actions.shown) return;
    const newest = room.messages.at(-1)?.offset;
    const last = this.#following && this.#complete ? (newest ?? 0) : this.#lastShown();
    if (last !== undefined) this.#actions.shown(last, this.#complete && last === (newest ?? 0), room.target, Number(this.#kept?.node.dataset.offset) || undefined);
  }

  /** The last message whose end is in view. */
  #lastShown() {
    const all = this.list.children;
    const low = this.#firstBelow(this.log.getBoundingClientRect().bottom + 1);
    for (let at = low - 1; at >= 0; at--) if (all[at].dataset.offset) return Number(all[at].dataset.offset);
    return undefined;
  }

  #rowsToShow(list) {
    const { room, unsent, user, connected, editing, inThread, blocked } = this.#given;
    const all = list.messages ?? [];
    const from = this.#following ? this.#firstFollowed(all) : Math.min(place(all, this.#first), Math.max(0, all.length - 1));
    const to = Math.min(all.length, from + MOST_SHOWN);
    this.#complete = to === all.length && !room.window;
    const hides = ({ by, offset }) => blocked.has(by.id) && !this.#revealed.has(offset);
    const context = { room, user, connected, editing, inThread, hides, reveal: this.#show, seen: this.#seen(all, room.readers, user?.id) };
    const lines = inThread ? [] : linesBetween(room.calls ?? [], from > 0 || list.earlier ? (all[from]?.offset ?? 0) : 0, this.#complete ? Infinity : (all[to]?.offset ?? all[to - 1]?.offset ?? 0));
    const rows = rowsOf(all.slice(from, to), this.#complete ? unsent : [], all[from - 1], { ...context, lines });
    if (rows.length <= MOST_ROWS) return rows;
    return this.#following ? rows.slice(-MOST_ROWS) : rows.slice(0, MOST_ROWS);
  }

  /** Who has read which of the person's messages, counted again only if something changed. */
  #seen(messages, readers, me) {
    const before = this.#receipts;
    if (before.messages !== messages || before.readers !== readers) this.#receipts = { messages, readers, seen: seenBy(messages, readers ?? null, me) };
    return this.#receipts.seen;
  }

  /** Dropping a row for each one that arrives would move all others each time. */
  #firstFollowed(all) {
    const from = place(all, this.#first);
    if (this.#first === 0 || all.length - from > MOST_FOLLOWED || all.length - from < LEAST_FOLLOWED) {
      const next = Math.max(0, all.length - LEAST_FOLLOWED);
      this.#first = all[next]?.offset ?? 0;
      return next;
    }
    return from;
  }

  #place(anchor) {
    if (this.#jumping) {
      this.#jumping = false;
      this.#jumpToEnd();
    } else this.#keepPlace(anchor);
  }

  /** Scrolls to the message that was asked for, and highlights it. */
  #reveal(room) {
    const { target } = room;
    if (!target || target === this.#target) return;
    const article = this.articleOf(target.offset);
    if (!article) return;
    this.#target = target;
    for (const other of this.list.querySelectorAll('[data-target]')) delete other.dataset.target;
    if (!target.quiet) article.dataset.target = '';
    if (!target.still) article.focus({ preventScroll: true });
    const show = () => {
      if (!article.isConnected) return;
      const [box, own] = [this.log.getBoundingClientRect(), article.getBoundingClientRect()];
      const above = target.quiet ? AT_END : Math.max(0, (box.height - own.height) / 2);
      this.log.scrollTop += (own.top - box.top - above) / this.#scale;
    };
    show();
    // Rows that come into view get their real size. At the end of the room nothing scrolls, and it is followed again.
    requestAnimationFrame(() => {
      if (this.#following) return;
      show();
      if (target.still) this.#scrolled();
    });
  }

  #fillTop(room, name, rows) {
    const kind = this.#topKind(room, rows);
    // The name and the retention may arrive later than the room's id.
    const about = JSON.stringify([name, room.retention]);
    if (this.top.dataset.kind !== kind || this.top.dataset.about !== about) this.top.replaceChildren(...[TOPS[kind](room, name, () => this.#showEarlier())].filter(Boolean));
    setAll(this.top, { 'data-kind': kind, 'data-about': about });
    if (kind === 'earlier') fillEarlier(this.top.firstChild, listOf(room));
  }

  #topKind(room, rows) {
    const { messages, earlier } = listOf(room);
    if (messages === null) return 'loading';
    const first = rows.find(({ message }) => message)?.message;
    if (earlier || (messages.length > 0 && first !== messages[0])) return 'earlier';
    if (this.#given.inThread) return messages.length || this.#given.unsent.length ? 'none' : 'quiet';
    return messages.length ? 'beginning' : 'empty';
  }

  #item(row) {
    let item = this.#items.get(row.id);
    if (!item) {
      item = { node: h(row.kind === 'message' ? 'article' : 'div', row.kind === 'message' ? { tabindex: '-1' } : {}) };
      if (this.#arrived(row)) {
        item.node.dataset.fresh = '';
        if (!row.mine) this.#arrivals.push({ by: row.message.by, node: item.node });
      }
      this.#items.set(row.id, item);
    }
    if (!item.row || differs(item.row, row)) this.#fill(item, row);
    return item.node;
  }

  /** Whether a message just arrived, rather than being loaded with the room. */
  #arrived({ message }) {
    return this.#following && this.#last !== null && message && (message.offset ?? Infinity) > this.#last;
  }

  #fill(item, row) {
    // A new node each time: a screen reader wouldn't announce the same text for a second message.
    if (row.mine && item.row && item.row.state !== row.state) this.announcer.replaceChildren(h('p', {}, deliveryText(row)));
    item.row = row;
    if (row.kind === 'message') {
      fillMessage(item.node, row, this.#actions);
      this.acting.changed(item.node);
    } else fillDivider(item.node, row, this.#actions);
  }

  /** Only what arrives is announced: not what a room is opened with, what scrolling brings in, or one's own message. */
  #announce() {
    for (const { by, node } of this.#arrivals.splice(0).slice(-MOST_ANNOUNCED)) {
      this.heard.append(h('p', {}, `${by.name || by.id}: ${node.querySelector('.text')?.textContent ?? ''}`));
    }
    while (this.heard.childElementCount > MOST_ANNOUNCED) this.heard.firstChild.remove();
  }

  #forget(rows) {
    if (this.#items.size === rows.length) return;
    const shown = new Set(rows.map(({ id }) => id));
    for (const id of this.#items.keys()) if (!shown.has(id)) this.#items.delete(id);
  }

  /** The place of the first row that ends below this edge. */
  #firstBelow(edge) {
    const all = this.list.children;
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle].getBoundingClientRect().bottom <= edge) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first visible message and its position. A day separator won't do: earlier messages of that day are inserted below it. */
  #anchor() {
    // In another width each row stands elsewhere, until the observer has corrected that.
    if (this.#kept?.node.isConnected && this.log.clientWidth !== this.#width) return this.#kept;
    const all = this.list.children;
    let low = this.#firstBelow(this.log.getBoundingClientRect().top);
    while (all[low] && all[low].localName !== 'article') low++;
    const node = all[low];
    if (!node) return null;
    const top = this.#topOf(node);
    // A browser rounds each correction. If the place were measured again, the remainders would add up, and the text would creep.
    const kept = this.#kept;
    return kept && kept.node === node && Math.abs(top - kept.top) < 1 ? kept : { node, top };
  }

  /** Where a row stands in the element, whose place changes when the portal scrolls. A bar above the messages changes the place of the log. */
  #topOf(node) {
    const root = this.node.getRootNode();
    const from = root instanceof ShadowRoot ? root.host : this.node;
    return (node.getBoundingClientRect().top - from.getBoundingClientRect().top) / this.#scale;
  }

  /** How large a pixel of the list is in the window. A portal may be scaled; how far the list is scrolled is not. */
  get #scale() {
    const scale = this.log.getBoundingClientRect().height / this.log.offsetHeight || 1;
    // The browser rounds one of the two.
    return Math.abs(scale - 1) < 0.01 ? 1 : scale;
  }

  /** Whether the list has a place on the page: not while the portal hides the element. */
  get #isLaidOut() {
    return this.log.clientHeight > 0;
  }

  #jumpToEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  #scrolled() {
    // The observer is about to correct the place, in the same frame.
    if (!this.#given || this.log.clientWidth !== this.#width) return;
    const { room, user } = this.#given;
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    const left = scrollHeight - scrollTop - clientHeight;
    const following = left < AT_END && this.#complete;
    if (this.#following && !following) {
      this.#leftAt = this.#last ?? 0;
      this.#first = this.#firstShown() ?? 0;
    }
    this.#following = following;
    if (following) this.latest.hidden = true;
    else if (scrollTop < NEAR_START) this.#showEarlier();
    else if (left < NEAR_START && !this.#complete) this.#showLater();
    this.#showDay();
    if (!following) this.#offerLatest(room, user);
    this.#report();
  }

  /** The list got another width or height: what the person reads stays where it is. Not every browser does that by itself. */
  #keepPlace(anchor = this.#kept) {
    if (!anchor?.node.isConnected || !this.#isLaidOut) return;
    const moved = this.#topOf(anchor.node) - anchor.top;
    if (moved) this.log.scrollTop += moved;
  }

  /** An on-screen keyboard, or a phone that was turned, must not hide the text that is being edited. */
  #keepEditor() {
    const editor = this.#given?.editing?.node;
    if (editor?.matches(':focus-within')) editor.scrollIntoView({ block: 'nearest' });
  }

  /** Keeps the date in view when its separator has been scrolled out of it. */
  #showDay() {
    const row = this.#rows[this.#firstBelow(this.log.getBoundingClientRect().top + DAY_HEIGHT)];
    this.day.hidden = !row?.message || this.#given.inThread;
    if (!this.day.hidden) setText(this.day, day(row.message.at));
  }

  #firstShown() {
    return this.#rows.find(({ message }) => message?.offset)?.message.offset;
  }

  #showEarlier() {
    const { messages } = listOf(this.#given.room);
    const from = place(messages ?? [], this.#firstShown() ?? 0);
    if (from === 0) return void this.#actions.earlier();
    this.#following = false;
    this.#first = messages[Math.max(0, from - STEP)].offset;
    this.#draw();
  }

  #showLater() {
    const { room } = this.#given;
    const { messages } = listOf(room);
    const from = place(messages, this.#first);
    const most = Math.max(0, messages.length - MOST_SHOWN);
    if (from >= most) return void (room.window?.later && this.#actions.later());
    this.#first = messages[Math.min(most, from + STEP)].offset;
    this.#draw();
  }

  #offerLatest(room, user) {
    this.latest.hidden = this.#following || !room.messages;
    if (this.latest.hidden) return;
    let missed = 0;
    for (let n = room.messages.length - 1; n >= 0 && room.messages[n].offset > this.#leftAt; n--) if (room.messages[n].by.id !== user?.id) missed++;
    setText(this.latest.lastChild, strings.latest(missed));
  }
}

/** What the timeline shows of a room. */
function listOf(room) {
  return room.window ?? room;
}

/** What a row needs of a message, once for each message. */
const facts = new WeakMap();

function factsOf(message) {
  let known = facts.get(message);
  if (!known) {
    const id = message.key ? rowId('key', message.by.id, message.key) : rowId('at', message.offset);
    facts.set(message, (known = { id, day: dayKey(message.at), time: Date.parse(message.at) }));
  }
  return known;
}

/** Unsent entries as messages, once for each entry. */
const drafts = new WeakMap();

function asMessage(entry, by) {
  const known = drafts.get(entry);
  if (known?.by === by) return known;
  const message = { ...entry, by };
  drafts.set(entry, message);
  return message;
}

/** Rows with stable ids: a message keeps its row when it is confirmed. `above` is the message before the first one. */
function rowsOf(messages, unsent, above, { room, user, connected, editing, inThread, hides, reveal, seen, lines }) {
  const rows = [];
  let line = 0;
  const newest = room.newAfter ?? Infinity;
  /** The starts and ends of calls before a message. */
  const addLines = (before) => {
    for (; line < lines.length && lines[line].offset < before; line++) {
      const { day: key } = factsOf(lines[line]);
      if (rows.length === 0 || factsOf(above).day !== key) rows.push({ id: rowId('day', key), kind: 'day', label: day(lines[line].at), at: lines[line].at });
      above = lines[line];
      rows.push({ id: rowId('call', above.offset), kind: 'call', label: callLine(above), at: above.at, ended: above.type === 'call.ended' });
    }
  };
  const add = (message, state) => {
    addLines(message.offset ?? Infinity);
    const { id, day: key } = factsOf(message);
    const begins = rows.length === 0;
    // A message that waits since yesterday stands below today's.
    const later = state === 'sent' || begins || factsOf(message).time >= factsOf(above).time;
    const dayBegins = begins ? !inThread : later && factsOf(above).day !== key;
    const newBegins = message.offset > newest && !(above?.offset > newest);
    if (dayBegins) rows.push({ id: rowId('day', key), kind: 'day', label: day(message.at), at: message.at });
    if (newBegins) rows.push({ id: rowId('new'), kind: 'new', label: strings.newMessages });
    const mine = message.by.id === user?.id;
    const first = begins || dayBegins || newBegins || !together(above, message);
    const editor = editing && editing.offset === message.offset ? editing.node : null;
    const deleting = state === 'sent' && Boolean(room.deleting?.has(message.offset));
    const unread = state === 'sent' && Boolean(room.unreadThreads?.has(message.offset));
    rows.push({ id, kind: 'message', message, first, state, mine, connected: state === 'sent' || connected, editor, deleting, unread, inThread, folded: hides(message), reveal, seen: inThread || !mine ? undefined : seen.get(message.offset) });
    above = message;
  };
  for (const message of messages) add(message, 'sent');
  for (const entry of unsent) add(asMessage(entry, user), entry.state);
  addLines(Infinity);
  return rows;
}

/** The start of a call, or its end with its duration and people. */
function callLine({ type, by, seconds, people = [] }) {
  const name = (person) => person.name || person.id;
  return type === 'call.started' ? strings.call.started(name(by)) : strings.call.ended(Math.max(1, Math.round(seconds / 60)), people.map(name));
}

/** JSON keeps the parts apart. With a plain separator, ids and keys chosen by others could collide, and a message would disappear. */
function rowId(...parts) {
  return JSON.stringify(parts);
}

function together(above, message) {
  const sameRun = !message.offset || Math.floor(message.offset / NAMED_EVERY) === Math.floor((above.offset ?? message.offset) / NAMED_EVERY);
  return sameRun && !above.call && above.by.id === message.by.id && factsOf(message).time - factsOf(above).time < TOGETHER;
}

const COMPARED = ['message', 'first', 'state', 'connected', 'label', 'editor', 'deleting', 'unread', 'seen', 'folded'];

function differs(a, b) {
  return COMPARED.some((name) => a[name] !== b[name]);
}

function isSame(before, rows) {
  return before.length === rows.length && isContinuedBy(before, rows, false);
}

/** Whether nothing but the end differs. */
function isContinuedBy(before, rows, deep = true) {
  return before.length <= rows.length && before.every((row, n) => row.id === rows[n].id && !(deep && differs(row, rows[n])));
}

function fillDivider(node, { kind, label, at, ended }, actions) {
  if (kind === 'call') {
    setAll(node, { class: 'call-line' });
    return node.replaceChildren(icon(ended ? 'phone-off' : 'phone'), h('span', {}, label, ' ', h('time', { datetime: at }, clock(at))));
  }
  const jumps = kind === 'day' && actions.jumpToDate;
  setAll(node, { class: `divider ${kind}`, role: jumps ? null : 'separator', 'aria-label': jumps ? null : label });
  node.replaceChildren(jumps ? h('button', { type: 'button', title: strings.date.title, 'aria-haspopup': 'dialog', on: { click: () => actions.jumpToDate(at) } }, label) : h('span', {}, label));
}

const EMBLEMS = { private: 'lock', direct: 'people' };

const TOPS = {
  loading: skeleton,
  earlier: (_room, _name, more) => h('button', { type: 'button', class: 'earlier', on: { click: more } }),
  beginning: (room, name) => introduction('beginning', EMBLEMS[room.kind] ?? 'hash', strings.beginning(name), aboutOf(room)),
  none: () => null,
  quiet: () => h('p', { class: 'none' }, strings.thread.empty),
  empty: (room, name) => introduction('beginning empty', 'bubbles', strings.empty(name), keepsAll(room.retention) ? strings.emptyAbout : keeps(room.retention)),
};

/** What a room that keeps nothing, or only for a time, must say before people write. */
function aboutOf(room) {
  if (!keepsAll(room.retention)) return keeps(room.retention);
  return room.kind === 'direct' ? strings.beginningDirect : strings.beginningAbout;
}

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
