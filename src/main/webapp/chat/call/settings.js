/** The devices of the call, and the test of the connection, which needs no call. */
import { h, setAll, setText } from '../view/dom.js';
import { LEGS, testLegs, verdict } from './test.js';
import { callWords } from './words.js';

const KINDS = ['microphone', 'camera', 'speaker'];

export class CallSettings {
  #calls;
  #parts;
  #run = 0;
  #selects = /** @type {Record<string, any>} */ ({});
  #states = /** @type {Record<string, any>} */ ({});

  /**
   * `parts` are `turn()`, which resolves to credentials, and `connect(configuration)`.
   *
   * @param {import('./calls.js').Calls} calls
   * @param {any} parts
   */
  constructor(calls, parts) {
    const words = callWords();
    this.#calls = calls;
    this.#parts = parts;
    const fields = KINDS.map((kind) => {
      this.#selects[kind] = h('select', { id: `call-${kind}`, on: { change: ({ target }) => this.#calls.current?.media.choose(kind, target.value) } });
      return h('div', { class: 'field', 'data-kind': kind }, h('label', { for: `call-${kind}` }, words.devices[kind]), this.#selects[kind]);
    });
    const legs = LEGS.map((leg) => {
      this.#states[leg] = h('td');
      return h('tr', {}, h('th', { scope: 'row' }, words.test.legs[leg], h('span', {}, words.test.legAbout[leg])), this.#states[leg]);
    });
    this.title = h('h2', { id: 'call-settings' });
    this.heading = h('h3', {}, words.test.title);
    this.table = h('table', { hidden: true }, h('tbody', {}, legs));
    this.verdict = h('p', { class: 'verdict', role: 'status' });
    this.start = h('button', { type: 'button', class: 'act', on: { click: () => this.#test() } }, words.test.start);
    this.done = h('button', { type: 'submit', class: 'primary' }, words.devices.done);
    const form = h('form', { method: 'dialog' }, this.title, fields, this.heading, h('p', { class: 'about' }, words.test.about), this.start, this.table, this.verdict, h('footer', {}, this.done));
    this.node = h('dialog', { class: 'call-settings', 'aria-labelledby': 'call-settings', on: { keydown: (event) => event.stopPropagation(), close: () => this.#run++ } }, form);
  }

  async open() {
    this.node.showModal();
    this.#draw();
    await this.#calls.current?.media.list();
    this.#draw();
  }

  /** The devices may have changed. */
  update() {
    if (this.node.open) this.#draw();
  }

  #draw() {
    const words = callWords();
    const { media } = this.#calls.current ?? {};
    // Outside of a call, there is only the test.
    setText(this.title, media ? words.devices.title : words.test.title);
    this.heading.hidden = !media;
    for (const kind of KINDS) {
      const choices = media?.choices(kind) ?? [];
      const select = this.#selects[kind];
      const could = kind !== 'speaker' || 'setSinkId' in HTMLMediaElement.prototype;
      select.parentNode.hidden = !media || !could;
      const options = [{ id: '', name: words.devices.default, chosen: !choices.some(({ chosen }) => chosen) }, ...choices.filter(({ id }) => id !== 'default')];
      const now = JSON.stringify(options);
      if (select.dataset.now === now) continue;
      select.dataset.now = now;
      select.replaceChildren(...options.map(({ id, name, chosen }, n) => h('option', { value: id, selected: chosen }, name || words.devices.unnamed(n))));
    }
  }

  async #test() {
    const words = callWords().test;
    const run = ++this.#run;
    setAll(this.start, { 'aria-disabled': true });
    setText(this.verdict, words.running);
    const said = await this.#results(run);
    if (run !== this.#run) return setAll(this.start, { 'aria-disabled': null });
    setText(this.verdict, said);
    setAll(this.start, { 'aria-disabled': null });
  }

  async #results(run) {
    const words = callWords().test;
    try {
      const credentials = await this.#parts.turn();
      const results = await testLegs(credentials, { connect: this.#parts.connect, changed: (now) => run === this.#run && this.#show(now) });
      const { name, blocked } = verdict(results);
      const said = words.verdicts[name];
      return typeof said === 'function' ? said(blocked.map((leg) => words.legs[leg])) : said;
    } catch (problem) {
      return problem.code === 'not_found' ? words.verdicts.noServer : words.verdicts.failed;
    }
  }

  #show(results) {
    const words = callWords().test;
    this.table.hidden = false;
    for (const leg of LEGS) {
      const { state, milliseconds } = results[leg];
      const text = words.results[state];
      setText(this.#states[leg], typeof text === 'function' ? text(milliseconds) : text);
      setAll(this.#states[leg], { 'data-state': state });
    }
  }
}
