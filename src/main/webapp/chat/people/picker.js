/**
 * A field that chooses people by name: a combobox whose list the server fills while the person types. One person, or up to `most`, as chips.
 * Nobody types an id: only people of the list can be chosen.
 */
import { sentence, strings } from '../strings.js';
import { avatar } from '../view/avatar.js';
import { composes, h, icon, setAll, setText } from '../view/dom.js';
import { statusOf } from './people.js';

const words = strings.people;
const TYPED_FOR = 150;
let pickers = 0;

export class PeoplePicker {
  #find;
  #most;
  #changed;
  #id = `picker-${++pickers}`;
  #people = /** @type {import('../types.d.ts').Person[]} */ ([]);
  #chosen = /** @type {import('../types.d.ts').Person[]} */ ([]);
  #active = 0;
  #run = 0;
  #timer = 0;

  /**
   * `find(text)` resolves to people; `changed(people)` receives the chosen ones.
   *
   * @param {{ find: (text: string) => Promise<import('../types.d.ts').Person[]>, most?: number, changed?: (people: import('../types.d.ts').Person[]) => void, label?: string }} options
   */
  constructor({ find, most = 1, changed = () => {}, label = words.find }) {
    this.#find = find;
    this.#most = most;
    this.#changed = changed;
    this.list = h('ul', { id: this.#id, role: 'listbox', 'aria-label': label, 'aria-multiselectable': most > 1 ? 'true' : null });
    this.input = h('input', {
      type: 'text', role: 'combobox', 'aria-label': label, placeholder: label, 'aria-controls': this.#id, 'aria-expanded': 'true', 'aria-autocomplete': 'list', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
      on: { input: () => this.#typed(), keydown: (event) => this.#pressed(event) },
    });
    this.chips = h('span', { class: 'chosen', role: 'list' });
    this.said = h('p', { class: 'none', role: 'status' });
    this.node = h('div', { class: 'people-picker' }, h('label', { class: 'field' }, this.chips, this.input), this.list, this.said);
  }

  /** The people who are chosen. */
  get people() {
    return this.#chosen;
  }

  open() {
    this.#chosen = [];
    this.#people = [];
    this.input.value = '';
    this.#drawChips();
    this.#draw(words.loading);
    this.#read();
  }

  focus() {
    this.input.focus();
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), TYPED_FOR);
  }

  async #read() {
    const run = ++this.#run;
    try {
      const people = await this.#find(this.input.value.trim());
      if (run !== this.#run) return;
      this.#people = people;
      this.#active = 0;
      this.#draw(people.length ? '' : words.none);
    } catch (problem) {
      if (run !== this.#run) return;
      this.#people = [];
      this.#draw(sentence(problem));
    }
  }

  #draw(text) {
    const shown = this.#people.filter(({ id }) => this.#most === 1 || !this.#chosen.some((one) => one.id === id));
    this.shown = shown;
    this.list.replaceChildren(...shown.map((person, n) => this.#option(person, n)));
    this.list.hidden = shown.length === 0;
    setText(this.said, text);
    this.said.hidden = text === '';
    this.#mark();
  }

  #option(person, n) {
    const status = statusOf(person);
    const about = [status && [status.emoji, status.text].filter(Boolean).join(' '), person.name && person.name !== person.id ? person.id : null].filter(Boolean).join(' · ');
    const option = h('li', { role: 'option', id: `${this.#id}-${n}` }, face(person), h('span', { class: 'about' }, h('bdi', { class: 'name' }, person.name || person.id), about && h('bdi', { class: 'topic' }, about)), icon('check'));
    // The field keeps the focus.
    option.addEventListener('pointerdown', (event) => event.preventDefault());
    option.addEventListener('click', () => this.#choose(n));
    return option;
  }

  #choose(n) {
    const person = this.shown?.[n];
    if (!person) return;
    if (this.#most === 1) this.#chosen = this.#isChosen(person) ? [] : [person];
    else if (this.#chosen.length < this.#most) this.#chosen = [...this.#chosen, person];
    if (this.#most > 1) {
      this.input.value = '';
      this.#typed();
    }
    this.#drawChips();
    this.#draw('');
    this.#changed(this.#chosen);
  }

  #isChosen({ id }) {
    return this.#chosen.some((one) => one.id === id);
  }

  #remove(id) {
    this.#chosen = this.#chosen.filter((one) => one.id !== id);
    this.#drawChips();
    this.#draw('');
    this.#changed(this.#chosen);
    this.input.focus();
  }

  #drawChips() {
    const chips = this.#most === 1 ? [] : this.#chosen;
    this.chips.replaceChildren(...chips.map((person) => h('span', { role: 'listitem', class: 'chip-person' }, h('bdi', {}, person.name || person.id), h('button', { type: 'button', 'aria-label': words.remove(person.name || person.id), on: { click: () => this.#remove(person.id) } }, icon('close')))));
    setAll(this.input, { placeholder: chips.length ? '' : this.input.getAttribute('aria-label') });
  }

  #pressed(event) {
    if (composes(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.shown?.length ?? 0;
    if (step && count) {
      this.#active = (this.#active + step + count) % count;
      this.#mark();
    } else if (event.key === 'Enter' && count && !this.#isChosen(this.shown[this.#active])) this.#choose(this.#active);
    else if (event.key === 'Backspace' && this.input.value === '' && this.#most > 1 && this.#chosen.length) return this.#remove(this.#chosen.at(-1)?.id);
    else return;
    event.preventDefault();
  }

  #mark() {
    [...this.list.children].forEach((option, n) => setAll(option, { 'aria-selected': String(this.#isChosen(this.shown[n])), 'data-active': n === this.#active }));
    setAll(this.input, { 'aria-activedescendant': this.list.children.length ? `${this.#id}-${this.#active}` : null });
    this.list.children[this.#active]?.scrollIntoView?.({ block: 'nearest' });
  }

  shown = /** @type {import('../types.d.ts').Person[]} */ ([]);
}

/** A person's initials with a dot for their availability. */
export function face(person) {
  const { availability } = person;
  return h('span', { class: 'face', 'data-availability': availability ?? 'auto' }, avatar(person));
}
