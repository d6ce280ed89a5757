/** Asks before something that can't be undone. */
import { setText } from './dom.js';
import { FormDialog } from './form-dialog.js';

export class Confirm {
  #dialog;
  #about;
  #subject = /** @type {any} */ (null);

  /**
   * `title` also names the button that does it. `about(name)` says what happens. `act(subject)` returns a promise that may reject with a
   * Problem, and `words` are the texts of codes that mean something special here.
   */
  constructor({ id, title, about, words = {} }, act) {
    this.#about = about;
    this.#dialog = new FormDialog({ id, title, fields: [], submit: title, grave: true, words }, () => act(this.#subject));
    this.node = this.#dialog.node;
  }

  /** Asks about `subject`, which has this name. The focus is on the button that cancels. */
  open(name, subject) {
    this.#subject = subject;
    setText(this.#dialog.about, this.#about(name));
    this.#dialog.open(this.#dialog.submit.previousSibling);
  }
}
