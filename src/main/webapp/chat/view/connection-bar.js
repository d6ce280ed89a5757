/** The bar below the header while disconnected: the reason, the time of the next attempt, and buttons to try now and to see details. */
import { elapsed } from '../clock.js';
import { strings } from '../strings.js';
import { h, setText } from './dom.js';

const TROUBLE = ['waiting', 'offline'];

export class ConnectionBar {
  #connection = { phase: 'idle' };
  #seconds = 0;
  #trouble;

  constructor(actions) {
    this.text = h('span');
    const button = (text, click) => h('button', { type: 'button', class: 'link', on: { click } }, text);
    this.node = h('div', { class: 'bar', hidden: true }, this.text, button(strings.tryNow, () => actions.reconnect()), button(strings.stats.details, () => actions.stats()));
  }

  update(connection) {
    // The bar stays during an attempt, so that the page doesn't jump.
    const trying = connection.phase === 'connecting' && !this.node.hidden;
    this.#connection = connection;
    if (connection.phase !== 'connecting') this.#trouble = connection.trouble;
    this.node.hidden = !trying && !TROUBLE.includes(connection.phase);
    this.node.dataset.phase = connection.phase;
    clearInterval(this.#seconds);
    if (connection.phase === 'waiting') this.#seconds = setInterval(() => this.#show(), 250);
    this.#show();
  }

  stop() {
    clearInterval(this.#seconds);
  }

  #show() {
    const { phase, until } = this.#connection;
    const seconds = Math.ceil((until - elapsed()) / 1000);
    const waiting = phase === 'waiting' && seconds > 0;
    setText(this.text, phase === 'offline' ? strings.offline : waiting ? this.#words.waiting(seconds) : this.#words.trying);
  }

  /** The last reason stays until connected: an attempt doesn't change the text. */
  get #words() {
    if (this.#trouble === 'token') return { waiting: strings.noTokenIn, trying: strings.noToken };
    return { waiting: strings.reconnectingIn, trying: strings.reconnecting };
  }
}
