/** The texts that a message had, in a dialog, the latest first. */
import { sentence, strings } from '../strings.js';
import { h, icon } from '../view/dom.js';
import { full } from '../view/times.js';

const words = strings.versions;

export class Versions {
  #run = 0;

  /** `load(message)` resolves to the versions, oldest first, as `{at, text}`. */
  constructor(load) {
    this.load = load;
    this.list = h('ol', { class: 'versions' });
    this.problem = h('p', { class: 'problem', role: 'alert' });
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => this.node.close() } }, icon('close'));
    this.node = h('dialog', { class: 'sheet', 'aria-labelledby': 'versions-title' }, h('div', { class: 'head' }, h('h2', { id: 'versions-title' }, words.title), this.close), this.list, this.problem);
  }

  async open(message) {
    const run = ++this.#run;
    this.problem.textContent = '';
    this.list.replaceChildren(h('li', {}, words.loading));
    this.node.showModal();
    try {
      const versions = await this.load(message);
      // The dialog may be open for another message.
      if (run !== this.#run) return;
      this.list.replaceChildren(...versions.map((version, n) => item(version, n, versions.length)).toReversed());
    } catch (problem) {
      if (run !== this.#run) return;
      this.list.replaceChildren();
      this.problem.textContent = sentence(problem, strings.acts.problems);
    }
  }
}

function item({ at, text }, n, all) {
  const name = n === all - 1 ? words.current : n === 0 ? words.original : null;
  return h('li', {}, h('div', { class: 'when' }, h('time', { datetime: at }, full(at)), name && h('span', { class: 'role' }, name)), h('p', { class: 'text', dir: 'auto' }, text));
}
