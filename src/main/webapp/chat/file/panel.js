/** The files of the open room, newest first. Choosing one shows its message. */
import { sentence, strings } from '../strings.js';
import { arrange, h, icon, setText } from '../view/dom.js';
import { picture } from './bytes.js';
import { badge, bytes, kindOf } from './sizes.js';
import { saveFile } from './cards.js';

const words = strings.files;

export class FilesPanel {
  #actions;
  #access;
  #room = null;
  /** The files of the loaded messages. */
  #known = '';
  #files = /** @type {any[]} */ ([]);
  #items = /** @type {Map<string, HTMLElement>} */ (new Map());
  #run = 0;

  /** `actions.filesPanel(false)` closes, and `actions.showPinned(offset)` shows a message. `access()` is the access to files. */
  constructor(actions, access) {
    this.#actions = actions;
    this.#access = access;
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => actions.filesPanel(false) } }, icon('close'));
    this.list = h('ul');
    this.none = h('div', { class: 'empty' }, h('span', { class: 'emblem' }, icon('file')), h('h3', {}, words.none), h('p', {}, words.noneAbout));
    this.state = h('p', { class: 'empty', role: 'status' });
    this.more = h('button', { type: 'button', class: 'link more', on: { click: () => this.#load(this.#files.at(-1)?.message ?? 0) } }, words.more);
    this.node = h('aside', { class: 'pins files-panel', 'aria-label': words.title, hidden: true }, h('header', {}, h('h2', {}, words.title), this.close), h('div', { class: 'lists' }, this.list, this.none, this.state, this.more));
  }

  update(room, open) {
    this.node.hidden = !open || !room;
    if (this.node.hidden) return void (this.#room = null);
    // A later message may carry files, and a deletion takes some away. Most messages do neither.
    const known = filesOf(room.messages ?? []);
    if (room.id === this.#room && known === this.#known) return;
    if (room.id !== this.#room) this.#begin();
    this.#room = room.id;
    this.#known = known;
    this.#load(0);
  }

  focus() {
    this.close.focus();
  }

  #begin() {
    this.#files = [];
    this.#items.clear();
    this.list.replaceChildren();
    this.none.hidden = this.more.hidden = true;
  }

  /** Loads the newest files, or those before a message. */
  async #load(before) {
    const room = this.#room;
    const run = before ? this.#run : ++this.#run;
    setText(this.state, this.#files.length ? '' : strings.loading);
    try {
      const { files, more } = await this.#access().list(room, before);
      if (room !== this.#room || (!before && run !== this.#run)) return;
      setText(this.state, '');
      this.#add(files, more, before);
    } catch (problem) {
      if (room === this.#room) setText(this.state, sentence(problem));
    }
  }

  /** Older files stay when the newest ones are loaded again: the person may look through them. */
  #add(files, more, before) {
    const last = files.at(-1)?.message ?? 0;
    const older = before || !more ? [] : this.#files.filter(({ message }) => message < last);
    this.#files = before ? [...this.#files.filter(({ message }) => message >= before), ...files] : [...files, ...older];
    if (!older.length) this.more.hidden = !more;
    const shown = new Set(this.#files.map(({ id }) => id));
    for (const id of this.#items.keys()) if (!shown.has(id)) this.#items.delete(id);
    arrange(this.list, this.#files.map((file) => this.#itemOf(file)));
    this.none.hidden = this.#files.length > 0;
  }

  #itemOf(file) {
    const item = this.#items.get(file.id) ?? this.#item(file);
    this.#items.set(file.id, item);
    return item;
  }

  #item(file) {
    const failed = h('span', { class: 'failed', role: 'status' });
    const image = h('img', { alt: '' });
    const face = kindOf(file) === 'picture' ? image : h('span', { class: 'file-kind', 'aria-hidden': 'true' }, badge(file));
    const jump = h('button', { type: 'button', class: 'jump', title: words.jump, on: { click: () => this.#actions.showPinned(file.message) } }, face, h('span', { class: 'about' }, h('bdi', { class: 'name' }, file.name), h('span', { class: 'size' }, bytes(file.size)), failed));
    const save = h('button', { type: 'button', class: 'round', 'aria-label': words.save(file.name, bytes(file.size)), title: words.save(file.name, bytes(file.size)), on: { click: () => saveFile(file, this.#access(), failed) } }, icon('download'));
    if (face === image) requestAnimationFrame(() => picture(this.#access(), `files/${file.id}/thumbnail`, image).catch(() => {}));
    return h('li', {}, jump, save);
  }
}

/** The files of these messages, as a text that changes with them. */
function filesOf(messages) {
  return messages.filter(({ deleted }) => !deleted).flatMap(({ files = [] }) => files.map(({ id }) => id)).join(' ');
}
