/**
 * The dialogs that ask for a time: to send a message later, to be reminded, and to change a scheduled message. Each offers usual times to
 * press, and an input for any other.
 */
import { serverNow } from '../clock.js';
import { sentence, strings } from '../strings.js';
import { h, setAll, setText } from '../view/dom.js';
import { clock, deadline, shortly } from '../view/times.js';
import { addStyles } from './styles.js';
import { choices, local, zone } from './times.js';
import { scheduleWords } from './words.js';

const YEAR = 365 * 86_400_000;
/** Bounds of the server. */
const LONGEST_REMINDER = 300;

/** A dialog with a form that ends with a time. `act({at, zone?})` may reject with a Problem. */
class TimeDialog {
  #act;
  #time;
  #quick;
  #problem;
  #submit;
  #run = 0;

  /** @param {{ id: string, title: string, submit: string, fields: HTMLElement[], act: (time: { at: string, zone?: string }) => Promise<any> }} parts */
  constructor({ id, title, submit, fields, act }) {
    const words = scheduleWords();
    this.#act = act;
    this.about = h('p', { class: 'about', dir: 'auto' });
    this.#quick = h('div', { class: 'quick', role: 'group', 'aria-label': words.quick });
    this.#time = h('input', { type: 'datetime-local', id: `${id}-time`, required: true });
    this.#problem = h('p', { class: 'problem', role: 'alert' });
    this.#submit = h('button', { type: 'submit', class: 'primary' }, submit);
    const cancel = h('button', { type: 'button', on: { click: () => this.node.close() } }, strings.cancel);
    const time = h('div', { class: 'field' }, h('label', { for: this.#time.id }, words.time), this.#time, h('span', { class: 'zone' }, words.zone(zone().replace(/_/g, ' '))));
    const form = h('form', { on: { submit: (event) => this.#submitted(event) } }, h('h2', { id }, title), this.about, ...fields, this.#quick, time, this.#problem, h('footer', {}, cancel, this.#submit));
    this.node = h('dialog', { class: 'when', 'aria-labelledby': id }, form);
  }

  /**
   * `first` gets the focus, or the first of the usual times. `at` is what the input begins with.
   *
   * @param {{ about?: string, at?: Date | null, first?: HTMLElement | null }} shown
   */
  async show({ about = '', at = null, first = null }) {
    await addStyles(this.node);
    this.#run++;
    const now = new Date(serverNow());
    const offered = choices(now);
    setText(this.about, about);
    this.about.hidden = about === '';
    setText(this.#problem, '');
    for (const button of this.node.querySelectorAll('button')) setAll(button, { disabled: false });
    this.#quick.replaceChildren(...offered.map((choice) => this.#choice(choice, now)));
    setAll(this.#time, { min: local(now), max: local(new Date(now.getTime() + YEAR)) });
    this.#time.value = local(at ?? offered.find(({ name }) => name === 'tomorrow')?.at ?? now);
    this.node.showModal();
    (first ?? this.#quick.querySelector('button')).focus();
  }

  #choice({ name, at }, now) {
    const day = at.toDateString() === now.toDateString() ? clock(at) : `${shortly(at, now)}, ${clock(at)}`;
    return h('button', { type: 'button', on: { click: () => this.#chose(at) } }, h('span', {}, scheduleWords().choices[name]), h('span', { class: 'at' }, day));
  }

  #submitted(event) {
    event.preventDefault();
    this.#does({ at: this.#time.value, zone: zone() });
  }

  /** A usual time needs the other fields, but not the input for the time. */
  #chose(at) {
    const fields = /** @type {HTMLInputElement[]} */ ([...this.node.querySelectorAll('input, textarea')]);
    const wrong = fields.find((field) => field !== this.#time && !field.checkValidity());
    if (wrong) wrong.reportValidity();
    else this.#does({ at: at.toISOString() });
  }

  async #does(time) {
    const run = this.#run;
    const buttons = [...this.node.querySelectorAll('button')];
    for (const button of buttons) setAll(button, { disabled: true });
    setText(this.#problem, '');
    try {
      await this.#act(time);
      // It may have been closed, and opened for something else.
      if (run === this.#run) this.node.close();
    } catch (problem) {
      if (run === this.#run) setText(this.#problem, sentence(problem, scheduleWords().problems));
    } finally {
      if (run === this.#run) for (const button of buttons) setAll(button, { disabled: false });
    }
  }
}

/** Sends the text of the message box later. */
export class LaterDialog {
  #dialog;
  #about = /** @type {any} */ (null);

  /** `access()` has the requests, `say(text)` tells the person, `roomName(id)` names a room. */
  constructor({ access, say, roomName }) {
    const act = async (time) => {
      const { room, text, options, taken } = this.#about;
      const { at } = await access().add(room, { text, ...options, ...time });
      taken();
      say(scheduleWords().scheduled(deadline(at)));
    };
    this.roomName = roomName;
    this.#dialog = new TimeDialog({ id: 'later-title', title: scheduleWords().later, submit: scheduleWords().schedule, fields: [], act });
    this.node = this.#dialog.node;
  }

  /** `taken()` is called when the server has the message. @param {{ room: string, text: string, options: any, taken: () => void }} about */
  open(about) {
    this.#about = about;
    return this.#dialog.show({ about: scheduleWords().laterAbout(this.roomName(about.room) ?? about.room) });
  }
}

/** Reminds the person, of a message or of what they write. */
export class RemindDialog {
  #dialog;
  #about = /** @type {any} */ (null);

  constructor({ access, say }) {
    const words = scheduleWords();
    this.text = h('input', { id: 'remind-text', maxlength: String(LONGEST_REMINDER), autocomplete: 'off', dir: 'auto' });
    this.optional = h('span', { class: 'optional' }, ` ${strings.optional}`);
    const field = h('div', { class: 'field' }, h('label', { for: 'remind-text' }, words.remindWhat, this.optional), this.text);
    const act = async (time) => {
      const text = this.text.value.trim();
      const { room, offset } = this.#about;
      const { at } = await access().remind(room, { ...time, ...(text && { text }), ...(offset && { offset }) });
      say(scheduleWords().reminded(deadline(at)));
    };
    this.#dialog = new TimeDialog({ id: 'remind-title', title: words.remind, submit: words.remind, fields: [field], act });
    this.node = this.#dialog.node;
  }

  /** @param {{ room: string, offset?: number, text?: string }} about the message, with its text to begin with */
  open(about) {
    this.#about = about;
    this.text.value = shortened(about.text ?? '');
    setAll(this.text, { required: !about.offset });
    this.optional.hidden = !about.offset;
    return this.#dialog.show({ first: about.offset ? null : this.text });
  }
}

/** Changes the text and the time of a scheduled message. */
export class ChangeDialog {
  #dialog;
  #about = /** @type {any} */ (null);

  /** `mentioned(text, ids)` finds whom a text mentions. */
  constructor({ access, mentioned }) {
    const words = scheduleWords();
    this.text = h('textarea', { id: 'change-text', rows: '4', required: true, maxlength: '4000', dir: 'auto' });
    const field = h('div', { class: 'field' }, h('label', { for: 'change-text' }, words.message), this.text);
    const act = async (time) => {
      const text = this.text.value.trim();
      const { message, changed } = this.#about;
      const { mentions = [], everyone = false } = mentioned(text, message.mentions ?? []);
      await access().change(message.id, { text, mentions, everyone, ...time });
      changed();
    };
    this.#dialog = new TimeDialog({ id: 'change-title', title: words.changeTitle, submit: strings.save, fields: [field], act });
    this.node = this.#dialog.node;
  }

  /** `changed()` is called when the server has the change. @param {{ message: any, changed: () => void }} about */
  open(about) {
    this.#about = about;
    this.text.value = about.message.text;
    const at = new Date(about.message.at);
    return this.#dialog.show({ at: at.getTime() > serverNow() ? at : null, first: this.text });
  }
}

/** Of a message, without half characters. */
function shortened(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= LONGEST_REMINDER ? line : `${characters.slice(0, LONGEST_REMINDER - 1).join('')}…`;
}
