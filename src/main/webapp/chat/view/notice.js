/**
 * What is shown when there is no room to show: not signed in, signed out, stopped, refused, closed, no rooms. For a refused or closed room
 * it lists the messages that were not sent, to retry or discard.
 */
import { strings } from '../strings.js';
import { arrange, h, icon } from './dom.js';
import { fillMessage } from './message.js';

export class Notice {
  #kind = null;
  #articles = new Map();
  #actions;

  constructor(actions) {
    this.#actions = actions;
    this.about = h('div', { class: 'about', role: 'status' });
    this.list = h('div', { class: 'list' });
    this.left = h('section', { class: 'left', 'aria-label': strings.notSent, hidden: true }, this.list);
    this.node = h('div', { class: 'notice' }, this.about, this.left);
  }

  /** Shows one of KINDS, or nothing; `unsent` are the room's messages in the outbox. */
  update(kind, { unsent, user }) {
    this.node.hidden = !kind;
    this.#showUnsent(kind === 'refused' || kind === 'closed' ? unsent : [], user);
    if (kind === this.#kind) return;
    this.#kind = kind;
    if (kind) this.about.replaceChildren(...KINDS[kind](this.#actions));
  }

  #showUnsent(unsent, user) {
    const articles = unsent.map((entry) => this.#article(entry, user));
    this.left.hidden = articles.length === 0;
    this.#articles = new Map(articles.map((article, n) => [unsent[n], article]));
    arrange(this.list, articles);
  }

  /** An unchanged entry keeps its article, so that its buttons keep the focus. */
  #article(entry, by) {
    const known = this.#articles.get(entry);
    if (known) return known;
    const article = h('article');
    fillMessage(article, { message: { ...entry, by }, first: true, state: entry.state, mine: true, connected: true }, this.#actions);
    return article;
  }
}

const KINDS = {
  'not-signed-in': () => content('bubbles', strings.notSignedIn, strings.notSignedInAbout),
  'signed-out': (actions) => content('door', strings.signedOut, strings.signedOutAbout, again(actions)),
  stopped: (actions) => content('alert', strings.stopped, strings.stoppedAbout, again(actions)),
  refused: () => content('lock', strings.roomRefused, strings.roomRefusedAbout),
  closed: () => content('door', strings.roomClosed, strings.roomClosedAbout),
  'no-room': () => content('bubbles', strings.noRooms, strings.noRoomsAbout),
};

function content(emblem, title, about, ...more) {
  return [h('span', { class: 'emblem' }, icon(emblem)), h('h2', {}, title), h('p', {}, about), ...more];
}

function again(actions) {
  return h('button', { type: 'button', class: 'primary', on: { click: () => actions.reconnect() } }, strings.reconnect);
}
