/**
 * The panel with the text of one document. It shows a copy, says what happens to the person's changes, and who else is there. It announces
 * others sparingly: each of them once, and not more than one in a while.
 */
import { strings } from '../strings.js';
import { avatar } from '../view/avatar.js';
import { asSheet, fill, h, icon, isFocusFree, onTouch, setAll, setText } from '../view/dom.js';
import { History } from './history.js';
import { copyLink } from './list.js';
import { mayWrite } from './rights.js';
import { saveMarkdown } from './save.js';
import { addStyles } from './styles.js';
import { documentWords } from './words.js';
import { Writing } from './writing.js';

/** Avatars in the header; the others are a number. */
const MOST_SHOWN = 3;
const ANNOUNCED_EVERY = 10_000;
/** A change that is sent sooner is simply saved: the state would flicker with every key. */
const SAVING_AFTER = 600;

export class Editor {
  #actions;
  #documents;
  /** @type {import('./open-documents.js').OpenDocuments | null} */
  #opened = null;
  /** @type {import('./copy.js').Copy | null} */
  #copy = null;
  /** @type {Writing | null} */
  #writing = null;
  #asked = /** @type {{ room: string, id: string } | null} */ (null);
  #last = /** @type {{ room: string, id: string } | null} */ (null);
  #room = /** @type {any} */ (null);
  #title = '';
  #announced = new Set();
  #announcedAt = -ANNOUNCED_EVERY;
  #slow = /** @type {any} */ (0);
  #late = false;
  #failed = false;
  #drawing = false;

  /**
   * `actions` are `documentsPanel(open)`, `closeDocument()`, `popup`, a Menu, `say(text)`, `hasLinks()` and `redraw()`. `documents()` resolves to the person's
   * OpenDocuments.
   *
   * @param {any} actions
   * @param {() => Promise<import('./open-documents.js').OpenDocuments>} documents
   */
  constructor(actions, documents) {
    const words = documentWords();
    this.#actions = actions;
    this.#documents = documents;
    const round = (name, label, click) => h('button', { type: 'button', class: 'round', 'aria-label': label, title: label, on: { click } }, icon(name));
    this.back = round('back', words.back, () => actions.documentsPanel(true));
    this.heading = h('h2', { dir: 'auto' });
    this.people = h('span', { class: 'others', role: 'img', hidden: true });
    this.saved = h('span', { class: 'saved', role: 'status' });
    this.undo = round('undo', words.undo, () => this.#writing?.undo());
    this.redo = round('redo', words.redo, () => this.#writing?.redo());
    this.more = h('button', { type: 'button', class: 'round', 'aria-label': words.options, title: words.options, 'aria-haspopup': 'menu', on: { click: () => this.#menu() } }, icon('more'));
    this.close = round('close', strings.close, () => actions.closeDocument());
    this.line = h('p', { class: 'line', role: 'status', hidden: true });
    this.text = h('div', { class: 'writing' });
    this.notice = h('div', { class: 'empty', hidden: true }, h('span', { class: 'emblem' }, icon('page')), h('h3'), h('p'));
    this.spoken = h('div', { class: 'spoken', role: 'status' });
    this.history = new History((version, text) => this.#restore(version, text));
    const title = h('div', { class: 'title' }, this.heading, this.saved);
    this.node = h(
      'aside',
      { class: 'document', 'aria-label': words.title, hidden: true, on: { keydown: (event) => this.#pressed(event) } },
      h('header', {}, this.back, title, this.people, this.undo, this.redo, this.more, this.close),
      this.line, this.notice, this.text, this.spoken, this.history.node,
    );
  }

  /** Opens a document of a room. Its title is known if it was listed. */
  async open(room, id) {
    if (this.#asked?.id === id && this.#copy && this.#copy.status.phase !== 'ended') return;
    this.#leave();
    const asked = { room, id };
    this.#asked = this.#last = asked;
    this.#failed = false;
    this.#draw();
    try {
      const [documents] = await Promise.all([this.#documents(), addStyles(this.node)]);
      if (asked !== this.#asked) return;
      this.#opened = documents;
      this.#copy = documents.open(room, id, this.#changed);
      this.#failed = this.#copy === null;
    } catch {
      if (asked !== this.#asked) return;
      this.#failed = true;
    }
    this.#changed();
    this.#actions.redraw();
  }

  /** Shows the document while the panel is open. */
  update(room, open) {
    // A notice may have stood in place of the room for a while.
    const last = this.#last;
    if (open && room && !this.#asked && last && last.room === room.id) this.open(room.id, last.id);
    this.node.hidden = !open || !room || room.id !== this.#asked?.room;
    if (this.node.hidden) return this.#leave();
    this.#room = room;
    this.#draw();
  }

  focus() {
    if (this.#writing && !onTouch()) this.#writing.focus();
    else this.back.focus();
  }

  /** The view of the text is made and drawn once for many changes. */
  #changed = () => {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      this.#draw();
    });
  };

  #leave() {
    clearTimeout(this.#slow);
    this.#slow = 0;
    this.#late = false;
    if (this.history.node.open) this.history.node.close();
    this.#writing?.end();
    this.#writing = null;
    if (this.#copy) this.#opened?.close(this.#copy, this.#changed);
    this.#copy = null;
    this.#asked = null;
    this.#announced.clear();
    setText(this.spoken, '');
    fill(this.line);
  }

  #draw() {
    if (!this.#asked) return;
    const words = documentWords();
    const copy = this.#copy;
    const status = copy?.status;
    if (copy && this.#room) copy.allow(mayWrite(this.#room));
    this.#title = status?.title || this.#title;
    setText(this.heading, status?.title || words.title);
    setAll(this.node, { 'aria-label': status?.title || words.title });
    const shown = Boolean(copy && status?.loaded && status.phase !== 'ended');
    this.text.hidden = !shown;
    if (shown) this.#write(copy);
    else {
      this.#writing?.end();
      this.#writing = null;
    }
    this.#drawNotice(status, shown);
    this.#drawState(copy, status, shown);
    this.#drawPeople(copy, shown);
    const { undo = false, redo = false } = this.#writing?.undoable ?? {};
    setAll(this.undo, { disabled: !undo });
    setAll(this.redo, { disabled: !redo });
    this.undo.hidden = this.redo.hidden = !copy?.writable;
    this.more.hidden = !shown;
  }

  #write(copy) {
    const label = documentWords().editor(copy.status.title);
    const { writable } = copy;
    if (this.#writing) return this.#writing.update({ label, writable });
    const root = /** @type {ShadowRoot} */ (this.node.getRootNode());
    this.#writing = new Writing(copy, { parent: this.text, root, label, writable, changed: this.#changed });
    const { activeElement } = root;
    if (!this.node.hidden && (isFocusFree() || activeElement === this.back) && !onTouch()) this.#writing.focus();
  }

  /** In place of the text: it comes, it isn't here, or it is gone. */
  #drawNotice(status, shown) {
    const words = documentWords();
    this.notice.hidden = shown;
    if (shown) return;
    const [heading, about] = [this.notice.querySelector('h3'), this.notice.querySelector('p')];
    const ended = status?.phase === 'ended';
    const waiting = status?.socketless ? words.socketlessNotHere : status?.phase === 'offline' ? words.notHere : words.loading;
    setText(heading, this.#failed ? words.notLoaded : ended ? (words.ended[status.code ?? 'other'] ?? words.ended.other) : waiting);
    const keep = ended && status.unsent > 0 && this.#copy;
    fill(about, keep && h('button', { type: 'button', class: 'link', on: { click: () => this.#save() } }, words.saveText), this.#failed && h('button', { type: 'button', class: 'link', on: { click: () => this.#again() } }, words.again));
  }

  #drawState(copy, status, shown) {
    const words = documentWords();
    if (!shown) {
      this.line.hidden = true;
      return setText(this.saved, '');
    }
    const { phase, unsent, refused, code, socketless, full, broken } = status;
    const writes = mayWrite(this.#room ?? { role: 'none' });
    const live = phase === 'live';
    this.#watch(unsent > 0 && live && !refused);
    const state = phase === 'loading' && !unsent ? words.connecting : !writes ? '' : unsent === 0 ? (live ? words.saved : '') : !live || refused ? words.notSaved : this.#late ? words.saving : words.saved;
    setText(this.saved, state);
    const lines = {
      refused: () => words.refused[code ?? 'other'] ?? words.refused.other,
      full: () => words.full,
      socketless: () => words.socketless,
      offline: () => (writes ? words.offline : words.offlineReading),
      reading: () => words.readOnly,
      broken: () => words.broken,
    };
    const kind = refused ? 'refused' : full ? 'full' : socketless ? 'socketless' : phase === 'offline' ? 'offline' : !writes ? 'reading' : broken > 0 ? 'broken' : null;
    this.line.hidden = kind === null;
    setAll(this.line, { 'data-kind': kind });
    if (kind === null || this.line.firstChild?.textContent === lines[kind]()) return;
    fill(this.line, h('span', {}, lines[kind]()), refused && h('button', { type: 'button', class: 'link', on: { click: () => this.#discard() } }, words.discard));
  }

  /** Tells when a change takes its time. */
  #watch(waits) {
    if (!waits) {
      clearTimeout(this.#slow);
      this.#slow = 0;
      this.#late = false;
    } else if (!this.#slow && !this.#late) {
      this.#slow = setTimeout(() => {
        this.#slow = 0;
        this.#late = true;
        this.#changed();
      }, SAVING_AFTER);
    }
  }

  #drawPeople(copy, shown) {
    const words = documentWords();
    const all = shown ? [...new Map(copy.others.map(({ user }) => [user.id, user])).values()] : [];
    this.people.hidden = all.length === 0;
    const names = all.map(({ id, name }) => name || id);
    if (all.length) setAll(this.people, { 'aria-label': words.here(names), title: words.here(names) });
    fill(this.people, all.slice(0, MOST_SHOWN).map((user) => avatar(user)), all.length > MOST_SHOWN && h('span', { class: 'rest' }, `+${all.length - MOST_SHOWN}`));
    this.#writing?.othersChanged();
    this.#announce(all);
  }

  #announce(people) {
    const newcomer = people.find(({ id }) => !this.#announced.has(id));
    if (!newcomer || performance.now() - this.#announcedAt < ANNOUNCED_EVERY) return;
    this.#announced.add(newcomer.id);
    this.#announcedAt = performance.now();
    setText(this.spoken, documentWords().joined(newcomer.name || newcomer.id));
  }

  #menu() {
    const words = documentWords();
    const copy = /** @type {import('./copy.js').Copy} */ (this.#copy);
    const items = [
      copy.status.phase === 'live' && { icon: 'clock', text: words.history, act: () => this.history.open(copy) },
      { icon: 'download', text: words.download, act: () => this.#save() },
      this.#actions.hasLinks() && { icon: 'link', text: words.copyLink, act: () => copyLink(copy.room, copy.id, this.#actions.say) },
    ].filter(Boolean);
    this.#actions.popup.show(this.more, { label: words.options, items, sheet: asSheet() });
  }

  #save() {
    if (this.#copy) saveMarkdown(this.#title, this.#copy.characters);
  }

  #restore(version, text) {
    if (!this.#copy?.writable) return;
    this.#writing?.pause();
    this.#copy.restore(text);
    this.#writing?.pause();
    this.#actions.say(documentWords().past.restored(version));
    this.focus();
  }

  async #discard() {
    const copy = this.#copy;
    if (!copy || !this.#opened) return;
    this.#writing?.end();
    this.#writing = null;
    const next = await this.#opened.discard(copy, this.#changed);
    if (this.#copy !== copy) return next && this.#opened.close(next, this.#changed);
    this.#copy = next;
    this.#failed = next === null;
    this.#actions.say(documentWords().discarded);
    this.#changed();
  }

  #again() {
    const asked = this.#asked;
    this.#asked = null;
    if (asked) this.open(asked.room, asked.id);
  }

  /** Escape leaves the text first, so that the Tab key, which stays in order, reaches the rest. */
  #pressed(event) {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.text.contains(event.target)) return;
    event.preventDefault();
    this.back.focus();
  }
}
