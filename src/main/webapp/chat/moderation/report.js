/** The dialog that reports a message to the moderators of its room. */
import { strings } from '../strings.js';
import { h } from '../view/dom.js';
import { FormDialog } from '../view/form-dialog.js';

const words = strings.report;
const LONGEST_NOTE = 1_000;

export class ReportDialog {
  #dialog;
  #message = /** @type {any} */ (null);
  #reason = h('select', { id: 'report-reason' }, ...words.reasons.map(([value, text]) => h('option', { value }, text)));
  #note = h('textarea', { id: 'report-note', rows: '3', maxlength: String(LONGEST_NOTE) });

  /** `send(message, reason, note)` returns a promise that may reject with a Problem. `done()` says that it was sent. */
  constructor(send, done) {
    const fields = [h('label', { for: 'report-reason' }, words.reason), this.#reason, h('label', { for: 'report-note' }, words.note, h('span', { class: 'optional' }, ` ${strings.optional}`)), this.#note];
    this.#dialog = new FormDialog({ id: 'report-title', title: words.title, about: words.about, fields, submit: words.submit, words: words.problems }, async () => {
      await send(this.#message, this.#reason.value, this.#note.value.trim());
      done();
    });
    this.node = this.#dialog.node;
  }

  open(message) {
    this.#message = message;
    this.#reason.value = words.reasons[0][0];
    this.#note.value = '';
    this.#dialog.open(this.#reason);
  }
}
