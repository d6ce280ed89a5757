/**
 * Editing a message in its place. Enter saves, Escape leaves. If the server refuses, the text stays and the reason is shown. One message is
 * edited at a time. What was typed is kept until it is saved or left: the editor stays while another room is open, and a text that was given
 * up for another message or by a reload is there again when the person edits its message.
 */
import { sendable } from '../composer/edits.js';
import { sentence, strings } from '../strings.js';
import { isBlank } from '../text.js';
import { composes, h, setAll, setText } from '../view/dom.js';

const { acts } = strings;
let editors = 0;

export class Editing {
  #save;
  #ended;
  #own;
  #original = '';
  #limit = Infinity;
  /** The message that is edited, as `{ room, offset, inThread }`, or null. */
  current = /** @type {{ room: string, offset: number, inThread: boolean } | null} */ (null);

  /**
   * `save(room, offset, text)` resolves when the server has accepted it. `ended(saved)` is called when the editor closes. `own()` is the
   * person's LocalData or null.
   */
  constructor(save, ended, own = () => /** @type {import('../local-data.js').LocalData | null} */ (null)) {
    this.#save = save;
    this.#ended = ended;
    this.#own = own;
    const id = `edit-${++editors}`;
    this.problem = h('p', { class: 'problem', role: 'alert', id });
    this.input = h('textarea', { rows: '1', 'aria-label': acts.editing, 'aria-describedby': id, on: { input: () => this.#typed(), keydown: (event) => this.#pressed(event) } });
    this.submit = h('button', { type: 'submit', class: 'primary' }, strings.save);
    const cancel = h('button', { type: 'button', class: 'link quiet', on: { click: () => this.end(false) } }, strings.cancel);
    const foot = h('div', { class: 'foot' }, h('span', { class: 'hint' }, acts.editHint), cancel, this.submit);
    this.node = h('form', { class: 'editor', on: { submit: (event) => this.#submitted(event) } }, this.input, this.problem, foot);
  }

  /**
   * Opens with the message's text, or with what was typed in its place before. `limit` is in characters. To be focused after the next draw.
   */
  start({ room, offset, inThread }, text, limit) {
    this.current = { room, offset, inThread };
    this.#original = text;
    this.#limit = limit;
    const kept = this.#own()?.get('edit', room, offset);
    // The message may have another text since.
    this.input.value = kept?.original === text ? kept.text : text;
    setAll(this.submit, { disabled: false });
    this.#say('');
  }

  focus() {
    this.#fit();
    this.input.focus();
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  end(saved) {
    if (!this.current) return;
    const ended = this.current;
    this.#keep(ended, null);
    this.current = null;
    setAll(this.submit, { disabled: false });
    this.#ended(saved, ended);
  }

  /** Closes without a word: the session has ended. */
  drop() {
    this.current = null;
  }

  #typed() {
    const text = this.input.value;
    if (this.current) this.#keep(this.current, text === this.#original ? null : { text, original: this.#original });
    this.#say('');
    this.#fit();
  }

  #keep({ room, offset }, value) {
    this.#own()?.set(value, 'edit', room, offset);
  }

  #pressed(event) {
    if (composes(event)) return;
    if (event.key === 'Escape') {
      // Neither a panel nor a dialog of the portal closes with it.
      event.preventDefault();
      event.stopPropagation();
      this.end(false);
    } else if (event.key === 'Enter' && !event.shiftKey) this.#submitted(event);
  }

  async #submitted(event) {
    event.preventDefault();
    if (this.submit.disabled || !this.current) return;
    const text = sendable(this.input.value);
    const over = [...text].length - this.#limit;
    if (isBlank(text)) return this.#say(acts.blank);
    if (over > 0) return this.#say(acts.tooLong(over));
    if (text === this.#original) return this.end(false);
    await this.#send(text, this.current);
  }

  async #send(text, edited) {
    setAll(this.submit, { disabled: true });
    try {
      await this.#save(edited.room, edited.offset, text);
      if (this.current === edited) this.end(true);
      else this.#keep(edited, null);
    } catch (problem) {
      if (this.current !== edited) return;
      this.#say(problem.lost ? acts.offline : sentence(problem, { ...acts.problems, ...acts.tooLate }));
      setAll(this.submit, { disabled: false });
    }
  }

  #say(text) {
    setText(this.problem, text);
    this.problem.hidden = text === '';
    setAll(this.input, { 'aria-invalid': text !== '' && 'true' });
  }

  #fit() {
    this.input.style.setProperty('height', 'auto');
    this.input.style.setProperty('height', `${this.input.scrollHeight}px`);
  }
}
