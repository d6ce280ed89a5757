/**
 * The sidebar: the person's rooms in sections, with unread counts, and rooms with messages that were not sent. Where the server doesn't report
 * the person's rooms, it lists the rooms that they can join too.
 */
import { READ } from '../rooms/fold.js';
import { RoomDrag } from '../rooms/drag.js';
import { labelOf, sections } from '../rooms/sections.js';
import { initial } from '../store.js';
import { strings } from '../strings.js';
import { avatar } from './avatar.js';
import { arrange, composes, fill, h, hidden, icon, setAll, setText } from './dom.js';

const words = strings.sidebar;
const DIRECT = 'direct';

export class RoomList {
  #actions;
  /** The room that the Tab key stops at. @type {string | null} */
  #stop = null;
  #items = new Map();
  #groups = new Map();
  #filter = '';
  #state = initial;
  #failed = new Map();
  #shownPerson;
  #shown = /** @type {any[]} */ ([]);

  constructor(actions) {
    this.#actions = actions;
    this.none = h('div', { class: 'none' }, h('p'), h('button', { type: 'button', class: 'link', on: { click: () => actions.browse(this.search.value.trim()) } }, words.browseAll));
    this.search = h('input', { type: 'search', placeholder: strings.findRoom, 'aria-label': strings.findRoom, autocomplete: 'off', on: { input: () => this.#filtered(), keydown: (event) => this.#entered(event) } });
    this.ghosts = h('div', { class: 'skeleton', 'aria-hidden': 'true' }, [58, 74, 42, 66].map((width) => h('i', { style: { width: `${width}%` } })));
    this.person = h('footer', { class: 'person' });
    this.lists = h('div', { class: 'groups' });
    this.tools = h('div', { class: 'tools' }, newRoomButton(actions));
    this.node = h(
      'nav',
      { class: 'rooms', 'aria-label': strings.rooms, on: { keydown: (event) => this.#pressed(event), focusin: (event) => this.#focused(event), contextmenu: (event) => this.#asked(event) } },
      h('header', {}, h('h2', {}, strings.rooms), this.tools),
      h('label', { class: 'search' }, icon('search'), this.search),
      h('div', { class: 'lists' }, this.ghosts, this.lists, this.none),
      this.person,
    );
    this.drag = new RoomDrag(this.lists, (id, into) => actions.placeRoom?.(id, into));
  }

  update(state, unsent) {
    this.#state = state;
    this.#failed = countByRoom(unsent.filter((entry) => entry.state === 'failed'));
    this.#show();
  }

  focus() {
    (this.node.querySelector('[aria-current]') ?? this.search).focus();
  }

  /** Focuses a room, after it moved. */
  focusOn(id) {
    this.#items.get(id)?.button.focus();
  }

  /** The sections as they are shown. */
  get sections() {
    return this.#shown;
  }

  #show() {
    const state = this.#state;
    this.#shown = sections(state, { filter: this.#filter, failed: this.#failed, unreadFirst: this.#setting('unread-first') });
    this.ghosts.hidden = state.listed || state.connection.phase === 'stopped';
    const offered = (key) => (key === DIRECT && state.features.includes(DIRECT)) || (key === 'mine' && this.#watched);
    const shown = this.#shown.filter(({ key, rooms }) => rooms.length > 0 || (offered(key) && state.listed && !this.#filter));
    arrange(this.lists, shown.map((section) => this.#group(section)));
    const count = this.#shown.reduce((sum, { rooms }) => sum + rooms.length, 0);
    this.none.hidden = !state.listed || (!this.#filter && shown.length > 0) || (count > 0 && !this.#watched);
    setText(this.none.firstChild, count > 0 ? '' : this.#filter ? strings.noRoomFound : strings.noRooms);
    this.none.lastChild.hidden = !this.#watched;
    this.#showPerson(state);
    for (const id of this.#items.keys()) if (!state.rooms.has(id) && !this.#failed.has(id)) this.#items.delete(id);
    this.#keepStop();
  }

  /** Of all rooms, one is a stop of the Tab key: the one with the focus, otherwise the open one. The arrow keys reach the others. */
  #keepStop() {
    const shown = (id) => this.#items.get(id)?.node.isConnected;
    const isInside = this.lists.contains(/** @type {ShadowRoot} */ (this.node.getRootNode()).activeElement ?? null);
    const stop = [isInside ? this.#stop : null, this.#state.open, this.#stop].find(shown) ?? this.lists.querySelector('[data-row]')?.dataset.row ?? null;
    this.#stopAt(stop);
  }

  #stopAt(id) {
    if (id === this.#stop && this.#items.get(id)?.button.tabIndex === 0) return;
    for (const part of this.#partsOf(this.#stop)) part.tabIndex = -1;
    this.#stop = id;
    for (const part of this.#partsOf(id)) part.tabIndex = 0;
  }

  #partsOf(id) {
    const item = this.#items.get(id);
    return item ? [item.button, item.more] : [];
  }

  #focused({ target }) {
    const id = target.closest?.('[data-row]')?.dataset.row;
    if (id !== undefined) this.#stopAt(id);
  }

  get #watched() {
    return this.#state.features.includes(READ);
  }

  #setting(name, ...more) {
    return Boolean(this.#actions.own?.()?.get('sidebar', name, ...more));
  }

  #filtered() {
    this.#filter = this.search.value.trim().toLocaleLowerCase();
    this.#show();
  }

  /** Enter opens the first room, or looks for one on the server. */
  #entered(event) {
    if (event.key !== 'Enter' || composes(event) || !this.#filter) return;
    event.preventDefault();
    const first = this.#shown.find(({ rooms }) => rooms.length > 0)?.rooms[0];
    if (first) this.#actions.open(first.id);
    else this.#actions.browse(this.search.value.trim());
  }

  #group({ key, name, rooms }) {
    let group = this.#groups.get(key);
    if (!group) this.#groups.set(key, (group = this.#newGroup(key, name)));
    const folded = this.#setting('folded', key) && !this.#filter;
    setAll(group.toggle, { 'aria-expanded': String(!folded) });
    setAll(group.node, { 'data-folded': folded });
    group.add?.toggleAttribute('hidden', !(key === DIRECT ? this.#state.features.includes(DIRECT) : this.#watched));
    const shown = folded ? rooms.filter(({ id, mentions, unread, kind }) => id === this.#state.open || mentions > 0 || (kind === DIRECT && unread > 0)) : rooms;
    arrange(group.list, shown.map((room) => this.#item(room)));
    return group.node;
  }

  #newGroup(key, name) {
    const id = `group-${++groups}`;
    const title = name ?? titleOf(key);
    const list = h('ul', { 'aria-labelledby': id });
    const toggle = h('button', { type: 'button', class: 'fold', id, 'aria-expanded': 'true', on: { click: () => this.#fold(key) } }, icon('chevron'), h('span', { dir: 'auto' }, title));
    const add = ADDS[key] && h('button', { type: 'button', class: 'round add', 'aria-label': words[ADDS[key].label], title: words[ADDS[key].label], on: { click: () => this.#actions[ADDS[key].act]('') } }, icon(ADDS[key].icon));
    const heading = h('h3', {}, toggle, add);
    return { list, toggle, add, node: h('section', { 'data-section': key }, heading, list) };
  }

  #fold(key) {
    this.#actions.own?.()?.set(this.#setting('folded', key) ? null : true, 'sidebar', 'folded', key);
    this.#show();
  }

  #item(room) {
    let item = this.#items.get(room.id);
    if (!item) this.#items.set(room.id, (item = this.#newItem(room.id)));
    const failed = this.#failed.get(room.id) ?? 0;
    const open = room.id === this.#state.open;
    const me = this.#state.user?.id;
    const key = [room.name, room.kind, room.role, room.people, room.unread, room.mentions, room.level, room.hidden, failed, open, me, this.#watched];
    if (item.key?.every((value, n) => value === key[n])) return item.node;
    item.key = key;
    this.#fillItem(item, room, { failed, open, me });
    return item.node;
  }

  #fillItem({ node, button, name, count, failed: lost, more }, room, { failed, open, me }) {
    const quiet = room.level === 'nothing';
    setText(name, labelOf(room));
    const emblem = emblemOf(room, me);
    if (button.dataset.emblem !== emblem.key) button.firstChild.replaceWith(emblem.make());
    setAll(button, { 'data-emblem': emblem.key, 'data-kind': room.kind, 'data-unread': room.unread > 0 && !quiet, 'data-quiet': quiet, 'aria-current': open ? 'true' : null });
    const important = room.kind === DIRECT ? room.unread : (room.mentions ?? 0);
    const strong = !this.#watched || (important > 0 && !quiet);
    count.classList.toggle('quiet', !strong);
    showCount(count, strong && this.#watched ? important : quiet ? room.mentions : room.unread, words.counts(room.unread, room.mentions ?? 0));
    showCount(lost, failed, strings.unsent(failed));
    const label = words.options(labelOf(room));
    more.hidden = !this.#watched || room.role === 'none' || room.name === undefined;
    setAll(more, { 'aria-label': label, title: label });
    setAll(node, { draggable: this.#watched && room.role !== 'none' ? 'true' : null });
  }

  #newItem(id) {
    const name = h('span', { class: 'name', dir: 'auto' });
    const count = h('span', { class: 'badge' });
    const failed = h('span', { class: 'badge failed' });
    const button = h('button', { type: 'button', class: 'room', tabindex: '-1', 'data-room': id, on: { click: () => this.#actions.open(id) } }, icon('hash'), name, failed, count);
    const more = h('button', { type: 'button', class: 'round room-more', tabindex: '-1', 'aria-haspopup': 'menu', hidden: true, on: { click: () => this.#actions.roomMenu(id, more) } }, icon('more'));
    return { node: h('li', { class: 'row', 'data-row': id }, button, more), button, name, count, failed, more };
  }

  /** A right click, a long press, or the menu key. */
  #asked(event) {
    const id = event.target.closest?.('[data-row]')?.dataset.row;
    const item = id !== undefined && this.#items.get(id);
    if (!item || item.more.hidden) return;
    event.preventDefault();
    this.#actions.roomMenu(id, item.button);
  }

  #showPerson({ user, me, features }) {
    const key = JSON.stringify([user, me?.status, me?.availability, features.includes('people')]);
    if (key === this.#shownPerson) return;
    this.#shownPerson = key;
    if (!user || !features.includes('people')) return fill(this.person, user && [avatar(user), h('bdi', {}, user.name || user.id)]);
    const status = me?.status;
    const about = status ? h('span', { class: 'status-text', dir: 'auto' }, [status.emoji, status.text].filter(Boolean).join(' ')) : null;
    const face = h('span', { class: 'face', 'data-availability': me?.availability ?? 'auto' }, avatar(user));
    fill(this.person, h('button', { type: 'button', class: 'self', title: strings.people.you, on: { click: () => this.#actions.preferences() } }, face, h('span', { class: 'who' }, h('bdi', {}, user.name || user.id), about), hidden(strings.people.you), icon('gear')));
  }

  /** The arrow keys, Home and End move between rooms. With Alt, the arrow keys move the room. */
  #pressed(event) {
    const rooms = [...this.node.querySelectorAll('.room')];
    const at = rooms.indexOf(event.target.closest?.('.room'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rooms.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    if (event.altKey && this.#watched && event.key.startsWith('Arrow')) this.#actions.shiftRoom(rooms[at].dataset.room, to - at);
    else rooms[to]?.focus();
  }
}

const titleOf = (key) => ({ mine: strings.yourRooms, others: strings.otherRooms, lost: strings.notSent, favourites: words.favourites, direct: words.direct, visiting: words.visiting })[key];
const ADDS = { mine: { label: 'browse', icon: 'compass', act: 'browse' }, direct: { label: 'newDirect', icon: 'plus', act: 'newDirect' } };

/** What stands before the name: the other person, or what kind of room it is. */
function emblemOf({ kind, people }, me) {
  const others = kind === DIRECT ? (people ?? []).filter(({ id }) => id !== me) : [];
  if (others.length === 1) return { key: JSON.stringify(['one', others[0].id, others[0].name]), make: () => avatar(others[0]) };
  const name = kind === DIRECT ? 'people' : kind === 'private' ? 'lock' : 'hash';
  return { key: name, make: () => icon(name) };
}

function newRoomButton(actions) {
  return h('button', { type: 'button', class: 'round', 'aria-label': strings.newRoom, title: strings.newRoom, on: { click: () => actions.newRoom() } }, icon('plus'));
}

function showCount(badge, count, label) {
  badge.hidden = !count;
  if (!count) return badge.replaceChildren();
  badge.replaceChildren(h('span', { 'aria-hidden': 'true' }, count > 99 ? '99+' : String(count)), hidden(label));
}

function countByRoom(entries) {
  const counts = new Map();
  for (const { room } of entries) counts.set(room, (counts.get(room) ?? 0) + 1);
  return counts;
}

let groups = 0;
