/** The reactions to a message as chips: emoji, count, pressed if the person is one of them. Their label says who reacted. */
import { locale, strings } from '../strings.js';
import { arrange, h, icon, setAll, setText } from '../view/dom.js';

/** Shown until the person has used another emoji. */
export const USUAL = ['👍', '❤️', '😂', '🎉', '😮', '🙏'];

export class Reactions {
  #actions;
  #chips = new Map();
  #message = /** @type {any} */ (null);

  constructor(actions) {
    this.#actions = actions;
    this.pinned = h('span', { class: 'chip pinned' }, icon('pin'), strings.pinned);
    this.add = h('button', { type: 'button', class: 'chip add', 'aria-label': strings.acts.react, title: strings.acts.react, 'aria-haspopup': 'dialog', on: { click: () => actions.pickReaction(this.#message, this.add) } }, icon('smile'));
    this.node = h('div', { class: 'chips' });
  }

  /** Shows the message's reactions. Returns the node, or null if there is nothing to show. */
  update(message) {
    this.#message = message;
    const { reactions, pinned, deleted } = message;
    const shown = deleted ? [] : Object.entries(reactions ?? {});
    const chips = shown.map(([emoji, reaction]) => this.#chip(emoji, reaction));
    for (const emoji of this.#chips.keys()) if (!Object.hasOwn(reactions ?? {}, emoji)) this.#chips.delete(emoji);
    this.#keepingFocus(() => arrange(this.node, [pinned && !deleted && this.pinned, ...chips, chips.length > 0 && this.add].filter(Boolean)));
    return this.node.firstChild ? this.node : null;
  }

  #chip(emoji, { count, by, mine }) {
    let chip = this.#chips.get(emoji);
    if (!chip) this.#chips.set(emoji, (chip = this.#newChip(emoji)));
    setText(chip.lastChild, count.toLocaleString(locale()));
    const names = by.map((id) => this.#actions.nameOf?.(id) ?? id);
    const label = strings.acts.reacted(emoji, names, count - names.length);
    setAll(chip, { 'aria-pressed': String(Boolean(mine)), 'aria-label': `${emoji} ${count}. ${label}`, title: label });
    return chip;
  }

  #newChip(emoji) {
    const chip = h('button', { type: 'button', class: 'chip', on: { click: () => this.#actions.toggleReaction(this.#message, emoji) } });
    const sign = emoji[0] === ':' && this.#actions.directory?.emoji?.(emoji);
    chip.append(h('span', { class: 'emoji' }, sign || emoji), h('span', { class: 'number' }));
    return chip;
  }

  /** The last reaction may be taken back by the button that has the focus: the next one, or the message, takes it. */
  #keepingFocus(change) {
    const before = /** @type {ShadowRoot} */ (this.node.getRootNode()).activeElement;
    const had = before && this.node.contains(before);
    change();
    if (had && !this.node.contains(before)) (this.node.querySelector('button') ?? this.node.closest('article'))?.focus({ preventScroll: true });
  }
}
