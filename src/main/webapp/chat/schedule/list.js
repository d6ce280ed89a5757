/** The dialog with what waits: scheduled messages, those that were not sent, and reminders. */
import { sentence, strings } from '../strings.js';
import { h, icon, setAll, setText } from '../view/dom.js';
import { deadline } from '../view/times.js';
import { addStyles } from './styles.js';
import { scheduleWords } from './words.js';

export class ScheduleList {
  #parts;
  #run = 0;

  /**
   * `access()` has the requests, `roomName(id)` names a room, `goTo(room, offset)` shows a message, `change(about)` opens the dialog that
   * changes a message.
   *
   * @param {{ access: () => any, roomName: (id: string) => string | undefined, goTo: (room: string, offset?: number) => void, change: (about: any) => void }} parts
   */
  constructor(parts) {
    const words = scheduleWords();
    this.#parts = parts;
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => this.node.close() } }, icon('close'));
    this.said = h('p', { class: 'said', role: 'status' });
    this.body = h('div', { class: 'schedule-list' });
    this.node = h('dialog', { class: 'schedule', 'aria-labelledby': 'schedule-title', on: { click: (event) => event.target === this.node && this.node.close() } }, h('div', { class: 'head' }, h('h2', { id: 'schedule-title' }, words.title), this.close), this.said, this.body);
  }

  async open() {
    await addStyles(this.node);
    this.body.replaceChildren();
    setText(this.said, scheduleWords().loading);
    this.node.showModal();
    this.close.focus();
    await this.#load('');
  }

  /** Reads what waits. `said` is shown above it. */
  async #load(said) {
    const run = ++this.#run;
    try {
      const { messages, reminders } = await this.#parts.access().all();
      if (run !== this.#run) return;
      this.#draw(messages, reminders);
      setText(this.said, said);
    } catch (problem) {
      if (run === this.#run) setText(this.said, sentence(problem));
    }
  }

  #draw(messages, reminders) {
    const words = scheduleWords();
    const parts = [
      messages.length > 0 && this.#part(words.messages, messages.map((message) => this.#message(message))),
      reminders.length > 0 && this.#part(words.reminders, reminders.map((reminder) => this.#reminder(reminder))),
    ].filter(Boolean);
    const none = h('div', { class: 'empty' }, h('span', { class: 'emblem' }, icon('clock')), h('h3', {}, words.none), h('p', {}, words.noneAbout));
    this.body.replaceChildren(...(parts.length ? parts : [none]));
  }

  #part(title, items) {
    return h('section', {}, h('h3', {}, title), h('ul', {}, items));
  }

  #message(message) {
    const words = scheduleWords();
    const { id, room, at, text, refused } = message;
    const access = this.#parts.access();
    const send = this.#button(words.sendNow, () => this.#does(() => access.send(id), words.sentNow));
    const change = this.#button(words.change, () => this.#parts.change({ message, changed: () => this.#load('') }));
    const why = refused && h('p', { class: 'why' }, words.reasons[refused.code] ?? strings.problems.internal);
    return this.#item({ room, at, text, why, refused }, [send, change, this.#remove(() => access.cancel(id))]);
  }

  #reminder({ id, room, at, text, offset }) {
    const words = scheduleWords();
    const access = this.#parts.access();
    const show = offset && this.#button(words.open, () => this.#leave(room, offset));
    return this.#item({ room, at, text: text ?? words.about }, [show, this.#remove(() => access.cancelReminder(id))].filter(Boolean));
  }

  /** @param {{ room: string, at: string, text: string, why?: any, refused?: any }} shown @param {HTMLElement[]} acts */
  #item({ room, at, text, why = null, refused = null }, acts) {
    const time = refused ? scheduleWords().wasDue(deadline(at)) : deadline(at);
    const heading = h('div', { class: 'due' }, h('bdi', { class: 'where' }, this.#parts.roomName(room) ?? room), h('time', { datetime: at }, time));
    return h('li', { 'data-refused': Boolean(refused) }, heading, h('p', { class: 'what', dir: 'auto' }, text), why, h('div', { class: 'acts' }, acts));
  }

  #button(text, click) {
    return h('button', { type: 'button', on: { click } }, text);
  }

  /** What is deleted is lost, so it takes two presses. */
  #remove(act) {
    const words = scheduleWords();
    let sure = false;
    const button = h('button', { type: 'button', class: 'grave', on: {
      click: () => {
        if (sure) return this.#does(act, words.removed);
        sure = true;
        setText(button, words.removeSure);
      },
      blur: () => {
        sure = false;
        setText(button, words.remove);
      },
    } }, words.remove);
    return button;
  }

  async #does(act, said) {
    const buttons = [...this.body.querySelectorAll('button')];
    for (const button of buttons) setAll(button, { disabled: true });
    this.close.focus();
    try {
      await act();
      await this.#load(said);
    } catch (problem) {
      await this.#load(sentence(problem, scheduleWords().problems));
    }
  }

  #leave(room, offset) {
    this.node.close();
    this.#parts.goTo(room, offset);
  }
}
