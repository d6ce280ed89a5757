/** The dialog that finds public rooms. The server searches; more are read when the end of the list comes into view. */
import { sentence, strings } from '../strings.js';
import { arrange, composes, h, icon, setText } from '../view/dom.js';

const words = strings.browse;
const TYPED_FOR = 200;

export class Browse {
  #session;
  #open;
  #rooms = /** @type {any[]} */ ([]);
  #more = false;
  #run = 0;
  #timer = 0;
  /** Where the next page begins. @type {string | undefined} */
  #last;

  /** `session()` returns the current session; `open(id)` opens a room; `create()` opens the dialog for a new room. */
  constructor(session, { open, newRoom }) {
    this.#session = session;
    this.#open = open;
    this.input = h('input', { type: 'search', 'aria-label': words.find, placeholder: words.find, autocomplete: 'off', spellcheck: 'false', on: { input: () => this.#typed(), keydown: (event) => this.#pressed(event) } });
    this.list = h('ul', { on: { keydown: (event) => this.#moved(event) } });
    this.said = h('p', { class: 'none', role: 'status' });
    this.end = h('button', { type: 'button', class: 'earlier', on: { click: () => this.#read(false) } }, words.more);
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => this.node.close() } }, icon('close'));
    const create = h('button', { type: 'button', on: { click: () => this.#create(newRoom) } }, strings.newRoom);
    const body = h('div', { class: 'found' }, this.list, this.said, this.end);
    this.node = h('dialog', { class: 'browse', 'aria-labelledby': 'browse-title', on: { click: (event) => event.target === this.node && this.node.close() } }, h('div', { class: 'head' }, h('h2', { id: 'browse-title' }, words.title), this.close), h('label', { class: 'search' }, icon('search'), this.input), body, h('footer', {}, create));
    new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#more && this.#read(false), { root: body }).observe(this.end);
  }

  open(text = '') {
    this.input.value = text;
    this.#rooms = [];
    this.#more = false;
    this.#draw(words.loading);
    this.node.showModal();
    this.input.focus();
    this.#read(true);
  }

  #create(newRoom) {
    this.node.close();
    newRoom();
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(true), TYPED_FOR);
  }

  /** Reads the first page or, without `afresh`, the next one. An answer to an earlier text is dropped. */
  async #read(afresh) {
    // The next page is on its way.
    if (!afresh && !this.#more) return;
    const run = afresh ? ++this.#run : this.#run;
    const after = afresh ? undefined : this.#last;
    this.#more = false;
    try {
      const { rooms, more, last } = await this.#session().browse(this.input.value.trim(), after);
      if (run !== this.#run) return;
      this.#rooms = afresh ? rooms : [...this.#rooms, ...rooms];
      this.#more = Boolean(more && last);
      this.#last = last;
      this.#draw(this.#rooms.length ? '' : words.none);
    } catch (problem) {
      if (run !== this.#run) return;
      // The button stays, to try again.
      this.#more = !afresh;
      this.#draw(sentence(problem));
    }
  }

  #draw(text) {
    arrange(this.list, this.#rooms.map((room) => this.#item(room)));
    setText(this.said, text);
    this.said.hidden = text === '';
    this.end.hidden = !this.#more;
  }

  #item(room) {
    const mine = this.#session().state.rooms.get(room.id)?.role;
    const joined = (mine ?? room.role ?? 'none') !== 'none';
    const about = h('span', { class: 'about' }, h('bdi', { class: 'name' }, room.name ?? room.id), room.topic && h('bdi', { class: 'topic' }, room.topic));
    return h('li', {}, h('button', { type: 'button', class: 'found-room', on: { click: () => this.#go(room) } }, icon(room.kind === 'private' ? 'lock' : 'hash'), about, joined && h('span', { class: 'role' }, words.joined)));
  }

  #go(room) {
    this.node.close();
    this.#open(room.id);
  }

  #pressed(event) {
    if (composes(event)) return;
    if (event.key === 'ArrowDown') this.list.querySelector('button')?.focus();
    else if (event.key === 'Enter' && this.#rooms.length === 1) this.#go(this.#rooms[0]);
    else return;
    event.preventDefault();
  }

  #moved(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...this.list.querySelectorAll('button')];
    if (!step) return;
    event.preventDefault();
    (all[all.indexOf(event.target) + step] ?? this.input).focus();
  }
}
