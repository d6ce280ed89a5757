/** The export of the person's own data: starts it, waits for it, and downloads or deletes the archive. A group of the settings dialog. */
import { bytes } from '../file/sizes.js';
import { sentence, strings } from '../strings.js';
import { h, icon, setText } from '../view/dom.js';
import { shortly } from '../view/times.js';

const words = strings.myData;
const ASK_AGAIN = 3_000;
const OPEN = ['waiting', 'running', 'cancelling'];

export class MyData {
  #rest;
  #clock;
  #waiting;

  /**
   * `rest()` is the session's Rest, `say(text)` shows a notice on the page, and `clock` waits.
   *
   * @param {{ rest: () => any, say: (text: string) => void, clock?: { setTimeout: (act: () => void, millis: number) => any } }} options
   */
  constructor({ rest, say, clock = globalThis }) {
    this.#rest = rest;
    this.say = say;
    this.#clock = clock;
    this.text = h('p', { role: 'status' });
    this.start = h('button', { type: 'button', class: 'act', on: { click: () => this.#act(() => this.#start()) } }, icon('file'), words.start);
    this.download = h('button', { type: 'button', class: 'act', hidden: true, on: { click: () => this.#act(() => this.#save()) } }, icon('download'), words.download);
    this.remove = h('button', { type: 'button', class: 'act', hidden: true, on: { click: () => this.#act(() => this.#remove()) } }, icon('bin'), (this.removing = h('span', {}, words.remove)));
    this.node = h('fieldset', { class: 'my-data', hidden: true }, h('legend', {}, words.title), this.text, h('div', { class: 'pair' }, this.start, this.download, this.remove));
  }

  /** Reads how far the export is. Without this feature, the group stays hidden. */
  async open() {
    try {
      this.#show(await this.#call('GET', ''));
    } catch (problem) {
      this.node.hidden = problem.code === 'not_found';
      setText(this.text, sentence(problem));
    }
  }

  #show(found) {
    this.found = found;
    const open = OPEN.includes(found.state);
    const done = found.state === 'done';
    // A newer server may have more states.
    this.node.hidden = !done && !(found.state in words.states);
    this.start.hidden = open || (found.next !== undefined && Date.parse(found.next) > Date.now());
    this.download.hidden = !done;
    this.remove.hidden = !done && !open;
    setText(this.removing, done ? words.remove : words.cancel);
    setText(this.text, done ? words.ready(bytes(found.bytes), shortly(found.expires)) : words.states[found.state] ?? '');
    if (open) this.#wait();
  }

  // The page says that the archive is ready, also after the dialog was closed.
  #wait() {
    if (this.#waiting) return;
    this.#waiting = this.#clock.setTimeout(async () => {
      this.#waiting = undefined;
      await this.open();
      if (this.found.state === 'done') this.say(words.isReady);
      else if (!OPEN.includes(this.found.state)) this.say(words.states[this.found.state]);
    }, ASK_AGAIN);
  }

  async #act(work) {
    setText(this.text, strings.loading);
    try {
      await work();
    } catch (problem) {
      setText(this.text, sentence(problem));
    }
  }

  async #start() {
    this.#show(await this.#call('POST', ''));
  }

  async #remove() {
    await this.#rest().raw('DELETE', `me/export/${this.found.id}`);
    await this.open();
  }

  // By the browser's own download, which a ticket allows for a minute.
  async #save() {
    const { ticket } = await this.#call('POST', `/${this.found.id}/ticket`);
    const { url } = await this.#rest().address(`me/export/${this.found.id}/archive`);
    h('a', { href: `${url}?ticket=${encodeURIComponent(ticket)}`, download: 'parley-my-data.zip', rel: 'noopener' }).click();
    this.#show(this.found);
  }

  async #call(method, path) {
    return (await this.#rest().raw(method, `me/export${path}`)).json();
  }
}
