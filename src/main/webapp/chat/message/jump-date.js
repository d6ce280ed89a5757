/** The dialog that shows the room from a day on. */
import { serverNow } from '../clock.js';
import { strings } from '../strings.js';
import { h } from '../view/dom.js';
import { FormDialog } from '../view/form-dialog.js';

const words = strings.date;

export class JumpDate {
  /** `show(at)` shows the room from that time on, and resolves when it does. */
  constructor(show) {
    this.input = h('input', { type: 'date', id: 'jump-date', required: true });
    const fields = h('div', { class: 'field' }, h('label', { for: 'jump-date' }, words.date), this.input);
    const options = { id: 'jump-title', title: words.title, about: words.about, fields, submit: words.go };
    this.dialog = new FormDialog(options, () => show(startOf(this.input.value)));
    this.node = this.dialog.node;
  }

  /** `at` is the day to start from. */
  open(at) {
    this.input.max = localDay(new Date(serverNow()));
    this.input.value = localDay(new Date(at));
    this.dialog.open(this.input);
  }
}

/** The start of a day in the reader's time zone. */
function startOf(day) {
  return new Date(`${day}T00:00:00`).toISOString();
}

function localDay(date) {
  const two = (n) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
