/** Below the header: the room has a call that this page is not in, or why the call of this page is over. */
import { serverNow } from '../clock.js';
import { h, icon, setText } from '../view/dom.js';
import { ongoing } from './access.js';
import { callWords } from './words.js';

/** A call rings this long, in milliseconds. Later the line says that there is one. */
const RINGS = 60_000;
/** Calls that the person has put aside. */
const MOST_ASIDE = 50;

export class CallBar {
  #aside = /** @type {string[]} */ ([]);
  #call = '';
  #over = false;
  #actions;

  /** `actions` are `join()` and `dismiss()`. @param {any} actions */
  constructor(actions) {
    const words = callWords();
    this.#actions = actions;
    this.text = h('span', { role: 'status', dir: 'auto' });
    this.join = h('button', { type: 'button', class: 'primary', on: { click: () => actions.join() } }, words.join);
    this.conference = h('a', { class: 'primary', target: '_blank', rel: 'noopener noreferrer', hidden: true, on: { click: () => actions.dismiss() } }, words.conference);
    this.later = h('button', { type: 'button', class: 'link', on: { click: () => this.#later() } });
    this.node = h('div', { class: 'bar call-bar', hidden: true }, icon('phone'), this.text, this.join, this.conference, this.later);
  }

  /** `current` is the page's call, also when it is over; `may` whether the person may join. */
  update({ room, current, may, me }) {
    const words = callWords();
    const call = room && may && (!current || current.phase === 'over' || current.room !== room.id) ? ongoing(room) : null;
    const over = current?.phase === 'over' && current.over !== 'left' ? words.over[current.over] : '';
    const offers = Boolean(call) && !this.#aside.includes(call.call);
    this.#over = over !== '';
    this.#call = call?.call ?? '';
    this.node.hidden = !over && !offers;
    this.join.hidden = !offers || (this.#over && ['full', 'unsupported', 'removed'].includes(current.over));
    this.conference.hidden = !over || !isWebsite(current.conference);
    if (!this.conference.hidden) this.conference.href = current.conference;
    setText(this.later, this.#over ? words.close : words.notNow);
    setText(this.text, over || (offers ? textOf(call, me) : ''));
  }

  #later() {
    if (this.#over) return this.#actions.dismiss();
    this.#aside = [...this.#aside, this.#call].slice(-MOST_ASIDE);
    this.#actions.redraw();
  }
}

/** The address comes from the server's settings. A link that runs a script would run it here. */
function isWebsite(address) {
  return address.startsWith('https://');
}

function textOf({ by, started, people }, me) {
  const words = callWords();
  const name = (person) => (person.id === me?.id ? words.you : person.name || person.id);
  const rings = by.id !== me?.id && serverNow() - Date.parse(started) < RINGS && people.length === 1;
  return rings ? words.rings(name(by)) : words.goesOn([...new Set(people.map(name))]);
}
