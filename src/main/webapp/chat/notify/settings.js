/** Where this browser shows notifications: fields of the settings dialog. Each takes effect at once, because the browser asks the person. */
import { strings } from '../strings.js';
import { h, setText } from '../view/dom.js';
import { Desktop } from './desktop.js';

const words = strings.notices;

export class NoticeSettings {
  #desktop;
  #push;

  /**
   * @param {Desktop} desktop
   * @param {import('./push.js').Push} push
   */
  constructor(desktop, push) {
    this.#desktop = desktop;
    this.#push = push;
    this.page = box('notices-desktop', words.desktop, (on) => this.#turnDesktop(on));
    this.closed = box('notices-push', words.push, (on) => this.#turnPush(on));
    this.problem = h('p', { class: 'problem', role: 'alert' });
    this.node = h('div', { class: 'notice-settings' }, this.page.node, this.closed.node, this.problem);
  }

  async open() {
    setText(this.problem, '');
    this.page.node.hidden = !Desktop.possible;
    this.closed.node.hidden = !this.#push.possible;
    this.page.input.checked = this.#desktop.on;
    this.closed.input.checked = await this.#push.isOn().catch(() => false);
  }

  async #turnDesktop(on) {
    const now = await this.#desktop.turn(on);
    this.page.input.checked = now;
    setText(this.problem, on && !now ? words.refused : '');
  }

  async #turnPush(on) {
    setText(this.problem, '');
    this.closed.input.disabled = true;
    try {
      await (on ? this.#push.turnOn() : this.#push.turnOff());
    } catch {
      setText(this.problem, on ? words.pushRefused : words.pushStays);
    }
    this.closed.input.disabled = false;
    this.closed.input.checked = await this.#push.isOn().catch(() => false);
  }
}

function box(id, text, change) {
  const input = h('input', { type: 'checkbox', id, on: { change: () => change(input.checked) } });
  return { input, node: h('label', { class: 'check', for: id }, input, h('span', {}, text)) };
}
