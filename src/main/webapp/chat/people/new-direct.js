/** The dialog that begins a direct conversation with one person or several. */
import { strings } from '../strings.js';
import { h, setAll } from '../view/dom.js';
import { FormDialog } from '../view/form-dialog.js';
import { MOST_OTHERS } from './people.js';
import { PeoplePicker } from './picker.js';

const words = strings.people;

export class NewDirect {
  #dialog;

  #begun = false;

  /** `find(text)` resolves to people; `begin(people)` opens the room and may reject with a Problem; `done()` is called after that. */
  constructor({ find, begin, done }) {
    this.picker = new PeoplePicker({ find, most: MOST_OTHERS, changed: (people) => setAll(this.#dialog.submit, { disabled: people.length === 0 }) });
    const options = { id: 'direct-title', title: words.newDirect, about: words.newDirectAbout, fields: this.picker.node, submit: words.begin, words: { ...words.problems, ...strings.joining } };
    this.#dialog = new FormDialog(options, async () => {
      await begin(this.picker.people);
      this.#begun = true;
    });
    this.node = this.#dialog.node;
    // The browser has returned the focus to the button that opened the dialog.
    this.node.addEventListener('close', () => this.#begun && done());
    this.node.classList.add('with-picker');
  }

  open() {
    this.#begun = false;
    this.picker.open();
    this.#dialog.open(this.picker);
    setAll(this.#dialog.submit, { disabled: true });
  }
}

/** The dialog that adds a person to the room, or bans one. */
export class ChoosePerson {
  #dialog;
  #act = /** @type {(user: string, value: string) => Promise<any>} */ (async () => {});

  constructor({ id, title, about, label, submit, grave = false, find }) {
    this.picker = new PeoplePicker({ find, changed: (people) => setAll(this.#dialog.submit, { disabled: people.length === 0 }) });
    this.choice = h('select', { id: `${id}-choice` });
    const fields = [this.picker.node, h('label', { for: `${id}-choice` }, label), this.choice];
    this.#dialog = new FormDialog({ id, title, about, fields, submit, grave, words: { ...strings.moderation, ...words.problems } }, () => this.#act(this.picker.people[0].id, this.choice.value));
    this.node = this.#dialog.node;
    this.node.classList.add('with-picker');
  }

  /** `choices` are `[value, text]` of the field below the picker; `act(user, value)` may reject with a Problem. */
  open(choices, value, act) {
    this.#act = act;
    this.choice.replaceChildren(...choices.map(([name, text]) => h('option', { value: name }, text)));
    this.choice.value = value;
    this.picker.open();
    this.#dialog.open(this.picker);
    setAll(this.#dialog.submit, { disabled: true });
  }
}
