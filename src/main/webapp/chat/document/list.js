/** The documents of the open room, those that changed last first. People who may post create and rename them. */
import { sentence, strings } from '../strings.js';
import { FormDialog } from '../view/form-dialog.js';
import { Confirm } from '../view/confirm.js';
import { arrange, asSheet, h, icon, setText } from '../view/dom.js';
import { full, shortly } from '../view/times.js';
import { documentPermalink } from '../message/permalink.js';
import { mayDelete, mayWrite } from './rights.js';
import { addStyles } from './styles.js';
import { documentWords } from './words.js';

const LONGEST_TITLE = 100;

export class DocumentList {
  #actions;
  #documents;
  /** @type {any} */
  #room = null;
  #user = null;
  #writes = false;
  #loads = 0;
  /** The items by id, with what each shows. @type {Map<string, { key: string, node: HTMLElement }>} */
  #items = new Map();
  #shown = /** @type {any[]} */ ([]);
  /** The document that the dialogs are about, with its room. A new one has no id yet. */
  #about = { room: '', id: '' };
  #end = () => {};

  /**
   * `actions` are `documentsPanel(open)`, `openDocument(id)`, `popup`, a Menu, `say(text)` and `hasLinks()`. `documents` are the person's OpenDocuments.
   *
   * @param {any} actions
   * @param {() => Promise<import('./open-documents.js').OpenDocuments>} documents
   */
  constructor(actions, documents) {
    const words = documentWords();
    this.#actions = actions;
    this.#documents = documents;
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => actions.documentsPanel(false) } }, icon('close'));
    this.create = h('button', { type: 'button', class: 'act', hidden: true, on: { click: () => this.#ask('') } }, icon('plus'), words.create);
    this.list = h('ul', { class: 'documents-list' });
    this.none = h('div', { class: 'empty', hidden: true }, h('span', { class: 'emblem' }, icon('page')), h('h3', {}, words.none), h('p'));
    this.state = h('p', { class: 'empty', role: 'status' });
    this.again = h('button', { type: 'button', class: 'link', hidden: true, on: { click: () => this.#load() } }, words.again);
    this.title = h('input', { type: 'text', id: 'document-title', required: true, maxlength: String(LONGEST_TITLE), autocomplete: 'off' });
    const field = [h('label', { for: 'document-title' }, words.name), this.title];
    this.naming = new FormDialog({ id: 'document-naming', title: words.create, about: words.createAbout, fields: field, submit: words.createNow, words: { ...words.problems, bad_request: words.blank } }, () => this.#name());
    this.deleting = new Confirm({ id: 'document-deleting', title: words.delete, about: (name) => words.deleteAbout(name), words: words.problems }, (about) => this.#delete(about));
    const dialogs = [this.naming, this.deleting].map(({ node }) => node);
    // A key in a dialog is no key of the chat.
    for (const dialog of dialogs) dialog.addEventListener('keydown', (event) => event.stopPropagation());
    this.node = h('aside', { class: 'pins documents', 'aria-label': words.title, hidden: true }, h('header', {}, h('h2', {}, words.title), this.close), h('div', { class: 'lists' }, this.create, this.list, this.none, this.state, this.again), ...dialogs);
  }

  /** Shows the documents of a room. */
  update(room, open, { user }) {
    this.node.hidden = !open || !room;
    if (this.node.hidden) {
      this.#end();
      this.#end = () => {};
      return void (this.#room = null);
    }
    const other = room.id !== this.#room?.id;
    const writes = mayWrite(room);
    const changed = writes !== this.#writes || room.role !== this.#room?.role;
    this.#room = room;
    this.#user = user;
    this.#writes = writes;
    this.create.hidden = !writes;
    if (other) this.#begin();
    else if (changed) this.#draw();
  }

  focus() {
    this.close.focus();
  }

  async #begin() {
    this.#shown = [];
    this.#draw();
    this.none.hidden = true;
    addStyles(this.node).catch(() => {});
    this.#end();
    const ended = { now: false };
    this.#end = () => (ended.now = true);
    this.#load();
    const documents = await this.#documents().catch(() => null);
    if (!documents || ended.now) return;
    this.#end = documents.whenListed((event) => event.room === this.#room?.id && this.#load());
  }

  async #load() {
    const load = ++this.#loads;
    const room = this.#room.id;
    this.again.hidden = this.none.hidden = true;
    setText(this.state, this.#shown.length ? '' : strings.loading);
    try {
      const documents = await (await this.#documents()).list(room);
      if (load !== this.#loads || room !== this.#room?.id) return;
      this.#shown = documents.toSorted?.((a, b) => b.changed.localeCompare(a.changed)) ?? [...documents].sort((a, b) => b.changed.localeCompare(a.changed));
      setText(this.state, '');
      this.#draw();
    } catch (problem) {
      if (load !== this.#loads || room !== this.#room?.id) return;
      setText(this.state, problem.code ? sentence(problem, documentWords().problems) : documentWords().notLoaded);
      this.again.hidden = false;
    }
  }

  #draw() {
    const words = documentWords();
    const ids = new Set(this.#shown.map(({ id }) => id));
    for (const id of this.#items.keys()) if (!ids.has(id)) this.#items.delete(id);
    this.#keepingFocus(() => arrange(this.list, this.#shown.map((one) => this.#item(one))));
    this.none.hidden = this.#shown.length > 0;
    setText(this.none.querySelector('p'), this.#writes ? words.noneAbout : words.noneToRead);
  }

  /** A document that changed, or moves to the top, keeps the focus. */
  #keepingFocus(change) {
    const root = /** @type {ShadowRoot} */ (this.node.getRootNode());
    const before = /** @type {HTMLElement | null} */ (root.activeElement);
    const id = [...this.#items].find(([, { node }]) => node.contains(before))?.[0];
    change();
    if (id === undefined || root.activeElement === before) return;
    const button = before?.isConnected ? before : this.#items.get(id)?.node.querySelector(before?.matches('.jump') ? '.jump' : '.round');
    /** @type {HTMLElement} */ (button ?? this.close).focus({ preventScroll: true });
  }

  #item(one) {
    const key = JSON.stringify([one, shortly(one.changed), this.#room.id, this.#room.role, this.#writes]);
    let item = this.#items.get(one.id);
    if (item?.key !== key) this.#items.set(one.id, (item = { key, node: this.#newItem(one) }));
    return item.node;
  }

  #newItem(one) {
    const words = documentWords();
    const { id, title, by, changed } = one;
    const about = h('span', { class: 'about' }, h('bdi', { class: 'name' }, title), h('time', { datetime: changed, title: full(changed) }, words.changed(by.name || by.id, shortly(changed))));
    const open = h('button', { type: 'button', class: 'jump', on: { click: () => this.#actions.openDocument(id) } }, icon('page'), about);
    const items = this.#actsOn(one);
    const more = h('button', { type: 'button', class: 'round', 'aria-label': words.more(title), title: words.more(title), 'aria-haspopup': 'menu', on: { click: () => this.#actions.popup.show(more, { label: words.more(title), items, sheet: asSheet() }) } }, icon('more'));
    return h('li', {}, open, items.length > 0 && more);
  }

  #actsOn(one) {
    const words = documentWords();
    return [
      this.#writes && { icon: 'pencil', text: words.rename, act: () => this.#ask(one.id, one.title) },
      this.#actions.hasLinks() && { icon: 'link', text: words.copyLink, act: () => copyLink(this.#room.id, one.id, this.#actions.say) },
      mayDelete(this.#room, this.#user, one.by) && { icon: 'bin', text: words.delete, grave: true, act: () => this.#askToDelete(one) },
    ].filter(Boolean);
  }

  /** Asks for the title of a new document, or another title of one. */
  #ask(id, title = '') {
    const words = documentWords();
    this.#about = { room: this.#room.id, id };
    setText(this.naming.title, id ? words.rename : words.create);
    setText(this.naming.about, id ? '' : words.createAbout);
    setText(this.naming.submit, id ? strings.save : words.createNow);
    this.title.value = title;
    this.naming.open(this.title);
    this.title.select();
  }

  async #name() {
    const { room, id: renamed } = this.#about;
    const title = this.title.value.trim();
    const documents = await this.#documents();
    if (renamed) {
      await documents.rename(room, renamed, title);
      return this.#load();
    }
    const { id } = await documents.create(room, title);
    if (room === this.#room.id) this.#actions.openDocument(id);
  }

  #askToDelete({ id, title }) {
    this.deleting.open(title, { room: this.#room.id, id });
  }

  async #delete({ room, id }) {
    await (await this.#documents()).delete(room, id);
    this.#load();
    this.close.focus();
  }
}

/** Copies the address of a document on this page. */
export async function copyLink(room, id, say) {
  const words = documentWords();
  try {
    await navigator.clipboard.writeText(documentPermalink(room, id));
    say(words.linkCopied);
  } catch {
    say(words.notCopied);
  }
}
