/**
 * The message box. It keeps a draft for each room, reports typing, and shows the remaining characters near the limit.
 * The text is cleared only after the outbox has accepted it.
 */
import { isMuted } from '../authority.js';
import { strings } from '../strings.js';
import { isBlank } from '../text.js';
import { h, icon, setAll, setText } from './dom.js';
import { deadline } from './times.js';

/** The counter appears when this many characters are left. */
const COUNTED = 400;

export class Composer {
  #actions;
  #room = null;
  #limit = Infinity;
  #drafts = new Map();
  #measured = '';
  #width = 0;

  constructor(actions) {
    this.#actions = actions;
    this.input = h('textarea', { rows: '1', on: { input: () => this.#typed(), keydown: (event) => this.#pressed(event), blur: () => actions.typing(false) } });
    this.counter = h('span', { class: 'counter', role: 'note' });
    this.button = h('button', { type: 'submit', class: 'send', 'aria-label': strings.send, title: strings.send }, icon('send'));
    this.box = h('div', { class: 'box' }, this.input, this.button);
    this.join = h('div', { class: 'join' }, h('span'), h('button', { type: 'button', class: 'primary', on: { click: () => actions.join(this.#room) } }, strings.join));
    this.hint = h('span', { class: 'hint' }, strings.hint);
    this.typing = h('span', { class: 'typing', role: 'status', 'aria-label': strings.typingLabel });
    this.node = h('form', { class: 'composer', on: { submit: (event) => this.#submitted(event) } }, this.join, this.box, h('div', { class: 'below' }, this.typing, this.hint, this.counter));
    // Its own width decides how many lines the text has.
    new ResizeObserver(([{ contentRect }]) => this.#resized(contentRect.width)).observe(this.input);
  }

  /** `label` names the box, if it is not the room's own. */
  update({ room, limit, member, label = strings.composer(room.name ?? room.id) }) {
    if (room.id !== this.#room) this.#enter(room.id);
    this.#limit = limit;
    const name = room.name ?? room.id;
    setAll(this.input, { 'aria-label': label, placeholder: label });
    const reason = whyNot(room, member, name);
    setText(this.join.firstChild, reason ?? '');
    this.join.lastChild.hidden = member;
    const settled = room.messages !== null;
    this.join.hidden = reason === null || !settled;
    this.box.hidden = reason !== null && settled;
    this.input.disabled = reason !== null;
    this.#showTyping([...room.typing.values()].map((someone) => someone.name));
    // Measuring makes the browser lay out the page: only when something changed.
    const measured = JSON.stringify([room.id, limit, this.box.hidden]);
    if (measured !== this.#measured) this.#measure();
    this.#measured = measured;
  }

  /** Changes the text by `change(text)`, as if the person had typed it. */
  insert(change) {
    this.input.value = change(this.input.value);
    this.#typed();
    this.input.focus();
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  focus() {
    this.input.focus();
  }

  #enter(id) {
    if (this.#room) this.#drafts.set(this.#room, this.input.value);
    this.#room = id;
    this.input.value = this.#drafts.get(id) ?? '';
  }

  #typed() {
    this.#measure();
    this.#actions.typing(!isBlank(this.input.value));
  }

  #pressed(event) {
    // During input method composition, Enter belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    this.#submitted(event);
  }

  #submitted(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!this.#fits(text) || !this.#actions.send(text)) return;
    this.input.value = '';
    this.#measure();
    this.input.focus();
  }

  #fits(text) {
    return !isBlank(text) && characters(text) <= this.#limit;
  }

  #measure() {
    const text = this.input.value.trim();
    const left = this.#limit - characters(text);
    this.counter.hidden = this.box.hidden || left > COUNTED;
    this.hint.hidden = this.box.hidden || !this.counter.hidden;
    setText(this.counter, this.counter.hidden ? '' : strings.charactersLeft(left));
    setAll(this.counter, { 'data-over': left < 0 });
    setAll(this.button, { 'aria-disabled': String(!this.#fits(text)) });
    this.input.style.setProperty('height', 'auto');
    this.input.style.setProperty('height', `${this.input.scrollHeight}px`);
  }

  #resized(width) {
    if (width !== this.#width) this.#measure();
    this.#width = width;
  }

  #showTyping(names) {
    setText(this.typing, names.length ? strings.typing(names) : '');
    setAll(this.typing, { 'data-on': names.length > 0 });
  }
}

/** Why the person can't post in the room, or null. */
function whyNot(room, member, name) {
  if (!member) return strings.joinToPost(name);
  if (isMuted(room)) return strings.mutedHere(deadline(room.muted));
  return room.role === 'guest' ? strings.guestsRead(name) : null;
}

/** Counts code points, as the server does. */
function characters(text) {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
