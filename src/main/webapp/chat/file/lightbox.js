/** Pictures in full size, one at a time: by keyboard (arrows, + and -, Escape), by pointer and by touch. */
import { strings } from '../strings.js';
import { h, icon, setAll, setText } from '../view/dom.js';
import { object } from './bytes.js';
import { saveFile } from './cards.js';

const words = strings.files;
const CLOSEST = 8;
const STEP = 1.5;
const SWIPE = 60;

/**
 * Opens a dialog beside `opener`, which has the focus again afterwards.
 *
 * @param {HTMLElement} opener
 * @param {any[]} pictures
 * @param {number} first
 */
export function open(opener, pictures, first, access) {
  const root = /** @type {ParentNode & Node} */ (/** @type {any} */ (opener.closest('.app') ?? opener.getRootNode()));
  new Lightbox(root, opener, pictures, first, access);
}

class Lightbox {
  #pictures;
  #access;
  #at = 0;
  #scale = 1;
  #x = 0;
  #y = 0;
  #held = /** @type {{ x: number, y: number } | null} */ (null);

  constructor(root, opener, pictures, first, access) {
    this.#pictures = pictures;
    this.#access = access;
    this.image = h('img', { draggable: 'false' });
    this.stage = h('div', { class: 'stage', on: { pointerdown: (event) => this.#grab(event), pointermove: (event) => this.#drag(event), pointerup: (event) => this.#drop(event), pointercancel: () => (this.#held = null), dblclick: () => this.#zoom(this.#scale > 1 ? 0 : 2), wheel: (event) => this.#wheel(event), click: (event) => event.target === this.stage && this.#scale === 1 && this.node.close() } }, this.image);
    this.name = h('bdi', { class: 'name', id: 'lightbox-title' });
    this.place = h('span', { class: 'place' });
    this.failed = h('span', { class: 'failed', role: 'status' });
    this.before = tool('chevron', words.previous, () => this.#go(-1), 'previous');
    this.after = tool('chevron', words.next, () => this.#go(1), 'next');
    const closing = tool('close', strings.close, () => this.node.close());
    const bar = h('header', {}, this.name, this.place, this.failed, tool('minus', words.zoomOut, () => this.#zoom(this.#scale / STEP)), tool('plus', words.zoomIn, () => this.#zoom(this.#scale * STEP)), tool('download', words.savePicture, () => saveFile(this.#pictures[this.#at], access, this.failed)), closing);
    this.node = h('dialog', { class: 'lightbox', 'aria-labelledby': 'lightbox-title', on: { keydown: (event) => this.#pressed(event) } }, bar, this.stage, this.before, this.after);
    this.node.addEventListener('close', () => {
      this.node.remove();
      opener.focus();
    });
    root.append(this.node);
    this.node.showModal();
    closing.focus();
    this.#show(first);
  }

  async #show(n) {
    this.#at = n;
    const file = this.#pictures[n];
    const one = this.#pictures.length === 1;
    setText(this.name, file.name);
    setText(this.place, one ? '' : words.place(n + 1, this.#pictures.length));
    setText(this.failed, '');
    this.before.hidden = this.after.hidden = one;
    this.#zoom(1);
    setAll(this.image, { alt: file.name, width: String(file.width), height: String(file.height), 'data-loading': true });
    this.image.removeAttribute('src');
    try {
      const url = await object(this.#access, `files/${file.id}`);
      if (this.#at === n) this.image.src = url;
    } catch {
      if (this.#at === n) setText(this.failed, words.gone);
    }
    if (this.#at === n) setAll(this.image, { 'data-loading': false });
  }

  #go(step) {
    const { length } = this.#pictures;
    this.#show((this.#at + step + length) % length);
  }

  #zoom(scale) {
    this.#scale = Math.min(CLOSEST, Math.max(1, scale));
    if (this.#scale === 1) this.#x = this.#y = 0;
    this.#place();
  }

  #place() {
    this.image.style.setProperty('transform', `translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})`);
    setAll(this.stage, { 'data-zoomed': this.#scale > 1 });
  }

  #wheel(event) {
    event.preventDefault();
    this.#zoom(this.#scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15));
  }

  #pressed(event) {
    const rightToLeft = getComputedStyle(this.node).direction === 'rtl';
    const acts = { ArrowRight: () => this.#go(rightToLeft ? -1 : 1), ArrowLeft: () => this.#go(rightToLeft ? 1 : -1), '+': () => this.#zoom(this.#scale * STEP), '=': () => this.#zoom(this.#scale * STEP), '-': () => this.#zoom(this.#scale / STEP), 0: () => this.#zoom(1) };
    const act = acts[event.key];
    // No key reaches the chat behind.
    event.stopPropagation();
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  #grab(event) {
    this.#held = { x: event.clientX, y: event.clientY };
    if (this.#scale > 1) this.stage.setPointerCapture(event.pointerId);
  }

  #drag(event) {
    if (!this.#held || this.#scale === 1) return;
    this.#x += event.clientX - this.#held.x;
    this.#y += event.clientY - this.#held.y;
    this.#held = { x: event.clientX, y: event.clientY };
    this.#place();
  }

  #drop(event) {
    const far = this.#held ? event.clientX - this.#held.x : 0;
    this.#held = null;
    if (this.#scale === 1 && event.pointerType === 'touch' && Math.abs(far) > SWIPE && this.#pictures.length > 1) this.#go(far < 0 ? 1 : -1);
  }
}

function tool(emblem, label, click, kind = '') {
  return h('button', { type: 'button', class: `round ${kind}`.trim(), 'aria-label': label, title: label, on: { click } }, icon(emblem));
}
