/**
 * A dialog with a form that the server may refuse. The browser's own dialog: it keeps the focus and closes on Escape. It
 * must never close before the server has said yes.
 */
import { sentence, strings } from '../strings.js';
import { h, setAll, setText } from './dom.js';

export class FormDialog {
  #act;
  #words;

  /**
   * `fields` are the form's elements; `act()` gives a promise that rejects with a Problem; `words` has sentences for problem
   * codes that mean something of their own here.
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
    setText(this.problem, '');
    this.about.hidden = this.about.textContent === '';
    this.node.showModal();
    first.focus();
  }

  async #submitted(event) {
    event.preventDefault();
    setAll(this.submit, { disabled: true });
    setText(this.problem, '');
    try {
      await this.#act();
      this.node.close();
    } catch (problem) {
      setText(this.problem, sentence(problem, this.#words));
    } finally {
      setAll(this.submit, { disabled: false });
    }
  }
}
