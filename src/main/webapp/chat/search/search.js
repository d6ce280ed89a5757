/**
 * The dialog that searches in messages: in one room, or in all rooms that the person may read. Results appear while the person types; filters
 * are chips; a result opens the message in its place.
 */
import { sentence, strings } from '../strings.js';
import { avatar } from '../view/avatar.js';
import { arrange, composes, h, icon, setAll, setText } from '../view/dom.js';
import { full, shortly } from '../view/times.js';
import { KINDS, LONGEST, OPERATORS, asks, excerpt, isDate, lastPart, parameters, taken, whileTyped } from './query.js';

const TYPED_FOR = 180;
const PAGE = 20;
/** Suggestions of people and of rooms. */
const MOST_SUGGESTED = 4;
/** Recent searches are kept while the page is open. */
const MOST_RECENT = 5;

export class Search {
  #acts;
  /** @type {import('./query.js').Filters} */
  #filters = {};
  #results = /** @type {any[]} */ ([]);
  /** How many of the results are documents: the first ones. */
  #documents = 0;
  #cursor = /** @type {string | undefined} */ (undefined);
  #suggestions = /** @type {any[]} */ ([]);
  #active = -1;
  #recent = /** @type {string[]} */ ([]);
  #run = 0;
  #lookup = 0;
  #timer = 0;
  #asked = '';
  /** The room that was open when the dialog opened. */
  #here = /** @type {any} */ (null);

  /**
   * `acts` are `session()`, `goTo(room, offset)`, `openDocument(room, id)`, `roomName(id)`, and `learn(user)`.
   *
   * @param {any} acts
   */
  constructor(acts) {
    this.#acts = acts;
    const words = strings.search;
    this.input = h('input', {
      type: 'search', role: 'combobox', 'aria-label': words.label, placeholder: words.label, 'aria-controls': 'search-suggestions', 'aria-expanded': 'false', 'aria-autocomplete': 'list', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'search', maxlength: String(LONGEST),
      on: { input: () => this.#typed(), keydown: (event) => this.#pressed(event) },
    });
    this.chips = h('ul', { class: 'narrowed', 'aria-label': words.filters });
    this.suggestions = h('ul', { id: 'search-suggestions', class: 'proposed', role: 'listbox', 'aria-label': words.suggestions, hidden: true });
    this.after = this.#date('after', words.after);
    this.before = this.#date('before', words.before);
    this.scope = h('button', { type: 'button', class: 'narrow', on: { click: () => { this.#set({ room: this.#here?.id }); this.input.focus(); } } }, words.here);
    this.kinds = KINDS.map((kind) => this.#toggle(kind, words.has[kind], () => this.#toggleKind(kind)));
    this.order = h('select', { 'aria-label': words.order, on: { change: () => this.#set({ byTime: this.order.value === 'time' }) } }, h('option', { value: 'match' }, words.best), h('option', { value: 'time' }, words.newest));
    const from = h('button', { type: 'button', class: 'narrow', on: { click: () => this.#begin('from:') } }, words.from);
    this.bar = h('div', { class: 'narrowing', role: 'group', 'aria-label': words.filters }, this.scope, from, this.kinds, this.after, this.before);
    this.said = h('p', { class: 'counted', role: 'status' });
    this.list = h('ul', { class: 'hits', 'aria-label': words.results, on: { keydown: (event) => this.#moved(event) } });
    this.none = h('div', { class: 'nothing' }, icon('search'), h('h3'), h('p'));
    this.more = h('button', { type: 'button', class: 'further', hidden: true, on: { click: () => this.#read(false) } }, words.more);
    const close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => this.node.close() } }, icon('close'));
    const field = h('div', { class: 'asked' }, icon('search'), this.input, close);
    const body = h('div', { class: 'found-messages' }, this.list, this.none, this.more);
    this.node = h(
      'dialog',
      { class: 'finder', 'aria-label': words.title, on: { click: (event) => event.target === this.node && this.node.close(), keydown: (event) => this.#shortcut(event) } },
      field, this.suggestions, this.chips, this.bar, h('div', { class: 'outcome' }, this.said, this.order), body,
    );
    new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#cursor && this.#read(false), { root: body }).observe(this.more);
  }

  /**
   * Opens the dialog. The former search stays if it had the same scope.
   *
   * @param {boolean} everywhere
   */
  open(everywhere) {
    const { state } = this.#acts.session();
    this.#here = state.rooms.get(state.open) ?? null;
    const room = everywhere ? null : (this.#here?.id ?? null);
    if (room !== (this.#filters.room ?? null)) this.#filters = { ...this.#filters, room };
    this.#draw();
    if (!this.node.open) this.node.showModal();
    this.input.focus();
    this.input.select();
    this.#suggest();
    this.#read(true);
  }

  #toggle(name, label, act) {
    return h('button', { type: 'button', class: 'narrow', 'data-filter': name, 'aria-pressed': 'false', on: { click: act } }, label);
  }

  #date(name, label) {
    const input = h('input', { type: 'date', 'aria-label': label, on: { change: () => this.#set({ [name]: isDate(input.value) ? input.value : undefined }) } });
    return h('label', { class: 'narrow day', 'data-filter': name }, h('span', { 'aria-hidden': 'true' }, label), input);
  }

  #toggleKind(kind) {
    const { has = [] } = this.#filters;
    this.#set({ has: has.includes(kind) ? has.filter((one) => one !== kind) : [...has, kind] });
  }

  /** Changes filters, and searches. */
  #set(change) {
    this.#filters = { ...this.#filters, ...change };
    this.#draw();
    this.#read(true);
  }

  /** Begins an operator in the field. */
  #begin(operator) {
    const { before } = lastPart(this.input.value);
    this.input.value = `${before}${before && !/\s$/.test(before) ? ' ' : ''}${operator}`;
    this.input.focus();
    this.#suggest();
  }

  #typed() {
    this.#takeOperators(false);
    this.#suggest();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(true), TYPED_FOR);
  }

  #takeOperators(all) {
    const { text, filters } = taken(this.input.value, all);
    if (!Object.keys(filters).length) return;
    this.input.value = text;
    const has = [...new Set([...(this.#filters.has ?? []), ...(filters.has ?? [])])];
    this.#filters = { ...this.#filters, ...filters, has };
    this.#draw();
  }

  /** Reads the first page or, without `afresh`, the next one. An answer to an earlier search is dropped. */
  async #read(afresh, entered = false) {
    // The next page is on its way.
    if (!afresh && this.#cursor === undefined) return;
    clearTimeout(this.#timer);
    const wanted = parameters(whileTyped(entered ? this.input.value : this.#text()), this.#filters);
    const key = JSON.stringify(wanted);
    if (afresh && key === this.#asked && this.#results.length) return;
    const run = afresh ? ++this.#run : this.#run;
    const cursor = afresh ? undefined : this.#cursor;
    this.#cursor = undefined;
    if (!asks(wanted)) {
      this.#asked = '';
      this.#results = [];
      this.#documents = 0;
      return this.#show({ title: strings.search.title, about: strings.search.about });
    }
    this.#asked = key;
    this.node.toggleAttribute('data-busy', true);
    try {
      const page = await this.#acts.session().search({ ...wanted, limit: String(PAGE), ...(cursor && { cursor }) });
      if (run !== this.#run) return;
      for (const { message } of page.results) this.#acts.learn(message.by);
      const documents = page.documents ?? [];
      this.#results = afresh ? [...documents, ...page.results] : [...this.#results, ...page.results];
      this.#cursor = page.cursor;
      if (afresh) this.#documents = documents.length;
      this.#show({ title: strings.search.none, about: strings.search.noneAbout, total: page.total, partial: page.partial });
    } catch (problem) {
      if (run !== this.#run) return;
      const why = sentence(problem, strings.search.problems);
      if (afresh) {
        this.#asked = '';
        this.#results = [];
        this.#documents = 0;
      } else {
        // The button stays, to try again.
        this.#cursor = cursor;
      }
      this.#show({ title: why, about: '', problem: afresh ? '' : why });
    }
  }

  /** The text without an operator that is still being typed. */
  #text() {
    const { before, operator } = lastPart(this.input.value);
    return operator ? before : this.input.value;
  }

  #draw() {
    const words = strings.search;
    const { room, by, has = [], after = '', before = '', byTime } = this.#filters;
    const chip = (label, remove) => h('li', {}, h('button', { type: 'button', 'aria-label': words.remove(label), title: words.remove(label), on: { click: () => { remove(); this.input.focus(); } } }, h('bdi', {}, label), icon('close')));
    this.chips.replaceChildren(...[
      room && chip(words.inRoom(this.#acts.roomName(room) ?? room), () => this.#set({ room: null })),
      by && chip(words.byPerson(by.name || by.id), () => this.#set({ by: null })),
    ].filter(Boolean));
    this.chips.hidden = !this.chips.children.length;
    // The chip takes the place of the button.
    this.scope.hidden = !this.#here || room === this.#here.id;
    KINDS.forEach((kind, n) => setAll(this.kinds[n], { 'aria-pressed': String(has.includes(kind)) }));
    for (const [label, value] of [[this.after, after], [this.before, before]]) {
      const input = label.querySelector('input');
      if (input.value !== value) input.value = value;
      label.toggleAttribute('data-on', Boolean(value));
    }
    this.order.value = byTime ? 'time' : 'match';
  }

  #show({ title, about, total = undefined, partial = false, problem = '' }) {
    const words = strings.search;
    this.node.toggleAttribute('data-busy', false);
    arrange(this.list, this.#results.map((result) => (result.item ??= this.#item(result))));
    this.list.hidden = this.#results.length === 0;
    this.none.hidden = this.#results.length > 0;
    setText(this.none.querySelector('h3'), title);
    setText(this.none.querySelector('p'), about);
    this.more.hidden = !this.#cursor;
    const messages = this.#results.length - this.#documents;
    const counted = messages || !this.#documents ? (total === undefined && this.#cursor ? words.foundMore(messages) : words.found(total ?? messages)) : '';
    const found = this.#results.length ? [this.#documents && words.foundDocuments(this.#documents), counted].filter(Boolean).join(', ') : this.#asked ? title : '';
    setText(this.said, [found, partial && words.partial, problem].filter(Boolean).join(' '));
  }

  #item(result) {
    if (result.document) return this.#documentItem(result);
    const { room, message, highlights, passage } = result;
    const { by, at, text = '', files = [] } = message;
    const shown = text || files.map(({ name }) => name).join(', ');
    const file = passage && files.find(({ id }) => id === passage.file);
    const inFile = passage && [
      h('span', { class: 'in-file' }, icon('file'), h('bdi', {}, file?.name ?? '')),
      h('span', { class: 'passage', dir: 'auto' }, marked(passage.text, passage.highlights)),
    ];
    const said = (text || !passage) && h('span', { class: 'passage', dir: 'auto' }, marked(shown, text ? highlights : []));
    const heading = h('span', { class: 'origin' }, h('bdi', { class: 'who' }, by.name || by.id), h('bdi', { class: 'where' }, this.#acts.roomName(room) ?? room), h('time', { datetime: at, title: full(at) }, shortly(at)));
    return h('li', {}, h('button', { type: 'button', class: 'hit', on: { click: () => this.#go(result) } }, avatar(by), h('span', { class: 'told' }, heading, said, inFile)));
  }

  #documentItem(result) {
    const { room, document, highlights, passage } = result;
    const heading = h('span', { class: 'origin' }, h('bdi', { class: 'who' }, marked(document.title, highlights)), h('bdi', { class: 'where' }, this.#acts.roomName(room) ?? room));
    const text = passage && h('span', { class: 'passage', dir: 'auto' }, marked(passage.text, passage.highlights));
    return h('li', {}, h('button', { type: 'button', class: 'hit of-document', on: { click: () => this.#go(result) } }, h('span', { class: 'page-icon', role: 'img', 'aria-label': strings.search.document }, icon('page')), h('span', { class: 'told' }, heading, text)));
  }

  #go({ room, message, document }) {
    this.#remember();
    this.node.close();
    if (document) this.#acts.openDocument(room, document.id);
    else this.#acts.goTo(room, message.offset);
  }

  #remember() {
    const text = this.input.value.trim();
    if (text) this.#recent = [text, ...this.#recent.filter((one) => one !== text)].slice(0, MOST_RECENT);
  }

  /** Suggests what the part that is being typed may mean: recent searches for an empty field, then operators, rooms and people. */
  async #suggest() {
    const run = ++this.#lookup;
    const { operator, value } = lastPart(this.input.value);
    const here = this.#guess(operator, value);
    this.#offer(here);
    const { people } = this.#acts.session();
    if (!people.on || (operator ? operator !== 'from:' : value.length < 2)) return;
    const found = await people.find(value, { limit: MOST_SUGGESTED }).catch(() => []);
    if (run !== this.#lookup || !this.node.open) return;
    const { user } = this.#acts.session().state;
    const own = user && begins(user.name || user.id, value) && operator ? [user] : [];
    this.#offer([...here, ...[...own, ...found].map((person) => ({ kind: 'from:', label: strings.search.byPerson(person.name || person.id), icon: 'people', person }))]);
  }

  #guess(operator, value) {
    const words = strings.search;
    const { rooms } = this.#acts.session().state;
    const lower = value.toLowerCase();
    const named = (room) => ({ kind: 'in:', label: words.inRoom(room.name ?? room.id), icon: 'hash', room: room.id });
    const inRooms = () => [...rooms.values()].filter((room) => begins(room.name ?? room.id, value)).slice(0, MOST_SUGGESTED).map(named);
    if (operator === 'in:') return inRooms();
    if (operator === 'has:') return KINDS.filter((kind) => kind.startsWith(lower)).map((kind) => ({ kind: 'has:', label: words.has[kind], icon: KIND_ICONS[kind], has: kind }));
    if (operator) return [];
    if (!this.input.value.trim()) return this.#recent.map((text) => ({ kind: 'recent', label: text, icon: 'clock', text }));
    const operators = lower ? OPERATORS.filter((one) => one.startsWith(lower)).map((one) => ({ kind: 'operator', label: `${one} ${words.operators[one]}`, icon: 'search', operator: one })) : [];
    return value.length > 1 ? [...operators, ...inRooms()] : operators;
  }

  #offer(suggestions) {
    this.#suggestions = suggestions;
    this.#active = -1;
    this.suggestions.replaceChildren(...suggestions.map((one, n) => {
      const option = h('li', { role: 'option', id: `search-suggestion-${n}`, 'aria-selected': 'false', on: { click: () => this.#choose(n) } }, icon(one.icon), h('bdi', {}, one.label));
      // The field keeps the focus.
      option.addEventListener('pointerdown', (event) => event.preventDefault());
      return option;
    }));
    this.suggestions.hidden = suggestions.length === 0;
    setAll(this.input, { 'aria-expanded': String(suggestions.length > 0), 'aria-activedescendant': null });
  }

  #choose(n) {
    const one = this.#suggestions[n];
    const { before } = lastPart(this.input.value);
    this.#offer([]);
    if (one.operator) return this.#begin(one.operator);
    this.input.value = one.text ?? before;
    this.input.focus();
    if (one.person) this.#set({ by: { id: one.person.id, name: one.person.name } });
    else if (one.room) this.#set({ room: one.room });
    else if (one.has) this.#set({ has: [...new Set([...(this.#filters.has ?? []), one.has])] });
    else this.#read(true);
  }

  #pressed(event) {
    if (composes(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.#suggestions.length;
    if (step && count && !(step < 0 && this.#active < 0)) this.#mark(this.#active + step);
    else if (event.key === 'ArrowDown') this.list.querySelector('button')?.focus();
    else if (event.key === 'Enter') this.#enter();
    else if (event.key === 'Escape' && count) this.#offer([]);
    else if (event.key === 'Backspace' && !this.input.value) this.#removeLast();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #enter() {
    if (this.#active >= 0) return this.#choose(this.#active);
    this.#offer([]);
    this.#takeOperators(true);
    this.#remember();
    this.#read(true, true).then(() => this.list.querySelector('button')?.focus());
  }

  /** Past the last suggestion come the results. */
  #mark(n) {
    if (n >= this.#suggestions.length) {
      this.#offer([]);
      return this.list.querySelector('button')?.focus();
    }
    this.#active = n;
    [...this.suggestions.children].forEach((option, at) => setAll(option, { 'aria-selected': String(at === n) }));
    setAll(this.input, { 'aria-activedescendant': n < 0 ? null : `search-suggestion-${n}` });
    this.suggestions.children[n]?.scrollIntoView?.({ block: 'nearest' });
  }

  #removeLast() {
    if (this.#filters.by) this.#set({ by: null });
    else if (this.#filters.room) this.#set({ room: null });
  }

  #moved(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...this.list.querySelectorAll('button')];
    if (!step) return;
    event.preventDefault();
    (all[all.indexOf(event.target) + step] ?? (step < 0 ? this.input : event.target)).focus();
  }

  /** The same keys that open the dialog change its scope. */
  #shortcut(event) {
    if (!isSearchKey(event)) return;
    event.preventDefault();
    this.#set({ room: event.shiftKey ? null : (this.#here?.id ?? null) });
    this.input.select();
  }
}

function marked(all, ranges) {
  return excerpt(all, ranges).map(({ text, found }) => (found ? h('mark', {}, text) : text));
}

const KIND_ICONS = { link: 'link', pin: 'pin', file: 'copy' };

function isSearchKey({ key, ctrlKey, metaKey, altKey }) {
  return key.toLowerCase() === 'f' && (ctrlKey || metaKey) && !altKey;
}

/** Whether the text or one of its words begins so. */
function begins(text, beginning) {
  const wanted = beginning.toLocaleLowerCase();
  return text.toLocaleLowerCase().split(/\s+/).some((word) => word.startsWith(wanted)) || text.toLocaleLowerCase().startsWith(wanted);
}
