/** A person's profile beside their name: status, availability, and what one can do with the person. */
import { badge } from '../slash/bot.js';
import { sentence, strings } from '../strings.js';
import { beside, isPressedAgain, putInside } from '../view/beside.js';
import { asSheet, h, icon, isFocusFree, setText } from '../view/dom.js';
import { deadline } from '../view/times.js';
import { statusOf } from './people.js';
import { face } from './picker.js';

const words = strings.people;
const GAP = 6;

export class Card {
  #session;
  #acts;
  #anchor = /** @type {HTMLElement | null} */ (null);
  #run = 0;

  /** `session()` returns the current session. `acts` are `message(person)`, `mention(person)`, `preferences()` and `say(text)`. */
  constructor(session, acts) {
    this.#session = session;
    this.#acts = acts;
    this.node = h('div', { class: 'card', popover: 'auto', role: 'dialog', tabindex: '-1', on: { toggle: (event) => event.newState === 'closed' && this.#closed() } });
  }

  get people() {
    return this.#session().people;
  }

  /**
   * Opens beside the anchor: with what is known at once, then with what the server says.
   *
   * @param {import('../types.d.ts').User} user
   * @param {HTMLElement} anchor
   */
  async open(user, anchor) {
    if (isPressedAgain(anchor)) return this.close();
    const run = ++this.#run;
    this.#anchor = anchor;
    this.#draw({ ...user, ...this.people.known(user.id) });
    this.node.toggleAttribute('data-sheet', asSheet());
    this.node.showPopover();
    beside(this.node, anchor, () => this.#put());
    this.node.focus({ preventScroll: true });
    try {
      const person = await this.people.one(user.id);
      if (run === this.#run && this.node.matches(':popover-open')) this.#draw({ ...user, ...person });
    } catch (problem) {
      if (run === this.#run) setText(this.about, sentence(problem, words.problems));
    }
  }

  close() {
    if (this.node.matches(':popover-open')) this.node.hidePopover();
  }

  #draw(person) {
    const had = this.node.contains(/** @type {ShadowRoot} */ (this.node.getRootNode()).activeElement);
    const mine = person.id === this.#session().state.user?.id;
    const status = statusOf(person);
    const name = person.name || person.id;
    this.about = h('p', { class: 'availability', role: 'status' }, words.availabilities[person.availability ?? 'auto'] ?? '');
    const until = status?.until ? h('span', { class: 'until' }, words.until(deadline(status.until))) : null;
    this.node.setAttribute('aria-label', name);
    this.node.replaceChildren(
      h('div', { class: 'who' }, face(person), h('div', { class: 'names' }, h('bdi', { class: 'name' }, name), badge(person.id), person.name && person.name !== person.id && h('bdi', { class: 'id' }, person.id), this.about)),
      ...(status ? [h('p', { class: 'status-line' }, status.emoji && h('span', { class: 'emoji' }, status.emoji), h('bdi', {}, status.text), until)] : []),
      h('div', { class: 'card-acts' }, mine ? this.#own() : this.#others(person)),
    );
    if (had) this.node.focus({ preventScroll: true });
  }

  #own() {
    return [button('gear', words.edit, () => this.#then(() => this.#acts.preferences()), 'primary')];
  }

  #others(person) {
    const blocked = this.people.isBlocked(person.id);
    const writes = this.#session().state.features.includes('direct') && !blocked;
    return [
      writes && button('reply', words.message, () => this.#then(() => this.#acts.message(person)), 'primary'),
      button('at', words.mention, () => this.#then(() => this.#acts.mention(person))),
      button('stop', blocked ? words.unblock : words.block, () => this.#then(() => this.#block(person, !blocked)), blocked ? '' : 'grave'),
    ].filter(Boolean);
  }

  async #block(person, on) {
    try {
      await this.people.block(person.id, on);
      this.#acts.say(on ? words.blocked(person.name || person.id) : words.unblocked(person.name || person.id));
    } catch (problem) {
      this.#acts.say(sentence(problem, words.problems));
    }
  }

  #then(act) {
    this.close();
    act();
  }

  #closed() {
    this.#run++;
    const root = /** @type {ShadowRoot} */ (this.node.getRootNode());
    if (isFocusFree() || this.node.contains(root.activeElement)) this.#anchor?.focus({ preventScroll: true });
  }

  #put() {
    const { style } = this.node;
    for (const side of ['left', 'top']) style.removeProperty(side);
    if (this.node.hasAttribute('data-sheet') || !this.#anchor?.isConnected) return;
    const [at, box] = [this.#anchor.getBoundingClientRect(), this.node.getBoundingClientRect()];
    const rtl = getComputedStyle(this.#anchor).direction === 'rtl';
    const top = at.bottom + GAP + box.height <= innerHeight ? at.bottom + GAP : at.top - GAP - box.height;
    putInside(this.node, rtl ? at.right - box.width : at.left, top, GAP);
  }
}

function button(name, text, click, style = '') {
  return h('button', { type: 'button', class: `card-act ${style}`, on: { click } }, icon(name), text);
}
