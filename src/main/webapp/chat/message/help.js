/** The keyboard shortcuts, in a dialog. */
import { strings } from '../strings.js';
import { h, icon } from '../view/dom.js';

export class Help {
  constructor() {
    const { title } = strings.help;
    const groups = /** @type {[string, [string, string][]][]} */ (strings.help.groups);
    const close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => this.node.close() } }, icon('close'));
    const sections = groups.map(([name, keys]) => h('section', {}, h('h3', {}, name), h('dl', {}, keys.map(([key, text]) => h('div', {}, h('dt', {}, key.split(/(?<=.)\+|\s/).map((one) => h('kbd', {}, one))), h('dd', {}, text))))));
    this.node = h('dialog', { class: 'sheet help', 'aria-labelledby': 'help-title' }, h('div', { class: 'head' }, h('h2', { id: 'help-title' }, title), close), sections);
  }

  open() {
    this.node.showModal();
  }
}
