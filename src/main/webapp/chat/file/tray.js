/**
 * The files that go with the next message, above the text: being uploaded, ready, or refused. Each can be removed. At most three are
 * uploaded at the same time.
 */
import { sentence, strings } from '../strings.js';
import { h, icon, setAll, setText } from '../view/dom.js';
import { bytes } from './sizes.js';
import { Upload } from './upload.js';

const words = strings.files;
const AT_ONCE = 3;

export class Tray {
  #access;
  #room;
  #changed;
  #emptied;
  /** @type {any[]} */
  #items = [];

  /**
   * `access` is the session's access to files. `changed()` is called when the tray changed, and `emptied()` when the person removed the last
   * file.
   *
   * @param {{ access: any, room: string, changed: () => void, emptied?: () => void }} options
   */
  constructor({ access, room, changed, emptied = () => {} }) {
    this.#emptied = emptied;
    this.#access = access;
    this.#room = room;
    this.#changed = changed;
    this.list = h('ul');
    this.said = h('p', { class: 'said', role: 'status' });
    this.node = h('div', { class: 'tray', role: 'group', 'aria-label': words.tray }, this.list, this.said);
    this.node.hidden = true;
  }

  /** @param {Iterable<File>} files */
  add(files) {
    const { most, size } = this.#access.limits;
    setText(this.said, '');
    for (const file of files) {
      if (this.#items.length >= most) setText(this.said, words.tooMany(most));
      else if (file.size > size) setText(this.said, words.tooLarge(file.name, bytes(size)));
      else this.#items.push(this.#item(file));
    }
    this.#next();
    this.#draw();
  }

  /** The files of the message, if all are ready. */
  get ready() {
    return this.#items.every(({ done }) => done) ? this.#items.map(({ done }) => done) : null;
  }

  get empty() {
    return !this.#items.length;
  }

  /** The message was sent with the files. */
  clear() {
    for (const { preview } of this.#items) if (preview) URL.revokeObjectURL(preview);
    this.#items = [];
    setText(this.said, '');
    this.#draw();
  }

  /** Ends all uploads: nobody is signed in any more. */
  drop() {
    for (const { upload, done } of this.#items) if (!done) upload.cancel();
    this.clear();
  }

  #item(file) {
    const item = /** @type {any} */ ({ file, started: false, done: null, preview: /^image\/(png|jpeg|gif|webp)$/.test(file.type) ? URL.createObjectURL(file) : null });
    item.state = h('span', { class: 'size' }, bytes(file.size));
    item.bar = h('progress', { max: String(file.size || 1), value: '0', 'aria-label': words.uploading(file.name) });
    const remove = h('button', { type: 'button', class: 'round', 'aria-label': words.remove(file.name), title: words.remove(file.name), on: { click: () => this.#remove(item) } }, icon('close'));
    const face = item.preview ? h('img', { src: item.preview, alt: '' }) : h('span', { class: 'file-kind', 'aria-hidden': 'true' }, icon('file'));
    item.node = h('li', {}, face, h('span', { class: 'about' }, h('bdi', { class: 'name' }, file.name), item.state, item.bar), remove);
    item.upload = new Upload({ rest: this.#access.rest, room: this.#room, file, progress: (sent) => this.#progress(item, sent) });
    return item;
  }

  #next() {
    const running = this.#items.filter(({ started, done, failed }) => started && !done && !failed).length;
    for (const item of this.#items.filter(({ started }) => !started).slice(0, Math.max(0, AT_ONCE - running))) this.#start(item);
  }

  async #start(item) {
    item.started = true;
    try {
      item.done = await item.upload.run();
      if (item.done) setText(this.said, words.uploaded(item.file.name));
    } catch (problem) {
      item.failed = true;
      setText(item.state, sentence(problem, words.problems));
      setAll(item.node, { 'data-failed': true });
    }
    item.bar.hidden = true;
    if (item.done) setText(item.state, bytes(item.done.size));
    this.#next();
    this.#changed();
  }

  #progress(item, sent) {
    if (sent === null) {
      item.bar.removeAttribute('value');
      setText(item.state, words.looking);
    } else {
      setAll(item.bar, { value: String(sent) });
      setText(item.state, words.sent(bytes(sent), bytes(item.file.size)));
    }
  }

  #remove(item) {
    const at = this.#items.indexOf(item);
    this.#items = this.#items.filter((one) => one !== item);
    item.upload.cancel();
    if (item.preview) URL.revokeObjectURL(item.preview);
    this.#next();
    this.#draw();
    const left = this.#items[Math.min(at, this.#items.length - 1)];
    if (left) left.node.querySelector('button').focus();
    else this.#emptied();
  }

  #draw() {
    this.list.replaceChildren(...this.#items.map(({ node }) => node));
    this.node.hidden = !this.#items.length && !this.said.textContent;
    this.#changed();
  }
}
