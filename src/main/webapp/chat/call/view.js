/** The view of calls: the bar of a room with a call, the panel of the page's own call, and the dialog of its devices. */
import { mayCall } from './access.js';
import { CallBar } from './bar.js';
import { CallPanel } from './panel.js';
import { CallSettings } from './settings.js';
import { addStyles } from './styles.js';

export class CallView {
  #calls;
  #state = /** @type {any} */ (null);
  #room = /** @type {any} */ (null);
  #drawn = 0;
  #wasIn = /** @type {string | null} */ (null);
  #actions;
  /** Ends listening to changes. */
  #unheard;

  /**
   * `actions` are `open(room)`, `redraw()`, which draws the whole page, `left()`, which focuses what begins a call, `enter()`, `name(room)`
   * and `turn()`.
   *
   * @param {any} actions
   * @param {import('./calls.js').Calls} calls
   */
  constructor(actions, calls) {
    this.#actions = actions;
    this.#calls = calls;
    this.bar = new CallBar({ join: () => actions.enter(), dismiss: () => calls.dismiss(), redraw: () => this.#draw() });
    this.panel = new CallPanel({ settings: () => this.settings.open(), left: actions.left, open: actions.open, redraw: () => this.#draw(), me: () => this.#state?.user }, calls);
    this.settings = new CallSettings(calls, { turn: actions.turn, connect: (configuration) => new RTCPeerConnection(configuration) });
    this.#unheard = calls.whenChanged(() => this.#soon());
  }

  /** The styles come first. */
  async styled() {
    await addStyles(this.panel.node);
  }

  update(state, room) {
    this.#state = state;
    this.#room = room ?? null;
    this.#draw();
  }

  focus() {
    this.panel.focus();
  }

  close() {
    this.settings.node.close();
    this.#unheard();
    clearTimeout(this.#drawn);
    this.#state = null;
    this.panel.end();
    for (const { node } of [this.bar, this.settings]) node.remove();
  }

  /** Many changes come together. */
  #soon() {
    const { room } = this.#calls;
    if (room !== this.#wasIn) {
      this.#wasIn = room;
      this.#actions.redraw();
    }
    this.#drawn ||= /** @type {any} */ (setTimeout(() => this.#draw()));
  }

  #draw() {
    clearTimeout(this.#drawn);
    this.#drawn = 0;
    if (!this.#state) return;
    const { current } = this.#calls;
    const room = current && this.#state.rooms.get(current.room);
    this.bar.update({ room: this.#room, current, may: mayCall(this.#room), me: this.#state.user });
    this.panel.update({ room: this.#room?.id, name: current ? this.#actions.name(current.room) : '', started: room?.call?.started ?? '' });
    this.settings.update();
  }
}
