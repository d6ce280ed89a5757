/** The private answers of bots, above the message box. Each says that only this person sees it, and can be dismissed. */
import { formatted } from '../format/message.js';
import { avatar } from '../view/avatar.js';
import { arrange, h, icon } from '../view/dom.js';
import { badge } from './bot.js';
import { formNode } from './form.js';
import { addStyles } from './styles.js';
import { slashWords } from './words.js';

export class Answers {
  #actions;
  /** @type {Map<any, HTMLElement>} */
  #cards = new Map();

  /** Of the actions it uses `directory`, `pressBot(of, action, values)` and `dismiss(call)`. */
  constructor(actions) {
    this.#actions = actions;
    this.node = h('section', { class: 'bot-answers', 'aria-label': slashWords().answers, role: 'log', hidden: true });
  }

  /** The styles must be there before the first answer is shown. */
  styled() {
    return addStyles(this.node);
  }

  update(answers) {
    for (const [answer] of this.#cards) if (!answers.includes(answer)) this.#cards.delete(answer);
    for (const answer of answers) if (!this.#cards.has(answer)) this.#cards.set(answer, this.#card(answer));
    this.node.hidden = answers.length === 0;
    const last = this.#cards.get(answers.at(-1));
    const isNew = last && this.node.lastChild !== last;
    arrange(this.node, answers.map((answer) => this.#cards.get(answer)));
    // The beginning of the newest answer, which may be longer than the place.
    if (isNew) this.node.scrollTop = last.offsetTop - this.node.offsetTop;
  }

  #card({ call, by, text, form }) {
    const words = slashWords();
    const close = h('button', { type: 'button', class: 'round', 'aria-label': words.dismiss, title: words.dismiss, on: { click: () => this.#actions.dismiss(call) } }, icon('close'));
    return h('article', { class: 'bot-answer' },
      avatar(by),
      h('div', { class: 'bot-body' },
        h('header', {}, h('bdi', { class: 'author' }, by.name || by.id), badge(by.id), h('span', { class: 'private' }, words.onlyYou)),
        formatted({ text, by }, this.#actions.directory),
        form ? formNode(form, (action, values) => this.#actions.pressBot({ call }, action, values)) : null,
      ),
      close,
    );
  }
}
