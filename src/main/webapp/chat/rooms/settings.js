/** The dialog that changes a room's name and topic, and how long it keeps messages. */
import { strings } from '../strings.js';
import { isBlank } from '../text.js';
import { h } from '../view/dom.js';
import { FormDialog } from '../view/form-dialog.js';
import { keeps } from './retention.js';

export class RoomSettings {
  #dialog;
  #room = /** @type {any} */ (null);

  /** `change(room, {name?, topic?, retention?})` returns a promise that may reject with a Problem. `done()`: the dialog was closed. */
  constructor(change, done) {
    this.name = h('input', { id: 'settings-name', required: true, maxlength: '80', autocomplete: 'off', on: { input: () => this.#check() } });
    this.topic = h('input', { id: 'settings-topic', maxlength: '200', autocomplete: 'off' });
    this.retention = h('select', { id: 'settings-retention', 'aria-describedby': 'settings-about' });
    const fields = [
      h('label', { for: 'settings-name' }, strings.roomName),
      this.name,
      h('label', { for: 'settings-topic' }, strings.roomTopic, h('span', { class: 'optional' }, ` ${strings.optional}`)),
      this.topic,
      h('label', { for: 'settings-retention' }, strings.roomRetention),
      this.retention,
      h('p', { class: 'about', id: 'settings-about' }, strings.retentionAbout),
    ];
    this.#dialog = new FormDialog({ id: 'settings-title', title: strings.roomSettings, fields, submit: strings.save }, () => change(this.#room.id, this.#changes()));
    this.node = this.#dialog.node;
    this.node.addEventListener('close', done);
  }

  open(room) {
    this.#room = room;
    this.name.value = room.name ?? '';
    this.topic.value = room.topic ?? '';
    const kept = room.retention ?? 'forever';
    const known = strings.retentions.some(([value]) => value === kept);
    const choices = known ? strings.retentions : [[kept, keeps(kept)], ...strings.retentions];
    this.retention.replaceChildren(...choices.map(([value, text]) => h('option', { value }, text)));
    this.retention.value = kept;
    this.#check();
    this.#dialog.open(this.name);
  }

  #check() {
    this.name.setCustomValidity(this.name.value && isBlank(this.name.value) ? strings.blankName : '');
  }

  /** Only what differs: another owner may change the rest at the same time. */
  #changes() {
    const now = { name: this.name.value.trim(), topic: this.topic.value.trim(), retention: this.retention.value };
    const before = { name: this.#room.name ?? '', topic: this.#room.topic ?? '', retention: this.#room.retention ?? 'forever' };
    return Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== before[key]));
  }
}
