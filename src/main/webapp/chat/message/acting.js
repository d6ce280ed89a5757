/**
 * How a person reaches a message in a list: the toolbar comes with the pointer or the keyboard focus, a long press opens all actions, arrow
 * keys move from message to message, and single keys act on the one that has the focus.
 */
import { strings } from '../strings.js';
import { h, icon } from '../view/dom.js';

const LONG_PRESS = 500;
/** Pixels that a finger may move while it presses. */
const SLACK = 10;

/** Single keys on a message. Each names an act of `rights.js`, or one that is always allowed. */
const KEYS = { r: 'react', t: 'reply', e: 'edit', q: 'quote', p: 'pin', l: 'link', u: 'unread', m: 'menu', Delete: 'delete', Enter: 'menu' };

export class Acting {
  #container;
  #actions;
  #messageOf;
  #article = /** @type {HTMLElement | null} */ (null);
  #press = { timer: 0, x: 0, y: 0 };
  #pressed = false;

  /**
   * `container` holds the articles. `messageOf(article)` returns `{ message, inThread }`; a message that is not in the log has no actions.
   *
   * @param {HTMLElement} container
   */
  constructor(container, actions, messageOf) {
    this.#container = container;
    this.#actions = actions;
    this.#messageOf = messageOf;
    this.toolbar = h('div', { class: 'toolbar', role: 'group', 'aria-label': strings.acts.toolbar });
    container.addEventListener('pointerover', (event) => this.#pointed(event));
    container.addEventListener('pointerleave', () => this.#left());
    container.addEventListener('focusin', (event) => this.#focused(event));
    container.addEventListener('focusout', (event) => this.#blurred(event));
    container.addEventListener('keydown', (event) => this.#key(event));
    container.addEventListener('pointerdown', (event) => this.#down(event));
    for (const end of ['pointerup', 'pointercancel', 'scroll']) container.addEventListener(end, () => this.#up(), { passive: true });
    container.addEventListener('pointermove', (event) => this.#moved(event), { passive: true });
    container.addEventListener('contextmenu', (event) => this.#pressed && event.preventDefault());
    // The click that ends a long press must not follow a link.
    container.addEventListener('click', (event) => this.#clicked(event), { capture: true });
  }

  hide() {
    this.toolbar.remove();
    if (this.#article) delete this.#article.dataset.acting;
    this.#article = null;
  }

  /** The article was drawn again: what can be done with its message may have changed. */
  changed(article) {
    if (article === this.#article) this.#show(article);
  }

  /** @param {HTMLElement} article */
  #show(article) {
    const { message, inThread } = this.#messageOf(article);
    const acts = message && this.#actions.actsOn?.(message);
    if (!acts || article.dataset.editing !== undefined || article.querySelector(':scope .undo')) return this.hide();
    if (this.#article && this.#article !== article) delete this.#article.dataset.acting;
    this.#article = article;
    article.dataset.acting = '';
    this.#fill(message, acts, inThread);
    if (this.toolbar.parentNode !== article) article.append(this.toolbar);
  }

  #fill(message, acts, inThread) {
    const { actions, usual } = { actions: this.#actions, usual: this.#actions.usualEmoji() };
    const shown = [
      acts.react && ['usual', strings.acts.reactWith(usual), usual, () => actions.toggleReaction(message, usual)],
      acts.react && ['react', strings.acts.react, 'smile', (button) => actions.pickReaction(message, button)],
      acts.reply && !inThread && ['reply', strings.acts.reply, 'reply', () => actions.openThread(message.thread ?? message.offset)],
      acts.edit && ['edit', strings.acts.edit, 'pencil', () => actions.edit(message, inThread)],
      ['more', strings.acts.more, 'more', (button) => actions.menu(message, button, { inThread })],
    ].filter(Boolean);
    const key = JSON.stringify([message.offset, shown.map(([name, label]) => [name, label])]);
    this.toolbar.current = shown;
    if (this.toolbar.dataset.key === key) return;
    this.toolbar.dataset.key = key;
    const had = /** @type {HTMLElement | null} */ (this.toolbar.querySelector(':focus'))?.dataset.act;
    this.toolbar.replaceChildren(...shown.map(([name, label, sign]) => this.#button(name, label, sign)));
    if (had) (this.toolbar.querySelector(`[data-act=${had}]`) ?? this.toolbar.lastChild).focus({ preventScroll: true });
  }

  #button(name, label, sign) {
    const button = h('button', { type: 'button', class: 'tool', 'data-act': name, 'aria-label': label, title: label, 'aria-haspopup': name === 'more' ? 'menu' : null }, name === 'usual' ? h('span', { class: 'emoji' }, sign) : icon(sign));
    button.addEventListener('click', () => this.toolbar.current.find(([one]) => one === name)?.[3](button));
    return button;
  }

  #pointed({ target, pointerType }) {
    if (pointerType === 'touch' || this.#isUsed()) return;
    const article = target.closest?.('article');
    if (article && article !== this.#article) this.#show(article);
  }

  #left() {
    if (this.#isUsed()) return;
    const focused = /** @type {HTMLElement | null} */ (this.#container.querySelector('article:focus-visible, article:has(:focus-visible)'));
    if (focused) this.#show(focused);
    else this.hide();
  }

  /** Whether the toolbar has the focus, or the menu that it opened is open. */
  #isUsed() {
    return this.toolbar.matches(':focus-within') || this.#actions.menuIsOpen?.();
  }

  #focused({ target }) {
    const article = target.closest?.('article');
    if (!article || !target.matches(':focus-visible')) return;
    this.#show(article);
  }

  #blurred({ relatedTarget }) {
    if (!relatedTarget || this.#container.contains(relatedTarget) || this.#actions.menuIsOpen?.()) return;
    this.hide();
  }

  #key(event) {
    const { target, key, ctrlKey, metaKey, altKey } = event;
    const article = target.closest('article');
    if ((target !== this.#container && target !== article) || ctrlKey || metaKey || altKey) return;
    if (this.#moves(key, article) || (article && this.#acts(key, article))) event.preventDefault();
  }

  /** Arrow keys go through the messages; from the list itself, to the last one. */
  #moves(key, article) {
    const all = [...this.#container.querySelectorAll('article')];
    const at = article ? all.indexOf(article) : all.length;
    const next = { ArrowUp: at - 1, ArrowDown: article ? at + 1 : all.length - 1, Home: 0, End: all.length - 1 }[key];
    if (next === undefined || !all[next]) return false;
    all[next].focus();
    return true;
  }

  #acts(key, article) {
    const act = KEYS[key.length === 1 ? key.toLowerCase() : key];
    const { message, inThread } = this.#messageOf(article);
    const acts = message && this.#actions.actsOn?.(message);
    if (!act || !acts || article.dataset.editing !== undefined) return false;
    const { actions, toolbar } = { actions: this.#actions, toolbar: this.toolbar };
    const anchor = toolbar.parentNode === article ? toolbar : article;
    if (act === 'menu') actions.menu(message, anchor, { inThread });
    else if (act === 'link') actions.copyLink(message);
    else if (act === 'pin' && (acts.pin || acts.unpin)) actions.pin(message);
    else if (act === 'delete') actions.delete(message);
    else if (!acts[act]) return false;
    else if (act === 'react') actions.pickReaction(message, anchor);
    else if (act === 'reply') actions.openThread(message.thread ?? message.offset);
    else if (act === 'edit') actions.edit(message, inThread);
    else if (act === 'unread') actions.markUnread(message);
    else if (act === 'quote') actions.quote(message, inThread);
    return true;
  }

  #down({ target, pointerType, clientX, clientY }) {
    this.#up();
    this.#pressed = false;
    const article = target.closest?.('article');
    // In a field, a long press is the browser's: it moves the caret and pastes.
    if (pointerType !== 'touch' || !article || target.closest('input, select, textarea')) return;
    this.#press = { x: clientX, y: clientY, timer: setTimeout(() => this.#held(article), LONG_PRESS) };
  }

  #moved({ clientX, clientY }) {
    if (this.#press.timer && Math.hypot(clientX - this.#press.x, clientY - this.#press.y) > SLACK) this.#up();
  }

  #up() {
    clearTimeout(this.#press.timer);
    this.#press.timer = 0;
  }

  #held(article) {
    const { message, inThread } = this.#messageOf(article);
    this.#press.timer = 0;
    if (!message || article.dataset.editing !== undefined || !this.#actions.actsOn?.(message)) return;
    this.#pressed = true;
    this.#actions.menu(message, article, { inThread, sheet: true });
  }

  #clicked(event) {
    // Keys click too, without a count.
    if (!this.#pressed || event.detail === 0) return;
    this.#pressed = false;
    event.preventDefault();
    event.stopPropagation();
  }
}
