/** The fields of a room's name, topic and retention, for the dialogs that create and change one. */
import { strings } from '../strings.js';
import { isBlank } from '../text.js';
import { h } from '../view/dom.js';

export class ProfileFields {
  /**
   * @param {string} prefix of the fields' ids
   * @param {Record<string, string>} [choice] attributes of the choice of a retention
   */
  constructor(prefix, choice = {}) {
    this.name = h('input', { id: `${prefix}-name`, required: true, maxlength: '80', autocomplete: 'off', on: { input: () => this.#check() } });
    this.topic = h('input', { id: `${prefix}-topic`, maxlength: '200', autocomplete: 'off' });
    this.retention = h('select', { id: `${prefix}-retention`, ...choice });
    /** With their labels, for a form. */
    this.named = [
      h('label', { for: `${prefix}-name` }, strings.roomName),
      this.name,
      h('label', { for: `${prefix}-topic` }, strings.roomTopic, h('span', { class: 'optional' }, ` ${strings.optional}`)),
      this.topic,
    ];
    this.kept = [h('label', { for: `${prefix}-retention` }, strings.roomRetention), this.retention];
  }

  /** Shows a profile. `choices` are the retentions that can be chosen, as pairs of value and text. */
  show({ name = '', topic = '', retention }, choices = strings.retentions) {
    this.name.value = name;
    this.topic.value = topic;
    this.retention.replaceChildren(...choices.map(([value, text]) => h('option', { value }, text)));
    this.retention.value = retention;
    this.#check();
  }

  /** What the person entered. */
  get entered() {
    return { name: this.name.value.trim(), topic: this.topic.value.trim(), retention: this.retention.value };
  }

  #check() {
    this.name.setCustomValidity(this.name.value && isBlank(this.name.value) ? strings.blankName : '');
  }
}
