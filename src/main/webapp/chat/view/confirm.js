/** The confirmation before a room is closed. */
import { strings } from '../strings.js';
import { setText } from './dom.js';
import { FormDialog } from './form-dialog.js';

export class CloseRoom {
  #dialog;

  /** `close()` returns a promise that may reject with a Problem. */
  constructor(close) {
    this.#dialog = new FormDialog({ id: 'close-room-title', title: strings.closeRoom, fields: [], submit: strings.closeRoom, grave: true }, close);
    this.node = this.#dialog.node;
  }

  open(name) {
    setText(this.#dialog.about, strings.closeRoomAbout(name));
    this.#dialog.open(this.#dialog.submit.previousSibling);
  }
}
