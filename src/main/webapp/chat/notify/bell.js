/** The bell above the rooms: how many notifications are unread, and their list. */
import { sentence, strings } from '../strings.js';
import { avatar } from '../view/avatar.js';
import { beside, isPressedAgain, putInside } from '../view/beside.js';
import { arrange, asSheet, h, icon, isFocusFree, setAll, setText } from '../view/dom.js';
import { shortly } from '../view/times.js';

const words = strings.notices;
const GAP = 6;

export class Bell {
  #session;
  #acts;
  #items = new Map();
  #shown = /** @type {any} */ (null);
  #latest = 0;

  /**
   * `session()` returns the current session. `acts` are `open(room, offset, why, text)`, `roomName(id)`, `preferences()`, and `scheduled()`,
   * which shows what waits for its time.
   */
  constructor(session, acts) {
    this.#session = session;
    this.#acts = acts;
    this.count = h('span', { class: 'badge', 'aria-hidden': 'true', hidden: true });
    this.button = h('button', { type: 'button', class: 'round bell', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', hidden: true, on: { click: () => this.#toggle() } }, icon('bell'), this.count);
    this.said = h('span', { class: 'spoken', role: 'status' });
    this.list = h('ul');
    this.none = h('div', { class: 'empty' }, h('span', { class: 'emblem' }, icon('bell')), h('h3', {}, words.none), h('p', {}, words.noneAbout));
    this.problem = h('p', { class: 'problem', role: 'alert' });
    this.earlier = h('button', { type: 'button', class: 'earlier', on: { click: () => this.#attempt(() => this.#notices.earlier()) } }, words.earlier);
    this.all = h('button', { type: 'button', class: 'link', on: { click: () => this.#attempt(() => this.#notices.readAll()) } }, words.readAll);
    const settings = h('button', { type: 'button', class: 'round', 'aria-label': words.settings, title: words.settings, on: { click: () => this.#leave(() => acts.preferences()) } }, icon('gear'));
    this.scheduled = h('button', { type: 'button', class: 'round', 'aria-label': words.scheduled, title: words.scheduled, on: { click: () => this.#leave(() => acts.scheduled()) } }, icon('clock'));
    const close = h('button', { type: 'button', class: 'round close', 'aria-label': strings.close, title: strings.close, on: { click: () => this.close() } }, icon('close'));
    this.node = h('div', { class: 'notices', popover: 'auto', role: 'dialog', 'aria-labelledby': 'notices-title', tabindex: '-1', on: { toggle: (event) => this.#toggled(event), keydown: (event) => this.#pressed(event) } }, h('header', {}, h('h2', { id: 'notices-title' }, words.title), this.all, this.scheduled, settings, close), this.problem, h('div', { class: 'scrolls' }, this.list, this.none, this.earlier));
  }

  update({ notices, features, user }) {
    this.button.hidden = !user || !features.includes('notifications');
    this.scheduled.hidden = !features.includes('schedule');
    if (this.button.hidden || notices === this.#shown) return;
    const before = this.#shown;
    this.#shown = notices;
    const { unread, list } = notices;
    this.count.hidden = unread === 0;
    setText(this.count, unread > 99 ? '99+' : String(unread));
    setAll(this.button, { 'aria-label': words.show(unread), title: words.show(unread) });
    if (before?.loaded && list[0]?.id > this.#latest && !list[0].read) setText(this.said, `${this.#title(list[0])} ${list[0].text ?? ''}`);
    this.#latest = list[0]?.id ?? this.#latest;
    if (this.node.matches(':popover-open')) this.#draw();
  }

  close() {
    if (this.node.matches(':popover-open')) this.node.hidePopover();
  }

  get #notices() {
    return this.#session().notices;
  }

  #toggle() {
    if (isPressedAgain(this.button) || this.node.matches(':popover-open')) return this.close();
    setText(this.problem, '');
    this.#draw();
    this.node.toggleAttribute('data-sheet', asSheet());
    this.node.showPopover();
    beside(this.node, this.button, () => this.#put());
    this.node.focus({ preventScroll: true });
    this.#attempt(() => this.#notices.load());
  }

  #toggled({ newState }) {
    setAll(this.button, { 'aria-expanded': String(newState === 'open') });
    const root = /** @type {ShadowRoot} */ (this.node.getRootNode());
    if (newState === 'closed' && (isFocusFree() || this.node.contains(root.activeElement))) this.button.focus({ preventScroll: true });
  }

  async #attempt(act) {
    setText(this.problem, '');
    try {
      await act();
    } catch (problem) {
      setText(this.problem, sentence(problem));
    }
  }

  #draw() {
    const { list, more, unread } = this.#shown;
    const items = list.map((notice) => this.#item(notice));
    arrange(this.list, items);
    for (const notice of this.#items.keys()) if (!list.includes(notice)) this.#items.delete(notice);
    this.none.hidden = list.length > 0;
    this.earlier.hidden = !more;
    this.all.hidden = unread === 0;
  }

  #item(notice) {
    let item = this.#items.get(notice);
    if (!item) this.#items.set(notice, (item = this.#newItem(notice)));
    return item;
  }

  #newItem(notice) {
    const { by, at, text, read, room, offset, why } = notice;
    const body = h('span', { class: 'body' }, h('span', { class: 'heading' }, h('bdi', {}, this.#title(notice)), h('time', { datetime: at }, shortly(at))), text && h('span', { class: 'excerpt', dir: 'auto' }, text));
    return h('li', {}, h('button', { type: 'button', class: 'notice-item', 'data-unread': !read, on: { click: () => this.#leave(() => this.#acts.open(room, offset, why, text)) } }, avatar(by), body, !read && h('span', { class: 'dot', role: 'img', 'aria-label': words.unread })));
  }

  #title(notice) {
    return titleOf(notice, this.#acts.roomName(notice.room));
  }

  #leave(act) {
    this.close();
    act();
  }

  #pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...this.list.querySelectorAll('button')];
    if (!step || !all.length) return;
    event.preventDefault();
    const at = all.indexOf(event.target);
    (at < 0 ? all[0] : all[at + step])?.focus();
  }

  #put() {
    const { style } = this.node;
    for (const side of ['left', 'top']) style.removeProperty(side);
    if (this.node.hasAttribute('data-sheet')) return;
    const [at, box] = [this.button.getBoundingClientRect(), this.node.getBoundingClientRect()];
    const rtl = getComputedStyle(this.button).direction === 'rtl';
    const left = rtl ? at.right - box.width : at.left;
    putInside(this.node, left, at.bottom + GAP, GAP);
  }
}

/** What happened, in a line: "Bob mentioned you in Incidents". */
export function titleOf({ by, why, room }, name) {
  return (words.titles[why] ?? words.titles.mention)(by.name || by.id, name ?? room);
}
