/**
 * A dialog with a form that the server may refuse. It uses the browser's `<dialog>`, which traps the focus and closes on Escape, and closes
 * after the server has accepted the form.
 */
import { sentence, strings } from '../strings.js';
import { h, setAll, setText } from './dom.js';

export class FormDialog {
  #act;
  #words;
  /** How often it was opened. An answer may come when it is open for something else. */
  #run = 0;

  /**
   * `fields` are the form's elements. `act()` returns a promise that may reject with a Problem. `words` overrides the texts of problem
   * codes that have a special meaning here.
   */
  constructor({ id, title, about = '', fields, submit, grave = false, words = {} }, act) {
    this.#act = act;
    this.#words = words;
    this.title = h('h2', { id, dir: 'auto' }, title);
    this.about = h('p', { class: 'about' }, about);
    this.problem = h('p', { class: 'problem', role: 'alert' });
    this.submit = h('button', { type: 'submit', class: grave ? 'primary grave' : 'primary' }, submit);
    const cancel = h('button', { type: 'button', on: { click: () => this.node.close() } }, strings.cancel);
    const form = h('form', { on: { submit: (event) => this.#submitted(event) } }, this.title, this.about, fields, this.problem, h('footer', {}, cancel, this.submit));
    this.node = h('dialog', { 'aria-labelledby': id }, form);
  }

  open(first) {
    this.#run++;
    setAll(this.submit, { disabled: false });
    setText(this.problem, '');
    this.about.hidden = this.about.textContent === '';
    this.node.showModal();
    first.focus();
  }

  async #submitted(event) {
    event.preventDefault();
    const run = this.#run;
    setAll(this.submit, { disabled: true });
    setText(this.problem, '');
    try {
      await this.#act();
      if (run === this.#run) this.node.close();
    } catch (problem) {
      if (run === this.#run) setText(this.problem, sentence(problem, this.#words));
    } finally {
      if (run === this.#run) setAll(this.submit, { disabled: false });
    }
  }
}
