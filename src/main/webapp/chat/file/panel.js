/** The files of the open room, newest first. Choosing one shows its message. */
import { sentence, strings } from '../strings.js';
import { h, icon, setText } from '../view/dom.js';
import { picture } from './bytes.js';
import { badge, bytes, kindOf } from './sizes.js';
import { saveFile } from './cards.js';

const words = strings.files;

export class FilesPanel {
  #actions;
  #access;
  #room = null;
  #head = -1;
  #last = 0;

  /** `actions.filesPanel(false)` closes, and `actions.showPinned(offset)` shows a message. `access()` is the access to files. */
  constructor(actions, access) {
    this.#actions = actions;
    this.#access = access;
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => actions.filesPanel(false) } }, icon('close'));
    this.list = h('ul');
    this.none = h('div', { class: 'empty' }, h('span', { class: 'emblem' }, icon('file')), h('h3', {}, words.none), h('p', {}, words.noneAbout));
    this.state = h('p', { class: 'empty', role: 'status' });
    this.more = h('button', { type: 'button', class: 'link more', on: { click: () => this.#load(this.#last) } }, words.more);
    this.node = h('aside', { class: 'pins files-panel', 'aria-label': words.title, hidden: true }, h('header', {}, h('h2', {}, words.title), this.close), h('div', { class: 'lists' }, this.list, this.none, this.state, this.more));
  }

  update(room, open) {
    this.node.hidden = !open || !room;
    if (this.node.hidden) return void (this.#room = null);
    // A later message may carry files, and a deletion takes some away.
    const head = room.position?.offset ?? 0;
    if (room.id === this.#room && head === this.#head) return;
    const other = room.id !== this.#room;
    this.#room = room.id;
    this.#head = head;
    if (other) this.list.replaceChildren();
    this.#load(0);
  }

  focus() {
    this.close.focus();
  }

  async #load(before) {
    const room = this.#room;
    this.none.hidden = this.more.hidden = true;
    setText(this.state, this.list.children.length ? '' : strings.loading);
    try {
      const { files, more } = await this.#access().list(room, before);
      if (room !== this.#room) return;
      setText(this.state, '');
      const items = files.map((file) => this.#item(file));
      this.list.replaceChildren(...(before ? this.list.children : []), ...items);
      this.#last = files.at(-1)?.message ?? this.#last;
      this.more.hidden = !more;
      this.none.hidden = this.list.children.length > 0;
    } catch (problem) {
      if (room === this.#room) setText(this.state, sentence(problem));
    }
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
