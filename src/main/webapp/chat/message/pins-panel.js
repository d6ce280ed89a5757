/** The pinned messages of the open room. Choosing one shows it in the conversation. */
import { strings } from '../strings.js';
import { avatar } from '../view/avatar.js';
import { arrange, h, icon } from '../view/dom.js';
import { shortly } from '../view/times.js';

const words = strings.pins;

export class PinsPanel {
  #actions;
  #shown = null;
  #items = new Map();

  /** `actions.pinsPanel(false)` closes, `actions.showPinned(offset)` shows a message, `actions.pin(message)` unpins. */
  constructor(actions) {
    this.#actions = actions;
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => actions.pinsPanel(false) } }, icon('close'));
    this.list = h('ul');
    this.none = h('div', { class: 'empty' }, h('span', { class: 'emblem' }, icon('pin')), h('h3', {}, words.none), h('p', {}, words.noneAbout));
    this.loading = h('p', { class: 'empty' }, strings.loading);
    this.node = h('aside', { class: 'pins', 'aria-label': words.title, hidden: true }, h('header', {}, h('h2', {}, words.title), this.close), h('div', { class: 'lists' }, this.list, this.none, this.loading));
  }

  update(room, open) {
    this.node.hidden = !open || !room;
    if (this.node.hidden) return;
    const pins = room.pins?.messages ?? null;
    if (pins === this.#shown && pins !== null) return;
    this.#shown = pins;
    this.loading.hidden = pins !== null;
    this.none.hidden = pins === null || pins.length > 0;
    const items = (pins ?? []).toReversed().map((message) => this.#item(message));
    arrange(this.list, items);
    for (const message of this.#items.keys()) if (!pins?.includes(message)) this.#items.delete(message);
  }

  focus() {
    this.close.focus();
  }

  #item(message) {
    let item = this.#items.get(message);
    if (!item) this.#items.set(message, (item = this.#newItem(message)));
    return item;
  }

  #newItem(message) {
    const { by, at, offset, files } = message;
    const text = message.text || files?.map(({ name }) => name).join(', ');
    const name = by.name || by.id;
    const jump = h('button', { type: 'button', class: 'jump', title: words.jump, on: { click: () => this.#actions.showPinned(offset) } }, avatar(by), h('span', { class: 'body' }, h('span', { class: 'heading' }, h('bdi', { class: 'author' }, name), h('time', { datetime: at }, shortly(at))), h('span', { class: 'excerpt', dir: 'auto' }, text ?? strings.deleted)));
    const unpin = h('button', { type: 'button', class: 'round', 'aria-label': strings.acts.unpin, title: strings.acts.unpin, on: { click: () => this.#actions.pin(message) } }, icon('close'));
    return h('li', {}, jump, this.#actions.actsOn(message).unpin && unpin);
  }
}
