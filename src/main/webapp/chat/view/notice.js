/** What stands in the room's place when there is no room to show: not signed in, signed out, stopped, refused. */
import { strings } from '../strings.js';
import { h, icon } from './dom.js';

export class Notice {
  #kind = null;
  #actions;

  constructor(actions) {
    this.#actions = actions;
    this.node = h('div', { class: 'notice' });
  }

  /** Shows one of KINDS, or nothing. */
  update(kind) {
    this.node.hidden = !kind;
    if (kind === this.#kind) return;
    this.#kind = kind;
    if (kind) this.node.replaceChildren(...KINDS[kind](this.#actions));
  }
}

const KINDS = {
  'not-signed-in': () => content('bubbles', strings.notSignedIn, strings.notSignedInAbout),
  'signed-out': (actions) => content('door', strings.signedOut, strings.signedOutAbout, again(actions)),
  stopped: (actions) => content('alert', strings.stopped, strings.stoppedAbout, again(actions)),
  refused: () => content('lock', strings.roomRefused, strings.roomRefusedAbout),
  'no-room': () => content('bubbles', strings.noRoomOpen, strings.noRoomOpenAbout),
};

function content(emblem, title, about, ...more) {
  return [h('span', { class: 'emblem' }, icon(emblem)), h('h2', {}, title), h('p', {}, about), ...more];
}

function again(actions) {
  return h('button', { type: 'button', class: 'primary', on: { click: () => actions.reconnect() } }, strings.connectAgain);
}
