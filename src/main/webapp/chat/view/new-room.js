/** The dialog that creates a room. */
import { strings } from '../strings.js';
import { isBlank } from '../text.js';
import { h } from './dom.js';
import { FormDialog } from './form-dialog.js';

export class NewRoom {
  #dialog;

  /** `create({name, kind, topic?, retention})` returns a promise that may reject with a Problem. */
  constructor(create) {
    this.name = h('input', { id: 'room-name', required: true, maxlength: '80', autocomplete: 'off', on: { input: () => this.#check() } });
    this.topic = h('input', { id: 'room-topic', maxlength: '200', autocomplete: 'off' });
    this.kind = h('select', { id: 'room-kind' }, strings.kinds.map(([value, text]) => h('option', { value }, text)));
    this.retention = h('select', { id: 'room-retention' }, strings.retentions.map(([value, text]) => h('option', { value }, text)));
    const fields = [
      h('label', { for: 'room-name' }, strings.roomName),
      this.name,
      h('label', { for: 'room-topic' }, strings.roomTopic, h('span', { class: 'optional' }, ` ${strings.optional}`)),
      this.topic,
      h('label', { for: 'room-kind' }, strings.roomKind),
      this.kind,
      h('label', { for: 'room-retention' }, strings.roomRetention),
      this.retention,
    ];
    this.#dialog = new FormDialog({ id: 'new-room-title', title: strings.newRoom, fields, submit: strings.createRoom }, () => this.#create(create));
    this.node = this.#dialog.node;
  }

  open() {
    this.name.value = this.topic.value = '';
    this.#check();
    this.kind.selectedIndex = this.retention.selectedIndex = 0;
    this.#dialog.open(this.name);
  }

  #check() {
    this.name.setCustomValidity(this.name.value && isBlank(this.name.value) ? strings.blankName : '');
  }

  async #create(create) {
    const topic = this.topic.value.trim();
    await create({ name: this.name.value.trim(), kind: this.kind.value, retention: this.retention.value, ...(topic && { topic }) });
  }
}
