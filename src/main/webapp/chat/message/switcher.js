/** Goes to another room by a part of its name: unread and own rooms first, then those that the server finds. */
import { isMember } from '../store.js';
import { locale, strings } from '../strings.js';
import { composes, h, icon, setAll } from '../view/dom.js';

const words = strings.switcher;
const MOST = 20;
const TYPED_FOR = 150;

export class Switcher {
  #open;
  #rooms = [];
  #chosen = 0;
  #browse;
  #run = 0;
  #timer = 0;
  #looking = false;
  #going = false;

  /** `open(id)` opens a room. `browse(text)` resolves to rooms of the server whose names match; without it there are no others. */
  constructor(open, browse = /** @type {((text: string) => Promise<any[]>) | null} */ (null)) {
    this.#open = open;
    this.#browse = browse;
    this.list = h('ul', { id: 'switcher-list', role: 'listbox', 'aria-label': words.title });
    this.none = h('p', { class: 'none', role: 'status' });
    this.input = h('input', {
      type: 'text', role: 'combobox', 'aria-label': words.find, placeholder: words.find, 'aria-controls': 'switcher-list', 'aria-expanded': 'true', 'aria-autocomplete': 'list', autocomplete: 'off', spellcheck: 'false',
      on: { input: () => this.#typed(), keydown: (event) => this.#pressed(event) },
    });
    this.node = h('dialog', { class: 'switcher', 'aria-label': words.title, on: { click: (event) => event.target === this.node && this.node.close() } }, h('label', {}, icon('search'), this.input), this.list, this.none);
  }

  open(state) {
    this.state = state;
    this.others = [];
    this.input.value = '';
    this.#looking = this.#going = false;
    this.#find();
    this.node.showModal();
    this.input.focus();
  }

  #typed() {
    this.#going = false;
    this.#find();
    clearTimeout(this.#timer);
    const text = this.input.value.trim();
    const run = ++this.#run;
    this.#looking = text !== '' && Boolean(this.#browse);
    if (this.#looking) this.#timer = setTimeout(() => this.#look(text, run), TYPED_FOR);
  }

  async #look(text, run) {
    const others = await this.#browse?.(text).catch(() => []);
    if (run !== this.#run) return;
    this.others = others ?? [];
    this.#looking = false;
    const before = this.#rooms[this.#chosen]?.id;
    this.#find();
    this.#chosen = Math.max(0, this.#rooms.findIndex(({ id }) => id === before));
    this.#mark();
    if (this.#going && this.node.open) this.#go(0);
  }

  others = /** @type {any[]} */ ([]);

  #find() {
    const text = this.input.value.trim().toLocaleLowerCase();
    const rank = (room) => (room.unread ? 0 : 1) + (isMember(room) ? 0 : 2);
    const name = (room) => (room.name ?? room.id).toLocaleLowerCase();
    const found = [...this.state.rooms.values()].filter((room) => room.id !== this.state.open && name(room).includes(text));
    found.sort((a, b) => Number(name(b).startsWith(text)) - Number(name(a).startsWith(text)) || rank(a) - rank(b) || name(a).localeCompare(name(b), locale()));
    const more = text ? this.others.filter(({ id }) => !this.state.rooms.has(id)) : [];
    this.#rooms = [...found, ...more].slice(0, MOST);
    this.#chosen = 0;
    this.none.textContent = this.#rooms.length || this.#looking ? '' : words.none;
    this.none.hidden = this.#rooms.length > 0;
    this.list.replaceChildren(...this.#rooms.map((room, n) => h('li', { id: `switcher-${n}`, role: 'option', on: { click: () => this.#go(n) } }, icon({ private: 'lock', direct: 'people' }[room.kind] ?? 'hash'), h('span', { class: 'name', dir: 'auto' }, room.name ?? room.id), room.unread > 0 && h('span', { class: 'badge' }, room.unread > 99 ? '99+' : String(room.unread)))));
    this.#mark();
  }

  #pressed(event) {
    if (composes(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.#rooms.length) {
      this.#chosen = (this.#chosen + step + this.#rooms.length) % this.#rooms.length;
      this.#mark();
    } else if (event.key === 'Enter') {
      this.#going = this.#looking && !this.#rooms.length;
      this.#go(this.#chosen);
    }
    else return;
    event.preventDefault();
  }

  #mark() {
    [...this.list.children].forEach((option, n) => setAll(option, { 'aria-selected': String(n === this.#chosen) }));
    setAll(this.input, { 'aria-activedescendant': this.#rooms.length ? `switcher-${this.#chosen}` : null });
    this.list.children[this.#chosen]?.scrollIntoView?.({ block: 'nearest' });
  }

  #go(n) {
    const room = this.#rooms[n];
    if (!room) return;
    this.node.close();
    this.#open(room.id);
  }
}
