/** What the session counts and measures, in a dialog: for people who diagnose a problem, and for their support. */
import { locale, sentence, strings } from '../strings.js';
import { fill, h, icon, setText } from '../view/dom.js';
import { exact } from '../view/times.js';

const SHOWN_EVERY = 1_000;

export class StatsDialog {
  #session;
  #timer = 0;

  /** `session()` is the current session or null. */
  constructor(session) {
    this.#session = session;
    const { title, measure, copy } = strings.stats;
    const close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => this.node.close() } }, icon('close'));
    this.list = h('dl');
    this.said = h('p', { class: 'said', role: 'status' });
    const footer = h('footer', {}, h('button', { type: 'button', on: { click: () => this.#copy() } }, copy), h('button', { type: 'button', class: 'primary', on: { click: () => this.#measure() } }, measure));
    this.node = h('dialog', { class: 'sheet stats', 'aria-labelledby': 'stats-title', on: { close: () => clearInterval(this.#timer) } }, h('div', { class: 'head' }, h('h2', { id: 'stats-title' }, title), close), this.list, this.said, footer);
  }

  open() {
    setText(this.said, '');
    this.#show();
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#show(), SHOWN_EVERY);
    if (!this.node.open) this.node.showModal();
  }

  #show() {
    const stats = this.#session()?.stats;
    if (stats) fill(this.list, rows(stats).map(([name, value]) => h('div', {}, h('dt', {}, strings.stats.names[name]), h('dd', {}, value))));
  }

  async #measure() {
    setText(this.said, '');
    try {
      setText(this.said, strings.stats.measured(strings.stats.milliseconds(String(Math.round(await this.#session().ping())))));
      this.#show();
    } catch (problem) {
      setText(this.said, sentence(problem));
    }
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(JSON.stringify(this.#session().stats, null, 2));
      setText(this.said, strings.stats.copied);
    } catch {
      setText(this.said, strings.acts.notCopied);
    }
  }
}

/**
 * The names in `strings.stats.names` and what is shown for each.
 *
 * @param {import('../types.d.ts').SessionStats} stats
 * @returns {[keyof typeof strings.stats.names, string][]}
 */
function rows(stats) {
  const { transport, connectedAt, lastSentAt, lastReceivedAt, roundTrips, clockOffset } = stats;
  const number = new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }).format;
  const time = (at) => (at === null ? strings.stats.none : exact(at));
  return [
    ['transport', transport === null ? strings.stats.none : strings.stats.transports[transport]],
    ['connectedAt', time(connectedAt)],
    ['sent', `${number(stats.sent)} · ${time(lastSentAt)}`],
    ['received', `${number(stats.received)} · ${time(lastReceivedAt)}`],
    ['errors', number(stats.errors)],
    ['reconnections', number(stats.reconnections)],
    ['resumes', number(stats.resumes)],
    ['roundTrips', roundTrips.length ? strings.stats.milliseconds(roundTrips.slice(-5).map(number).join(', ')) : strings.stats.none],
    ['clockOffset', strings.stats.milliseconds(number(clockOffset))],
    ['unsent', number(stats.unsent)],
  ];
}
