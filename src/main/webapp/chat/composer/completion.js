/**
 * Suggestions at the caret of the composer: people after `@`, rooms after `#`, emoji after `:`, commands after a `/` that begins the text.
 * The list is a listbox that the text box controls; the focus stays in the text box.
 */
import { customEmoji, picture, searchCustom } from '../emoji/custom.js';
import { emojiData } from '../emoji/data.js';
import { rememberEmoji, skinTone } from '../emoji/recent.js';
import { EVERYONE } from '../format/mentions.js';
import { strings } from '../strings.js';
import { avatar } from '../view/avatar.js';
import { composes, h, icon, setAll, setText } from '../view/dom.js';
import { ranked } from './fuzzy.js';
import { wordAt } from './trigger.js';

const MOST = 8;
let lists = 0;

/** @typedef {{ text: string, shown: any[], person?: import('../types.d.ts').User, emoji?: string }} Suggestion what is inserted, and what is shown */

export class Completion {
  #input;
  #directory;
  #insert;
  #id = `suggestions-${++lists}`;
  /** @type {Suggestion[]} */
  #suggestions = [];
  #active = 0;
  /** @type {ReturnType<typeof wordAt>} */
  #word = null;
  #dismissed = '';
  #asked = 0;

  /**
   * `insert(from, to, text, person?)` replaces a part of the text; `person` is the one that the text mentions.
   *
   * @param {HTMLTextAreaElement} input
   * @param {any} directory
   * @param {(from: number, to: number, text: string, person?: import('../types.d.ts').User) => void} insert
   */
  constructor(input, directory, insert) {
    this.#input = input;
    this.#directory = directory;
    this.#insert = insert;
    this.list = h('ul', { class: 'suggestions', role: 'listbox', id: this.#id, hidden: true });
    this.said = h('div', { class: 'spoken', role: 'status' });
    setAll(input, { 'aria-autocomplete': 'list', 'aria-controls': this.#id });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** The text or the caret changed. */
  async look() {
    const { value, selectionStart, selectionEnd } = this.#input;
    const word = selectionStart === selectionEnd ? wordAt(value, selectionStart) : null;
    this.#word = word;
    const asked = ++this.#asked;
    if (!word || this.#dismissed === signature(word)) return this.#show([]);
    const found = await this.#find(word);
    // The person typed on while the emoji were loaded.
    if (asked !== this.#asked) return;
    if (word.kind === '::') this.#complete(found);
    else this.#show(found);
  }

  /** Whether the key was for the list. */
  press(event) {
    if (!this.isOpen || composes(event)) return false;
    const act = this.#keys[event.key];
    if (!act || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
    event.preventDefault();
    event.stopPropagation();
    act();
    return true;
  }

  close() {
    this.#asked++;
    this.#show([]);
  }

  #keys = {
    ArrowDown: () => this.#move(1),
    ArrowUp: () => this.#move(-1),
    Enter: () => this.#choose(this.#suggestions[this.#active]),
    Tab: () => this.#choose(this.#suggestions[this.#active]),
    Escape: () => this.#dismiss(),
  };

  /** Escape closes the list for this word. */
  #dismiss() {
    if (this.#word) this.#dismissed = signature(this.#word);
    this.close();
  }

  async #find({ kind, query }) {
    if (kind === '@') return this.#people(query);
    if (kind === '#') return this.#rooms(query);
    if (kind === '/') return this.#commands(query);
    const { access } = this.#directory;
    const [data, own] = await Promise.all([emojiData().catch(() => null), kind === ':' ? customEmoji(access) : new Map()]);
    const custom = searchCustom(own, query, MOST).map((one) => emoji(one, one.emoji, picture(access, one)));
    if (!data) return custom;
    const tone = skinTone(this.#input);
    const found = kind === ':' ? data.search(query, MOST) : [data.byCode.get(query.toLowerCase())].filter((one) => one !== undefined);
    return [...custom, ...found.map((one) => emoji(one, data.inTone(one, tone)))].slice(0, MOST);
  }

  #people(query) {
    this.#directory.askMembers().then((loaded) => loaded && this.#word?.kind === '@' && this.look());
    this.#directory.lookUp?.(query).then((found) => found && this.#word?.kind === '@' && this.look());
    const people = this.#directory.people();
    const found = ranked(people, query, ({ id, name }) => [name ?? id, id], MOST).map((one) => person(one, people));
    const all = this.#directory.mayMentionEveryone ? ranked(EVERYONE.slice(0, 1), query, (word) => [word], 1).map(everyone) : [];
    return [...found, ...all].slice(0, MOST);
  }

  async #commands(query) {
    const all = (await this.#directory.commands?.()) ?? [];
    return all.filter(({ name }) => name.startsWith(query)).slice(0, MOST).map(command);
  }

  #rooms(query) {
    return ranked(this.#directory.rooms(), query, ({ id, name }) => [name, id], MOST).map(room);
  }

  /** A complete code becomes its emoji without a list. */
  #complete(found) {
    this.#show([]);
    if (found.length) this.#choose(found[0], '');
  }

  /** @param {Suggestion} suggestion */
  #choose({ text, person: mentioned, emoji: chosen }, after = ' ') {
    if (!this.#word) return;
    if (chosen) rememberEmoji(this.#input, chosen);
    const { from, query, kind } = this.#word;
    const end = from + kind.length + query.length;
    this.close();
    this.#insert(from, end, text + after, mentioned);
  }

  #show(suggestions) {
    const before = this.#suggestions.length;
    this.#suggestions = suggestions;
    this.#active = 0;
    this.list.hidden = suggestions.length === 0;
    this.list.replaceChildren(...suggestions.map((one, index) => this.#option(one, index)));
    if (suggestions.length) setAll(this.list, { 'aria-label': strings.suggestions(this.#word?.kind ?? '') });
    if (suggestions.length !== before) setText(this.said, suggestions.length ? strings.suggested(suggestions.length) : '');
    this.#mark();
  }

  #option(suggestion, index) {
    const option = h('li', { role: 'option', id: `${this.#id}-${index}` }, suggestion.shown);
    // The text box keeps the focus.
    option.addEventListener('pointerdown', (event) => event.preventDefault());
    option.addEventListener('click', () => this.#choose(suggestion));
    return option;
  }

  #move(by) {
    const { length } = this.#suggestions;
    this.#active = (this.#active + by + length) % length;
    this.#mark();
  }

  #mark() {
    [...this.list.children].forEach((option, index) => setAll(option, { 'aria-selected': String(index === this.#active) }));
    setAll(this.#input, { 'aria-activedescendant': this.isOpen ? `${this.#id}-${this.#active}` : null });
    this.list.children[this.#active]?.scrollIntoView({ block: 'nearest' });
  }
}

function signature({ kind, from }) {
  return `${kind}${from}`;
}

/** @returns {Suggestion} */
function person(one, people) {
  const { id, name } = one;
  // Of two people with the same name, the id says who is meant.
  const isAmbiguous = !name || people.some((other) => other.id !== id && other.name?.toLowerCase() === name.toLowerCase());
  const shown = [avatar(one), h('bdi', { class: 'name' }, name ?? id), name !== id && name && h('bdi', { class: 'more-about' }, id)];
  return { text: `@${isAmbiguous ? id : name}`, person: { id, name: isAmbiguous ? id : name }, shown: shown.filter(Boolean) };
}

/** @returns {Suggestion} */
function everyone(word) {
  return { text: `@${word}`, shown: [h('span', { class: 'emblem' }, icon('people')), h('span', { class: 'name' }, `@${word}`), h('span', { class: 'more-about' }, strings.everyoneAbout)] };
}

/** @returns {Suggestion} */
function room({ id, name }) {
  return { text: `#${id}`, shown: [h('span', { class: 'emblem' }, icon('hash')), h('bdi', { class: 'name' }, name), h('bdi', { class: 'more-about' }, id)] };
}

/** @returns {Suggestion} */
function command({ name, description, hint, by }) {
  const about = [hint, description, by?.name].filter(Boolean).join(' · ');
  return { text: `/${name}`, shown: [h('span', { class: 'emblem' }, '/'), h('span', { class: 'name whole' }, `/${name}`), h('bdi', { class: 'more-about' }, about)] };
}

/** @returns {Suggestion} */
function emoji({ emoji: plain, codes, name }, text, sign = text) {
  return { text, emoji: plain, shown: [h('span', { class: 'emoji' }, sign), h('span', { class: 'name' }, `:${codes[0] ?? name}:`), ...(name === codes[0] ? [] : [h('span', { class: 'more-about' }, name)])] };
}
