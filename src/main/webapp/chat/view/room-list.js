/**
 * The rooms: one's own with what is unread, then those one may join. It must never guess at a room: it shows what the
 * server listed.
 */
import { isMember } from '../store.js';
import { strings } from '../strings.js';
import { avatar } from './avatar.js';
import { arrange, h, hidden, icon, setAll, setText } from './dom.js';

export class RoomList {
  #actions;
  #items = new Map();
  #filter = '';
  #state = null;

  constructor(actions) {
    this.#actions = actions;
    this.mine = group(strings.yourRooms);
    this.others = group(strings.otherRooms);
    this.none = h('p', { class: 'none' });
    this.search = h('input', { type: 'search', placeholder: strings.findRoom, 'aria-label': strings.findRoom, autocomplete: 'off', on: { input: () => this.#filtered() } });
    this.ghosts = h('div', { class: 'skeleton', 'aria-hidden': 'true' }, [58, 74, 42, 66].map((width) => h('i', { style: { width: `${width}%` } })));
    this.person = h('footer', { class: 'person' });
    this.node = h(
      'nav',
      { class: 'rooms', 'aria-label': strings.rooms, on: { keydown: (event) => this.#pressed(event) } },
      h('header', {}, h('h2', {}, strings.rooms), newRoomButton(actions)),
      h('label', { class: 'search' }, icon('search'), this.search),
      h('div', { class: 'lists' }, this.ghosts, this.mine.node, this.others.node, this.none),
      this.person,
    );
  }

  update(state) {
    this.#state = state;
    const rooms = [...state.rooms.values()].filter((room) => this.#matches(room)).sort(byName);
    this.ghosts.hidden = state.listed;
    this.#fill(this.mine, rooms.filter(isMember));
    this.#fill(this.others, state.listed ? rooms.filter((room) => !isMember(room)) : []);
    this.none.hidden = !state.listed || rooms.length > 0;
    setText(this.none, this.#filter ? strings.noRoomFound : strings.noRooms);
    this.#showPerson(state.user);
    for (const id of this.#items.keys()) if (!state.rooms.has(id)) this.#items.delete(id);
  }

  focus() {
    (this.node.querySelector('[aria-current]') ?? this.search).focus();
  }

  #matches(room) {
    return (room.name ?? room.id).toLocaleLowerCase().includes(this.#filter);
  }

  #filtered() {
    this.#filter = this.search.value.trim().toLocaleLowerCase();
    this.update(this.#state);
  }

  #fill({ node, list }, rooms) {
    node.hidden = rooms.length === 0;
    arrange(list, rooms.map((room) => this.#item(room)));
  }

  #item(room) {
    let item = this.#items.get(room.id);
    if (!item) this.#items.set(room.id, (item = this.#newItem(room.id)));
    const { button, name, unread } = item;
    setText(name, room.name ?? room.id);
    if (button.dataset.kind !== room.kind) button.firstChild.replaceWith(icon(room.kind === 'private' ? 'lock' : 'hash'));
    setAll(button, { 'data-kind': room.kind, 'data-unread': room.unread > 0, 'aria-current': room.id === this.#state.open ? 'true' : null });
    unread.hidden = room.unread === 0;
    if (unread.dataset.count !== String(room.unread)) showUnread(unread, room.unread);
    return item.node;
  }

  #newItem(id) {
    const name = h('span', { class: 'name', dir: 'auto' });
    const unread = h('span', { class: 'badge' });
    const button = h('button', { type: 'button', class: 'room', 'data-room': id, on: { click: () => this.#actions.open(id) } }, icon('hash'), name, unread);
    return { node: h('li', {}, button), button, name, unread };
  }

  #showPerson(user) {
    if (!user || this.person.dataset.id === user.id) return;
    this.person.dataset.id = user.id;
    this.person.replaceChildren(avatar(user), h('bdi', {}, user.name || user.id));
  }

  /** Up and down go from room to room, as in any list. */
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

function showUnread(badge, count) {
  badge.dataset.count = count;
  badge.replaceChildren(h('span', { 'aria-hidden': 'true' }, count > 99 ? '99+' : String(count)), hidden(strings.unread(count)));
}

let groups = 0;

function group(title) {
  const id = `group-${++groups}`;
  const list = h('ul', { 'aria-labelledby': id });
  return { list, node: h('section', { hidden: true }, h('h3', { id }, title), list) };
}
