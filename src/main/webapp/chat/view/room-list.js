/**
 * The room list: the person's rooms with unread counts, rooms they can join, and lost rooms that still have messages in the outbox. It
 * shows only rooms that the server listed or the person wrote to.
 */
import { initial, isMember } from '../store.js';
import { strings } from '../strings.js';
import { avatar } from './avatar.js';
import { arrange, fill, h, hidden, icon, setAll, setText } from './dom.js';

export class RoomList {
  #actions;
  #items = new Map();
  #filter = '';
  #state = initial;
  #failed = new Map();
  #shownPerson;

  constructor(actions) {
    this.#actions = actions;
    this.mine = group(strings.yourRooms);
    this.others = group(strings.otherRooms);
    this.lost = group(strings.notSent);
    this.none = h('p', { class: 'none' });
    this.search = h('input', { type: 'search', placeholder: strings.findRoom, 'aria-label': strings.findRoom, autocomplete: 'off', on: { input: () => this.#filtered() } });
    this.ghosts = h('div', { class: 'skeleton', 'aria-hidden': 'true' }, [58, 74, 42, 66].map((width) => h('i', { style: { width: `${width}%` } })));
    this.person = h('footer', { class: 'person' });
    this.node = h(
      'nav',
      { class: 'rooms', 'aria-label': strings.rooms, on: { keydown: (event) => this.#pressed(event) } },
      h('header', {}, h('h2', {}, strings.rooms), newRoomButton(actions)),
      h('label', { class: 'search' }, icon('search'), this.search),
      h('div', { class: 'lists' }, this.ghosts, this.mine.node, this.others.node, this.lost.node, this.none),
      this.person,
    );
  }

  update(state, unsent) {
    this.#state = state;
    this.#failed = countByRoom(unsent.filter((entry) => entry.state === 'failed'));
    this.#show();
  }

  focus() {
    (this.node.querySelector('[aria-current]') ?? this.search).focus();
  }

  #show() {
    const state = this.#state;
    const rooms = [...state.rooms.values()].filter((room) => this.#matches(room)).sort(byName);
    this.ghosts.hidden = state.listed || state.connection.phase === 'stopped';
    this.#fill(this.mine, rooms.filter(isMember));
    this.#fill(this.others, state.listed ? rooms.filter((room) => !isMember(room)) : []);
    const lost = state.listed ? [...this.#failed.keys()].filter((id) => !state.rooms.has(id)) : [];
    this.#fill(this.lost, lost.map((id) => ({ id, name: null, kind: 'private', unread: 0 })));
    this.none.hidden = !state.listed || rooms.length > 0;
    setText(this.none, this.#filter ? strings.noRoomFound : strings.noRooms);
    this.#showPerson(state.user);
    for (const id of this.#items.keys()) if (!state.rooms.has(id) && !this.#failed.has(id)) this.#items.delete(id);
  }

  #matches(room) {
    return (room.name ?? room.id).toLocaleLowerCase().includes(this.#filter);
  }

  #filtered() {
    this.#filter = this.search.value.trim().toLocaleLowerCase();
    this.#show();
  }

  #fill({ node, list }, rooms) {
    node.hidden = rooms.length === 0;
    arrange(list, rooms.map((room) => this.#item(room)));
  }

  #item(room) {
    let item = this.#items.get(room.id);
    if (!item) this.#items.set(room.id, (item = this.#newItem(room.id)));
    const { button, name, failed, unread } = item;
    setText(name, room.name ?? room.id);
    if (button.dataset.kind !== room.kind) button.firstChild.replaceWith(icon(room.kind === 'private' ? 'lock' : 'hash'));
    setAll(button, { 'data-kind': room.kind, 'data-unread': room.unread > 0, 'aria-current': room.id === this.#state.open ? 'true' : null });
    showCount(unread, room.unread, strings.unread);
    showCount(failed, this.#failed.get(room.id) ?? 0, strings.unsent);
    return item.node;
  }

  #newItem(id) {
    const name = h('span', { class: 'name', dir: 'auto' });
    const unread = h('span', { class: 'badge' });
    const failed = h('span', { class: 'badge failed' });
    const button = h('button', { type: 'button', class: 'room', 'data-room': id, on: { click: () => this.#actions.open(id) } }, icon('hash'), name, failed, unread);
    return { node: h('li', {}, button), button, name, failed, unread };
  }

  #showPerson(user) {
    if (user?.id === this.#shownPerson) return;
    this.#shownPerson = user?.id;
    fill(this.person, user && [avatar(user), h('bdi', {}, user.name || user.id)]);
  }

  /** The arrow keys move between rooms. */
  #pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rooms = [...this.node.querySelectorAll('.room')];
    const at = rooms.indexOf(event.target.closest?.('.room'));
    if (!step || at < 0) return;
    event.preventDefault();
    rooms[at + step]?.focus();
  }
}

function byName(a, b) {
  return (a.name ?? a.id).localeCompare(b.name ?? b.id);
}

function newRoomButton(actions) {
  return h('button', { type: 'button', class: 'round', 'aria-label': strings.newRoom, title: strings.newRoom, on: { click: () => actions.newRoom() } }, icon('plus'));
}

function showCount(badge, count, words) {
  badge.hidden = count === 0;
  if (badge.dataset.count === String(count)) return;
  badge.dataset.count = count;
  badge.replaceChildren(h('span', { 'aria-hidden': 'true' }, count > 99 ? '99+' : String(count)), hidden(words(count)));
}

function countByRoom(entries) {
  const counts = new Map();
  for (const { room } of entries) counts.set(room, (counts.get(room) ?? 0) + 1);
  return counts;
}

let groups = 0;

function group(title) {
  const id = `group-${++groups}`;
  const list = h('ul', { 'aria-labelledby': id });
  return { list, node: h('section', { hidden: true }, h('h3', { id }, title), list) };
}
