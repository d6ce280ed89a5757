/** The dialog with the versions of a document: a slider, the text of the version, and a button that restores it. */
import { sentence, strings } from '../strings.js';
import { h, icon, setAll, setText } from '../view/dom.js';
import { full } from '../view/times.js';
import { Changes } from './changes.js';
import { parts } from './parts.js';
import { charactersOf, textIn } from './text.js';
import { documentWords } from './words.js';

const { Doc, applyUpdate } = parts;

/** A document of the past: goes to any version, forward by applying what comes next, backward from the beginning. */
export class Past {
  #updates;
  #doc = new Doc();
  #at = 0;

  /** @param {Uint8Array[]} updates the first of which replaces all before */
  constructor(updates) {
    this.#updates = updates;
  }

  get length() {
    return this.#updates.length;
  }

  /** The text after so many updates. A broken one changes nothing. */
  textAt(count) {
    if (count < this.#at) {
      this.#doc.destroy();
      this.#doc = new Doc();
      this.#at = 0;
    }
    this.#doc.transact(() => {
      for (; this.#at < Math.min(count, this.length); this.#at++) this.#apply(this.#updates[this.#at]);
    });
    return charactersOf(textIn(this.#doc));
  }

  #apply(update) {
    try {
      applyUpdate(this.#doc, update);
    } catch {
      // Another client's is broken.
    }
  }
}

export class History {
  /** @type {import('./copy.js').Copy | null} */
  #copy = null;
  /** @type {Past | null} */
  #past = null;
  #first = 1;
  /** @type {Changes | null} */
  #changes = null;
  #restored;
  #frame = 0;

  /** `restored(version, text)` makes the text of the document that of a version. */
  constructor(restored) {
    const words = documentWords().past;
    this.#restored = restored;
    this.slider = h('input', { type: 'range', min: '1', step: '1', 'aria-label': words.slider, on: { input: () => this.#moved() } });
    this.version = h('output', { class: 'which' });
    this.who = h('p', { class: 'about made-by' });
    this.text = h('pre', { class: 'text', tabindex: '0', role: 'region', 'aria-label': words.title, dir: 'auto' });
    this.state = h('p', { class: 'about', role: 'status' });
    this.restore = h('button', { type: 'button', class: 'primary', on: { click: () => this.#restore() } }, words.restore);
    const close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => this.node.close() } }, icon('close'));
    this.body = h('div', { class: 'past' }, h('div', { class: 'choose' }, this.slider, this.version), this.who, this.text);
    this.footer = h('footer', {}, this.restore);
    this.node = h('dialog', { class: 'sheet document-history', 'aria-labelledby': 'document-history', on: { keydown: (event) => event.stopPropagation(), close: () => this.#closed() } }, h('header', { class: 'head' }, h('h2', { id: 'document-history' }, words.title), close), h('p', { class: 'about' }, words.about), this.state, this.body, this.footer);
  }

  /** @param {import('./copy.js').Copy} copy */
  async open(copy) {
    const words = documentWords().past;
    this.#copy = copy;
    this.body.hidden = this.footer.hidden = true;
    setText(this.state, words.loading);
    this.node.showModal();
    try {
      const { first, updates } = await copy.history();
      if (copy !== this.#copy) return;
      this.#show(first, updates);
    } catch (problem) {
      if (copy === this.#copy) setText(this.state, sentence(problem));
    }
  }

  #show(first, updates) {
    const words = documentWords().past;
    setText(this.state, updates.length ? '' : words.none);
    if (!updates.length) return;
    this.#past = new Past(updates);
    this.#first = first;
    this.#changes = new Changes((after) => this.#copy?.changes(after));
    setAll(this.slider, { max: String(updates.length) });
    this.slider.value = String(updates.length);
    this.body.hidden = this.footer.hidden = false;
    this.#draw();
    this.slider.focus();
  }

  get #chosen() {
    return Number(this.slider.value);
  }

  /** Drawn once for many moves. */
  #moved() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    if (!this.#past) return;
    const words = documentWords().past;
    const [version, last] = [this.#first + this.#chosen - 1, this.#first + this.#past.length - 1];
    const label = words.version(version, last);
    setText(this.version, label);
    this.#tellWho(version);
    setAll(this.slider, { 'aria-valuetext': label });
    const text = this.#past.textAt(this.#chosen);
    setText(this.text, text || words.empty);
    setAll(this.text, { 'data-empty': text === '' });
    setAll(this.restore, { disabled: !this.#copy?.writable || text === this.#copy.characters });
  }

  /** The first version may replace many: a snapshot has no author. */
  async #tellWho(version) {
    const changes = this.#changes;
    const change = await changes?.of(version).catch(() => null);
    if (changes !== this.#changes || version !== this.#first + this.#chosen - 1) return;
    const when = change?.at && h('time', { datetime: change.at }, full(change.at));
    this.who.replaceChildren(...(change ? [h('bdi', {}, change.by.name || change.by.id), when && ', ', when].filter(Boolean) : []));
  }

  #restore() {
    if (!this.#past) return;
    const text = this.#past.textAt(this.#chosen);
    const version = this.#first + this.#chosen - 1;
    this.node.close();
    this.#restored(version, text);
  }

  #closed() {
    cancelAnimationFrame(this.#frame);
    this.#copy = null;
    this.#past = null;
    this.#changes = null;
    this.who.replaceChildren();
    this.text.replaceChildren();
  }
}
