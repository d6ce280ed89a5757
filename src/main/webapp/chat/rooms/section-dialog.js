/** The dialog that asks for the section of a room. */
import { strings } from '../strings.js';
import { h } from '../view/dom.js';
import { FormDialog } from '../view/form-dialog.js';

const words = strings.sidebar;

export class SectionDialog {
  #dialog;
  #answer = /** @type {(name: string | null) => void} */ (() => {});

  constructor() {
    this.options = h('datalist', { id: 'sections' });
    this.input = h('input', { id: 'section-name', list: 'sections', maxlength: '80', autocomplete: 'off' });
    const fields = [h('label', { for: 'section-name' }, words.section), this.input, this.options];
    this.#dialog = new FormDialog({ id: 'section-title', title: words.moveTo, about: words.sectionAbout, fields, submit: strings.save }, async () => this.#answered(this.input.value.trim()));
    this.node = this.#dialog.node;
    this.node.addEventListener('close', () => this.#answered(null));
  }

  /** Resolves to the name, to an empty text for none, or to null if the person cancels. */
  ask(name, known) {
    this.options.replaceChildren(...known.map((value) => h('option', { value })));
    this.input.value = name;
    this.#dialog.open(this.input);
    return /** @type {Promise<string | null>} */ (new Promise((resolve) => (this.#answer = resolve)));
  }

  #answered(name) {
    this.#answer(name);
    this.#answer = () => {};
  }
}
