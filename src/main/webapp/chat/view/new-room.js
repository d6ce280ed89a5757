/** The dialog in which a public room is made. The browser's own dialog: it keeps the focus and closes on Escape. */
import { sentence, strings } from '../strings.js';
import { h, setAll, setText } from './dom.js';

export class NewRoom {
  #create;

  /** `create({name, topic?, retention})` gives a promise that rejects with a Problem. */
  constructor(create) {
    this.#create = create;
    this.name = h('input', { id: 'room-name', required: true, maxlength: '80', autocomplete: 'off' });
    this.topic = h('input', { id: 'room-topic', maxlength: '200', autocomplete: 'off' });
    this.retention = h('select', { id: 'room-retention' }, ...strings.retentions.map(([value, text]) => h('option', { value }, text)));
    this.problem = h('p', { class: 'problem', role: 'alert' });
    this.submit = h('button', { type: 'submit', class: 'primary' }, strings.createRoom);
    this.node = h('dialog', { 'aria-labelledby': 'new-room-title' }, this.#form());
  }

  open() {
    setText(this.problem, '');
    this.name.value = this.topic.value = '';
    this.retention.selectedIndex = 0;
    this.node.showModal();
    this.name.focus();
  }

  #form() {
    return h(
      'form',
      { on: { submit: (event) => this.#submitted(event) } },
      h('h2', { id: 'new-room-title' }, strings.newRoom),
      h('p', { class: 'about' }, strings.newRoomAbout),
      h('label', { for: 'room-name' }, strings.roomName),
      this.name,
      h('label', { for: 'room-topic' }, strings.roomTopic, h('span', { class: 'optional' }, ` ${strings.optional}`)),
      this.topic,
      h('label', { for: 'room-retention' }, strings.roomRetention),
      this.retention,
      this.problem,
      h('footer', {}, h('button', { type: 'button', on: { click: () => this.node.close() } }, strings.cancel), this.submit),
    );
  }

  async #submitted(event) {
    event.preventDefault();
    const name = this.name.value.trim();
    const topic = this.topic.value.trim();
    const retention = this.retention.value;
    if (!name) return;
    setAll(this.submit, { disabled: true });
    try {
      await this.#create({ name, kind: 'public', retention, ...(topic && { topic }) });
      this.node.close();
    } catch (problem) {
      setText(this.problem, sentence(problem));
    } finally {
      setAll(this.submit, { disabled: false });
    }
  }
}
