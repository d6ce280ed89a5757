/** The dialog with the person's own status, availability and preferences. Only what changed is sent. */
import { serverNow } from '../clock.js';
import { openPicker } from '../emoji/picker.js';
import { strings } from '../strings.js';
import { h, icon, setAll, setText } from '../view/dom.js';
import { FormDialog } from '../view/form-dialog.js';
import { statusOf } from './people.js';

const words = strings.people;
const HOUR = 3_600_000;
/** Bounds of the server. */
const LONGEST_STATUS = 100;
const MOST_KEYWORDS = 50;

export class Preferences {
  #dialog;
  #session;
  #own;
  #before = /** @type {any} */ ({});
  #emoji = '';

  /**
   * `session()` returns the current session; `own()` the person's LocalData; `redraw()` draws the page; `notices` has more fields, and `calls()`
   * opens the test of the connection for calls.
   *
   * @param {{ session: () => any, own: () => import('../local-data.js').LocalData | null, redraw: () => void, notices?: { node: HTMLElement, open: () => void } | null, files?: { node: HTMLElement, open: () => void } | null, data?: { node: HTMLElement, open: () => void } | null, calls?: (() => void) | null }} options
   */
  constructor({ session, own, redraw, notices = null, files = null, data = null, calls = null }) {
    this.#session = session;
    this.#own = own;
    this.redraw = redraw;
    this.notices = notices;
    this.files = files;
    this.data = data;
    this.emoji = h('button', { type: 'button', class: 'status-emoji', 'aria-label': words.statusEmoji, title: words.statusEmoji, on: { click: () => this.#pickEmoji() } });
    this.status = h('input', { id: 'status-text', maxlength: String(LONGEST_STATUS), placeholder: words.statusHint, autocomplete: 'off' });
    this.clear = h('button', { type: 'button', class: 'round', 'aria-label': words.clearStatus, title: words.clearStatus, on: { click: () => this.#cleared() } }, icon('close'));
    this.until = h('select', { id: 'status-until' });
    this.availability = h('select', { id: 'availability' }, words.choices.map(([value, text]) => h('option', { value }, text)));
    this.receipts = check('receipts', words.receipts);
    this.unreadFirst = check('unread-first', strings.sidebar.unreadFirst);
    this.quiet = check('quiet', words.quiet, () => this.#quietChanged());
    this.from = h('input', { type: 'time', id: 'quiet-from', 'aria-label': words.quietFrom });
    this.to = h('input', { type: 'time', id: 'quiet-to', 'aria-label': words.quietTo });
    this.zone = h('span', { class: 'zone' });
    this.hours = h('div', { class: 'hours' }, this.from, h('span', { 'aria-hidden': 'true' }, '–'), this.to, this.zone);
    this.keywords = h('input', { id: 'keywords', autocomplete: 'off', placeholder: words.keywordsHint });
    const fields = [
      group(words.statusTitle, h('div', { class: 'status-row' }, this.emoji, label('status-text', words.statusLabel, this.status), this.clear), h('div', { class: 'pair' }, field(words.clearAfter, this.until), field(words.availability, this.availability))),
      group(words.notifications, this.quiet.node, this.hours, field(words.keywords, this.keywords), ...(notices ? [notices.node] : [])),
      group(words.more, this.receipts.node, this.unreadFirst.node, ...(calls ? [h('button', { type: 'button', class: 'act', on: { click: calls } }, icon('phone'), strings.call.test)] : [])),
      ...(files ? [group(strings.files.storage, files.node)] : []),
      ...(data ? [data.node] : []),
    ];
    this.#dialog = new FormDialog({ id: 'preferences-title', title: words.you, fields: h('div', { class: 'scrolls' }, fields), submit: strings.save, words: words.problems }, () => this.#save());
    this.node = this.#dialog.node;
    this.node.classList.add('preferences');
  }

  open() {
    const me = this.#session().state.me ?? {};
    const status = statusOf(me);
    this.#emoji = status?.emoji ?? '';
    this.status.value = status?.text ?? '';
    this.until.replaceChildren(...untils(status?.until).map(([value, text]) => h('option', { value }, text)));
    this.availability.value = me.availability ?? 'auto';
    this.receipts.input.checked = me.receipts !== false;
    this.unreadFirst.input.checked = Boolean(this.#own()?.get('sidebar', 'unread-first'));
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.quiet.input.checked = Boolean(me.quiet);
    this.from.value = me.quiet?.from ?? '20:00';
    this.to.value = me.quiet?.to ?? '07:00';
    setText(this.zone, (me.quiet?.zone ?? zone).replace(/_/g, ' '));
    this.keywords.value = (me.keywords ?? []).join(', ');
    this.notices?.open();
    this.files?.open();
    this.data?.open();
    this.#before = this.#values();
    this.#showEmoji();
    this.#quietChanged();
    this.#dialog.open(this.status);
  }

  #values() {
    const text = this.status.value.trim();
    const until = this.until.value === 'stays' ? this.#session().state.me?.status?.until : endOf(this.until.value);
    const status = text ? { text, ...(this.#emoji && { emoji: this.#emoji }), ...(until && { until }) } : null;
    const zone = this.#session().state.me?.quiet?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    return {
      status,
      availability: this.availability.value,
      receipts: this.receipts.input.checked,
      quiet: this.quiet.input.checked ? { from: this.from.value, to: this.to.value, zone } : null,
      keywords: [...new Set(this.keywords.value.split(',').map((word) => word.trim()).filter(Boolean))].slice(0, MOST_KEYWORDS),
    };
  }

  async #save() {
    const now = this.#values();
    const change = Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(this.#before[name])));
    if (Object.keys(change).length) await this.#session().people.set(change);
    this.#own()?.set(this.unreadFirst.input.checked || null, 'sidebar', 'unread-first');
    this.redraw();
  }

  #pickEmoji() {
    openPicker(this.emoji, (emoji) => this.#chose(emoji), () => this.emoji.focus());
  }

  #chose(emoji) {
    this.#emoji = emoji;
    this.#showEmoji();
  }

  #cleared() {
    this.#emoji = '';
    this.status.value = '';
    this.#showEmoji();
    this.status.focus();
  }

  #showEmoji() {
    // A status has a text.
    setAll(this.status, { required: this.#emoji !== '' });
    this.emoji.replaceChildren(this.#emoji ? h('span', { class: 'emoji' }, this.#emoji) : icon('smile'));
  }

  #quietChanged() {
    this.hours.hidden = !this.quiet.input.checked;
    for (const input of [this.from, this.to]) setAll(input, { required: this.quiet.input.checked });
  }
}

/** When a status ends, by choice. */
function untils(until) {
  return [...(until ? [['stays', words.asBefore]] : []), ...words.untils];
}

function endOf(choice, now = new Date(serverNow())) {
  if (choice === '') return undefined;
  if (choice === 'today') return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).toISOString();
  return new Date(now.getTime() + Number(choice) * HOUR).toISOString();
}

function group(title, ...children) {
  return h('fieldset', {}, h('legend', {}, title), ...children);
}

function field(text, input) {
  return h('div', { class: 'field' }, h('label', { for: input.id }, text), input);
}

/** A label for screen readers. */
function label(id, text, input) {
  input.setAttribute('aria-label', text);
  return input;
}

/** A checkbox with its label. */
export function check(id, text, change = () => {}) {
  const input = h('input', { type: 'checkbox', id, on: { change } });
  return { input, node: h('label', { class: 'check', for: id }, input, h('span', {}, text)) };
}
