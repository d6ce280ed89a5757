/** Asks before something that can't be undone. */
import { setText } from './dom.js';
import { FormDialog } from './form-dialog.js';

export class Confirm {
  #dialog;
  #about;

  /**
   * `title` also names the button that does it. `about(name)` says what happens to the room. `act()` returns a promise that may reject with a
   * Problem, and `words` are the texts of codes that mean something special here.
   */
  constructor({ id, title, about, words = {} }, act) {
    this.#about = about;
    this.#dialog = new FormDialog({ id, title, fields: [], submit: title, grave: true, words }, act);
    this.node = this.#dialog.node;
  }

  /** Asks about the room with this name. The focus is on the button that cancels. */
  open(name) {
    setText(this.#dialog.about, this.#about(name));
    this.#dialog.open(this.#dialog.submit.previousSibling);
  }
}
