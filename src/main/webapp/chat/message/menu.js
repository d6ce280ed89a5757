/**
 * A menu in the browser's top layer: beside its button, or on touch screens a sheet at the lower edge. Arrow keys move in it, Escape closes
 * it, and the focus returns to where it was.
 */
import { beside, isPressedAgain, putInside } from '../view/beside.js';
import { h, icon, isFocusFree, setAll } from '../view/dom.js';

const GAP = 4;

export class Menu {
  #before = /** @type {HTMLElement | null} */ (null);

  #outside = (event) => event.composedPath().includes(this.node) || this.close();

  constructor() {
    // Not `auto`: the end of the long press that opens a sheet would close it.
    this.node = h('div', { class: 'menu-box', popover: 'manual', on: { keydown: (event) => this.#pressed(event), toggle: (event) => this.#toggled(event) } });
    this.closed = () => {};
  }

  get open() {
    return this.node.isConnected && this.node.matches(':popover-open');
  }

  /**
   * Opens with `items` `{ icon, text, act, grave?, keys?, checked? }` or `{ heading }`, below a row of `emoji` if there are any. An item with
   * `checked` is one of several of which one is chosen.
   *
   * @param {HTMLElement} anchor
   * @param {{ label: string, items?: any[], emoji?: any[], sheet?: boolean }} content
   */
  show(anchor, { label, items = [], emoji = [], sheet = false }) {
    if (this.open) this.node.hidePopover();
    if (isPressedAgain(anchor)) return;
    this.#before = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (anchor.getRootNode()).activeElement);
    const close = (act) => () => {
      this.node.hidePopover();
      act();
    };
    setAll(this.node, { 'data-sheet': sheet, role: 'menu', 'aria-label': label });
    const row = emoji.map(({ emoji: sign, label: text, act, icon: name }) => h('button', { type: 'button', role: 'menuitem', class: 'tool', tabindex: '-1', 'aria-label': text, title: text, on: { click: close(act) } }, name ? icon(name) : h('span', { class: 'emoji' }, sign)));
    this.node.replaceChildren(...[row.length > 0 && h('div', { class: 'emoji-row', role: 'none' }, row), ...items.map((item) => this.#item(item, close))].filter(Boolean));
    this.node.showPopover();
    addEventListener('pointerdown', this.#outside, { capture: true });
    beside(this.node, anchor, () => this.#put(anchor, sheet));
    this.#items()[0]?.focus({ preventScroll: true });
  }

  close() {
    if (this.open) this.node.hidePopover();
  }

  #item({ icon: name, text, act, grave, keys, checked, heading }, close) {
    if (heading !== undefined) return h('div', { class: 'part', role: 'separator', 'aria-label': heading || null }, heading);
    const radio = checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': String(checked) };
    return h('button', { type: 'button', ...radio, class: `item ${grave ? 'grave' : ''}`, tabindex: '-1', on: { click: close(act) } }, icon(name), h('span', {}, text), checked && icon('check'), keys && h('kbd', { 'aria-hidden': 'true' }, keys));
  }

  /** Below the anchor, above it if there is no space, and always inside the window. */
  #put(anchor, sheet) {
    const { style } = this.node;
    for (const side of ['left', 'top']) style.removeProperty(side);
    if (sheet) return;
    const [at, box] = [anchor.getBoundingClientRect(), this.node.getBoundingClientRect()];
    const rtl = getComputedStyle(anchor).direction === 'rtl';
    const left = rtl ? at.left : at.right - box.width;
    const below = at.bottom + GAP + box.height <= innerHeight;
    const top = below ? at.bottom + GAP : at.top - GAP - box.height;
    putInside(this.node, left, top, GAP);
  }

  #items() {
    return /** @type {HTMLElement[]} */ ([...this.node.querySelectorAll('[role^=menuitem]')]);
  }

  #pressed(event) {
    const items = this.#items();
    const at = items.indexOf(event.target);
    const along = getComputedStyle(this.node).direction === 'rtl' ? -1 : 1;
    const next = { ArrowDown: at + 1, ArrowRight: at + along, ArrowUp: at - 1, ArrowLeft: at - along, Home: 0, End: items.length - 1 }[event.key];
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') this.node.hidePopover();
    else if (next !== undefined) items.at(next % items.length)?.focus();
    else return;
    event.preventDefault();
  }

  #toggled({ newState }) {
    if (newState !== 'closed') return;
    removeEventListener('pointerdown', this.#outside, { capture: true });
    const root = /** @type {ShadowRoot} */ (this.node.getRootNode());
    // An act may have moved the focus already.
    if (isFocusFree() || this.node.contains(root.activeElement)) this.#before?.focus({ preventScroll: true });
    this.node.replaceChildren();
    this.closed();
  }
}
