/** The dialog for owners and moderators of a room: reports, messages that wait for approval, and the room's rules, which owners change. */
import { sentence, strings } from '../strings.js';
import { h, icon, setAll, setText } from '../view/dom.js';
import { deadline } from '../view/times.js';
import { reportSection } from './reports.js';
import { addStyles } from './styles.js';
import { moderationWords } from './words.js';

const ANSWER_WITHIN = 15_000;
const PAGE = 50;
const LONGEST_PATTERN = 253;

export class ModerationDialog {
  #rest;
  #user;
  #run = 0;
  #room = /** @type {any} */ (null);

  /**
   * @param {() => import('../rest.js').Rest} rest
   * @param {() => string | undefined} user the id of the moderator
   */
  constructor(rest, user) {
    this.#rest = rest;
    this.#user = user;
    this.title = h('h2', { id: 'moderation-title', dir: 'auto' });
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => this.node.close() } }, icon('close'));
    this.said = h('p', { class: 'said', role: 'status' });
    this.body = h('div', { class: 'moderation-body' });
    this.node = h('dialog', { class: 'moderation', 'aria-labelledby': 'moderation-title', on: { click: (event) => event.target === this.node && this.node.close() } }, h('div', { class: 'head' }, this.title, this.close), this.said, this.body);
  }

  /** @param {{ id: string, name?: string | null, role: string }} room */
  async open(room) {
    await addStyles(this.node);
    this.#room = room;
    setText(this.title, moderationWords().title(room.name ?? room.id));
    this.body.replaceChildren();
    setText(this.said, moderationWords().loading);
    this.node.showModal();
    this.close.focus();
    await this.#load('');
  }

  /** Reads all of it. `said` is shown above. */
  async #load(said) {
    const run = ++this.#run;
    const { id } = this.#room;
    try {
      const reports = (state) => this.#call('GET', `reports?state=${state}&room=${encodeURIComponent(id)}&limit=${PAGE}`);
      const [open, taken, { messages, more }, { rules }] = await Promise.all([
        reports('open'),
        reports('taken'),
        this.#call('GET', `approvals?room=${encodeURIComponent(id)}&limit=${PAGE}`),
        this.#call('GET', `rooms/${encodeURIComponent(id)}/rules`),
      ]);
      if (run !== this.#run) return;
      this.body.replaceChildren(
        this.#reports([...open.reports, ...taken.reports], open.more || taken.more),
        this.#waiting(messages, more),
        this.#rules(rules),
      );
      setText(this.said, said);
    } catch (problem) {
      if (run === this.#run) setText(this.said, sentence(problem));
    }
  }

  #reports(reports, more) {
    const words = moderationWords();
    const does = ({ id }, act, body, said) =>
      this.#does(() => this.#call('POST', `reports/${encodeURIComponent(id)}/${act}`, body), said, words.reportProblems);
    return reportSection(reports, more, {
      user: this.#user(),
      take: (report) => does(report, 'take', undefined, words.taken),
      resolve: (report, body) => does(report, 'resolve', body, words.resolved),
      twice: (text, act) => this.#twice(text, act),
    });
  }

  #waiting(messages, more) {
    const words = moderationWords();
    const list = messages.length ? h('ul', {}, messages.map((message) => this.#message(message))) : h('p', { class: 'note' }, words.noneWaiting);
    return h('section', {}, h('h3', {}, words.waiting), list, more && h('p', { class: 'note' }, words.moreWaiting));
  }

  #message({ id, author, text, files, pattern, at }) {
    const words = moderationWords();
    const path = `approvals/${encodeURIComponent(id)}`;
    const approve = h('button', { type: 'button', class: 'primary', on: { click: () => this.#does(() => this.#call('POST', `${path}/approve`), words.approved, words.decisionProblems) } }, words.approve);
    const refuse = () => this.#does(() => this.#call('POST', `${path}/refuse`), words.refused, words.decisionProblems);
    const heading = h('div', { class: 'due' }, h('bdi', { class: 'where' }, author.name || author.id), h('time', { datetime: at }, deadline(at)));
    return h('li', {}, heading, h('p', { class: 'what', dir: 'auto' }, text), files && h('p', { class: 'note' }, words.files(files.join(', '))), h('p', { class: 'note' }, words.because(pattern)),
      h('div', { class: 'acts' }, approve, this.#twice(words.refuse, refuse)));
  }

  #rules(rules) {
    const words = moderationWords();
    const owns = this.#room.role === 'owner';
    const list = rules.length ? h('ul', {}, rules.map((rule) => this.#rule(rule, owns))) : h('p', { class: 'note' }, words.noRules);
    return h('section', {}, h('h3', {}, words.rules), h('p', { class: 'note' }, words.rulesAbout), list, owns && this.#form());
  }

  #rule({ id, kind, pattern, action }, owns) {
    const words = moderationWords();
    const remove = owns && h('button', { type: 'button', on: { click: () => this.#does(() => this.#call('DELETE', `${this.#path}/${encodeURIComponent(id)}`), words.removed) } }, words.remove);
    const what = h('p', { class: 'what' }, `${words.kinds[kind]} `, h('bdi', { class: 'pattern' }, kind === 'link' && pattern === '*' ? words.everyHost : pattern));
    return h('li', { class: 'rule' }, what, h('span', { class: 'action', 'data-action': action }, words.actions[action]), remove);
  }

  #form() {
    const words = moderationWords();
    const options = (texts) => Object.entries(texts).map(([value, text]) => h('option', { value }, text));
    const kind = h('select', { id: 'rule-kind' }, options(words.kinds));
    const pattern = h('input', { id: 'rule-pattern', required: true, maxlength: String(LONGEST_PATTERN), autocomplete: 'off', dir: 'auto', 'aria-describedby': 'rule-hint' });
    const action = h('select', { id: 'rule-action' }, options(words.actions));
    const add = (event) => {
      event.preventDefault();
      this.#does(() => this.#call('POST', this.#path, { kind: kind.value, pattern: pattern.value, action: action.value }), words.added);
    };
    return h('form', { on: { submit: add } },
      h('div', { class: 'field' }, h('label', { for: 'rule-kind' }, words.kind), kind),
      h('div', { class: 'field' }, h('label', { for: 'rule-pattern' }, words.pattern), pattern),
      h('div', { class: 'field' }, h('label', { for: 'rule-action' }, words.action), action),
      h('button', { type: 'submit' }, words.add),
      h('p', { class: 'note', id: 'rule-hint' }, words.patternHint));
  }

  /** An act that can't be undone here takes two presses. */
  #twice(text, act) {
    let sure = false;
    const button = h('button', { type: 'button', class: 'grave', on: {
      click: () => {
        if (sure) return act();
        sure = true;
        setText(button, moderationWords().again(text));
      },
      blur: () => {
        sure = false;
        setText(button, text);
      },
    } }, text);
    return button;
  }

  /**
   * A refused rule stays in the form.
   * @param {() => Promise<unknown>} act
   * @param {string} said
   * @param {Record<string, string>} problems the words of what can go wrong
   */
  async #does(act, said, problems = moderationWords().problems) {
    // The dialog may be open for another room when the server answers.
    const room = this.#room;
    const controls = [...this.body.querySelectorAll('button')];
    for (const control of controls) setAll(control, { disabled: true });
    try {
      await act();
      if (room !== this.#room) return;
      this.close.focus();
      await this.#load(said);
    } catch (problem) {
      if (room !== this.#room) return;
      setText(this.said, sentence(problem, problems));
      for (const control of controls) setAll(control, { disabled: false });
    }
  }

  get #path() {
    return `rooms/${encodeURIComponent(this.#room.id)}/rules`;
  }

  async #call(method, path, body) {
    const response = await this.#rest().raw(method, path, {
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    return response.status === 204 ? {} : response.json();
  }
}
