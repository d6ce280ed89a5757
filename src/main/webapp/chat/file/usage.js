/** How much space the person's files use. */
import { sentence, strings } from '../strings.js';
import { h, setAll, setText } from '../view/dom.js';
import { bytes } from './sizes.js';

export class Usage {
  #access;

  /** `access()` is the session's access to files. */
  constructor(access) {
    this.#access = access;
    this.text = h('span', { role: 'status' });
    this.meter = h('meter', { min: '0', 'aria-label': strings.files.storage });
    this.node = h('div', { class: 'usage' }, this.meter, this.text);
  }

  async open() {
    setText(this.text, strings.loading);
    try {
      const { used, most } = await this.#access().usage();
      setAll(this.meter, { max: String(most), value: String(used), high: String(most * 0.9) });
      setText(this.text, strings.files.used(bytes(used), bytes(most)));
    } catch (problem) {
      setText(this.text, sentence(problem));
    }
  }
}
