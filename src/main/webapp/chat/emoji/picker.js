/**
 * The emoji picker: a popover next to its button, with search, groups, skin tones and the emoji chosen last. On a narrow screen it is a sheet
 * at the bottom. One is open at a time.
 */
import { strings } from '../strings.js';
import { beside, isPressedAgain, putAt } from '../view/beside.js';
import { composes, h, icon, isFocusFree, setAll, setText } from '../view/dom.js';
import { customEmoji, picture, searchCustom } from './custom.js';
import { emojiData } from './data.js';
import { recentEmoji, rememberEmoji, rememberTone, skinTone } from './recent.js';

const TONES = ['', '\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}'];
const HAND = '\u270b';
const MOST_FOUND = 90;
const NARROW = 520;
const GAP = 8;

/** @type {Picker | null} */
let open = null;

/**
 * Opens the picker next to `anchor`. Each choice calls `onChosen` and closes it. `onClosed` is called when it closes and nothing else has
 * got the focus: the person may have pressed a field of the portal.
 *
 * @param {HTMLElement} anchor
 * @param {(emoji: string) => void} onChosen
 * @param {() => void} [onClosed]
 * @param {any} [access] the session's FileAccess, if custom emoji are offered
 */
export function openPicker(anchor, onChosen, onClosed = () => {}, access = null) {
  open?.close();
  if (isPressedAgain(anchor)) return;
  open = new Picker(anchor, onChosen, onClosed, access);
}

class Picker {
  #anchor;
  /** Whose emoji are remembered. The anchor itself may be redrawn while the picker is open. */
  #home;
  #onChosen;
  #onClosed;
  /** @type {import('./data.js').EmojiData | null} */
  #data = null;
  /** @type {Map<string, import('./custom.js').CustomEmoji>} */
  #custom = new Map();
  #access;
  #tone;
  /** Whether Enter was pressed before the data was there. */
  #early = false;
  #closed = false;

  constructor(anchor, onChosen, onClosed, access) {
    this.#access = access;
    this.#anchor = anchor;
    this.#home = anchor.closest('.app') ?? anchor;
    this.#onChosen = onChosen;
    this.#onClosed = onClosed;
    this.#tone = skinTone(this.#home);
    this.search = h('input', { type: 'search', 'aria-label': strings.findEmoji, placeholder: strings.findEmoji, autocomplete: 'off', spellcheck: 'false' });
    this.tabs = h('div', { class: 'tabs', role: 'toolbar', 'aria-label': strings.emojiGroupsLabel });
    this.grid = h('div', { class: 'grid', 'aria-busy': 'true' }, h('p', { class: 'none', role: 'status' }, strings.loading));
    this.about = h('span', { class: 'about' });
    this.tones = h('div', { class: 'tones', role: 'group', 'aria-label': strings.skinTone });
    this.said = h('div', { class: 'spoken', role: 'status' });
    const top = h('div', { class: 'search' }, icon('search'), this.search);
    const bottom = h('footer', {}, this.about, this.tones);
    this.node = h('div', { class: 'picker', popover: 'auto', role: 'dialog', 'aria-label': strings.emoji }, top, this.tabs, this.grid, bottom, this.said);
    this.#listen();
    const place = anchor.closest('dialog[open]') ?? this.#home;
    place.append(this.node);
    this.node.showPopover();
    beside(this.node, anchor, () => this.#place());
    this.search.focus();
    setAll(anchor, { 'aria-expanded': 'true' });
    this.#load();
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    if (open === this) open = null;
    const root = /** @type {ShadowRoot} */ (this.node.getRootNode());
    const returns = isFocusFree() || this.node.contains(root.activeElement);
    if (this.node.matches(':popover-open')) this.node.hidePopover();
    this.node.remove();
    setAll(this.#anchor, { 'aria-expanded': 'false' });
    if (returns) this.#onClosed();
  }

  #listen() {
    this.node.addEventListener('toggle', (event) => /** @type {ToggleEvent} */ (event).newState === 'closed' && this.close());
    this.node.addEventListener('keydown', (event) => this.#pressed(event));
    this.search.addEventListener('input', () => this.#searched());
    this.grid.addEventListener('click', ({ target }) => this.#choose(target.closest('[data-emoji]')));
    for (const type of ['focusin', 'pointerover']) this.grid.addEventListener(type, ({ target }) => this.#describe(target.closest('[data-emoji]')));
  }

  async #load() {
    try {
      [this.#data, this.#custom] = await Promise.all([emojiData(), customEmoji(this.#access)]);
    } catch {
      return this.#failed();
    }
    if (this.#closed) return;
    setAll(this.grid, { 'aria-busy': 'false' });
    this.#fillTones();
    this.#fill();
    if (this.#early) this.#choose(this.#buttons[0]);
  }

  #searched() {
    this.#early = false;
    this.#fill();
  }

  #failed() {
    const again = h('button', { type: 'button', class: 'link' }, strings.tryNow);
    again.addEventListener('click', () => this.#load());
    this.grid.replaceChildren(h('p', { class: 'none', role: 'alert' }, strings.noEmojiLoaded, ' ', again));
  }

  #fill() {
    if (!this.#data) return;
    const query = this.search.value.trim();
    const groups = query ? this.#found(query) : this.#all();
    this.grid.replaceChildren(...groups.map(({ name, all }, n) => this.#section(name, all, n)));
    this.grid.scrollTop = 0;
    const count = this.#buttons.length;
    if (!count) this.grid.replaceChildren(h('p', { class: 'none' }, strings.noEmojiFound));
    setText(this.said, query ? strings.emojiFound(count) : '');
    this.tabs.hidden = query !== '';
    if (!query) this.tabs.replaceChildren(...groups.map((group, n) => this.#tab(group, n)));
    this.#focusable(this.#buttons[0]);
    setText(this.about, '');
  }

  #found(query) {
    return [{ name: strings.found, all: [...searchCustom(this.#custom, query, MOST_FOUND), .../** @type {any} */ (this.#data).search(query, MOST_FOUND)] }];
  }

  #all() {
    const { groups, byEmoji } = /** @type {import('./data.js').EmojiData} */ (this.#data);
    const recent = recentEmoji(this.#home).map((emoji) => byEmoji.get(emoji) ?? this.#custom.get(emoji)).filter((one) => one !== undefined);
    const named = groups.map(({ name, all }) => ({ name: strings.emojiGroups[name] ?? name, all }));
    if (this.#custom.size) named.unshift({ name: strings.customEmoji, all: [...this.#custom.values()] });
    return recent.length ? [{ name: strings.recentEmoji, all: recent }, ...named] : named;
  }

  #section(name, all, n) {
    const id = `emoji-group-${n}`;
    const buttons = all.map((one) => this.#button(one));
    return h('section', { role: 'group', 'aria-labelledby': id, style: { '--rows': String(Math.ceil(all.length / 9)) } }, h('h3', { id }, name), h('div', { class: 'all' }, buttons));
  }

  /** @param {import('./data.js').Emoji} one */
  #button(one) {
    const shown = this.#data?.inTone(one, this.#tone) ?? one.emoji;
    return h('button', { type: 'button', tabindex: '-1', 'data-emoji': shown, 'data-plain': one.emoji, 'aria-label': one.name }, this.#sign(one, shown));
  }

  #sign(one, shown = one.emoji) {
    return this.#custom.get(one.emoji) === one ? picture(this.#access, one) : shown;
  }

  #tab({ name, all }, n) {
    const tab = h('button', { type: 'button', 'aria-label': name, title: name }, n === 0 && name === strings.recentEmoji ? icon('clock') : this.#sign(all[0]));
    tab.addEventListener('click', () => this.#show(n));
    return tab;
  }

  #show(n) {
    const section = this.grid.querySelectorAll('section')[n];
    section.scrollIntoView({ block: 'start' });
    this.#focusable(section.querySelector('[data-emoji]'));
  }

  #fillTones() {
    this.tones.replaceChildren(
      ...TONES.map((tone, n) => {
        const pressed = String(tone === this.#tone);
        const button = h('button', { type: 'button', 'aria-label': strings.skinTones[n], title: strings.skinTones[n], 'aria-pressed': pressed }, HAND + tone);
        button.addEventListener('click', () => this.#choseTone(n));
        return button;
      }),
    );
  }

  #choseTone(n) {
    this.#tone = TONES[n];
    rememberTone(this.#home, this.#tone);
    [...this.tones.children].forEach((button, at) => setAll(button, { 'aria-pressed': String(at === n) }));
    const { byEmoji, inTone } = /** @type {import('./data.js').EmojiData} */ (this.#data);
    for (const button of this.#buttons) {
      const plain = byEmoji.get(button.dataset.plain ?? '');
      if (!plain) continue;
      const shown = inTone(plain, this.#tone);
      setAll(button, { 'data-emoji': shown });
      setText(button, shown);
    }
  }

  #choose(button) {
    if (!button) return;
    const { emoji, plain } = button.dataset;
    rememberEmoji(this.#home, plain);
    const chosen = this.#onChosen;
    this.close();
    chosen(emoji);
  }

  #describe(button) {
    const one = button && (this.#data?.byEmoji.get(button.dataset.plain) ?? this.#custom.get(button.dataset.plain));
    if (one) setText(this.about, one.codes.length ? `:${one.codes[0]}:` : one.name);
  }

  /** @returns {HTMLElement[]} */
  get #buttons() {
    return [...this.grid.querySelectorAll('[data-emoji]')];
  }

  /** The button that the Tab key reaches. */
  #focusable(button) {
    this.grid.querySelector('[data-emoji][tabindex="0"]')?.setAttribute('tabindex', '-1');
    button?.setAttribute('tabindex', '0');
  }

  #pressed(event) {
    // Keys of the picker are not those of the views around it.
    event.stopPropagation();
    if (event.target === this.search) return this.#searching(event);
    const button = event.target.closest('[data-emoji]');
    if (!button) return;
    const next = this.#neighbor(button, event.key);
    if (next === undefined) return;
    event.preventDefault();
    if (next === null) return this.search.focus();
    this.#focusable(next);
    next.focus();
  }

  #searching(event) {
    if (composes(event)) return;
    const first = this.#buttons[0];
    if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      first.focus();
    } else if (event.key === 'Enter' && this.search.value.trim()) {
      event.preventDefault();
      if (this.#data) this.#choose(first);
      else this.#early = true;
    }
  }

  /** The button in that direction; null above the first row, undefined for other keys and at the end. */
  #neighbor(button, key) {
    const all = this.#buttons;
    const at = all.indexOf(button);
    const forward = getComputedStyle(this.grid).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (key === 'ArrowLeft' || key === 'ArrowRight') return all[at + (key === forward ? 1 : -1)];
    if (key === 'Home') return all[0];
    if (key === 'End') return all.at(-1);
    if (key === 'ArrowDown') return nearest(all.slice(at + 1), button);
    return key === 'ArrowUp' ? (nearest(all.slice(0, at).reverse(), button) ?? null) : undefined;
  }

  /** Above or below the anchor, inside the window; on a narrow screen at the bottom. */
  #place() {
    const sheet = innerWidth < NARROW;
    setAll(this.node, { 'data-sheet': sheet });
    this.node.style.removeProperty('top');
    this.node.style.removeProperty('left');
    if (sheet) return;
    const [around, own] = [this.#anchor.getBoundingClientRect(), this.node.getBoundingClientRect()];
    const above = around.top - own.height - GAP;
    const top = above >= GAP ? above : Math.min(around.bottom + GAP, innerHeight - own.height - GAP);
    const start = getComputedStyle(this.node).direction === 'rtl' ? around.right - own.width : around.left;
    const left = Math.min(start, innerWidth - own.width - GAP);
    putAt(this.node, Math.max(GAP, left), Math.max(GAP, top));
  }
}

/** The first button of the next row that is closest to this one's column. */
function nearest(others, { offsetTop, offsetLeft }) {
  const first = others.find((one) => one.offsetTop !== offsetTop);
  if (!first) return undefined;
  const row = others.filter((one) => one.offsetTop === first.offsetTop);
  return row.sort((a, b) => Math.abs(a.offsetLeft - offsetLeft) - Math.abs(b.offsetLeft - offsetLeft))[0];
}
