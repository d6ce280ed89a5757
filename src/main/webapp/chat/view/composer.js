/**
 * The message box, for a room or for a thread. It keeps drafts, formats, completes names and codes, reports typing, and shows the remaining
 * characters near the limit. The text is cleared only after the outbox has accepted it.
 */
import { isMuted } from '../authority.js';
import { elapsed, serverNow } from '../clock.js';
import { continued, isInFence, sendable } from '../composer/edits.js';
import { FORMATS, SHORTCUTS, toolbar } from '../composer/toolbar.js';
import { filesIn, pick } from '../file/picker.js';
import { isForModerators } from '../moderation/posting.js';
import { LocalData, inMemory } from '../local-data.js';
import { strings } from '../strings.js';
import { isBlank } from '../text.js';
import { composes, h, icon, isFocusFree, onTouch, setAll, setText } from './dom.js';
import { deadline } from './times.js';

/** The counter appears when this many characters are left. */
const COUNTED = 400;
/** A text that changed this recently is being typed. */
const TYPED_WITHIN = 10_000;
/** @type {import('../types.d.ts').Owner} */
const NOBODY = ['', ''];

export class Composer {
  #actions;
  #memory = new LocalData(NOBODY, inMemory());
  /** Where drafts are kept: in memory until the person is known. */
  #drafts = this.#memory;
  /** @type {string | null} */
  #room = null;
  /** @type {number | null} */
  #thread = null;
  #limit = Infinity;
  /** Ids of people who were chosen from the list, by the name in the text. @type {Map<string, string>} */
  #chosen = new Map();
  /** @type {import('../composer/completion.js').Completion | null} */
  #completion = null;
  #loading = false;
  #typedAt = 0;
  /** The files that go with the next message, by room and thread. @type {Map<string, any>} */
  #trays = new Map();
  /** @type {any} */
  #recorder = null;
  #measured = '';
  /** When the person may post again. */
  #slowUntil = 0;
  #slowTimer = 0;
  #width = 0;
  /** What had the focus when this box was to get it but could not take it yet. @type {{ instead: Element | null } | null} */
  #awaited = null;

  /**
   * Of the actions it uses `send(text, options)`, `typing(on)` and `join(room)`; `directory` (see Directory) and `own()`, the person's
   * LocalData, are optional.
   */
  constructor(actions) {
    this.#actions = actions;
    const on = {
      input: () => this.#typed(),
      keydown: (event) => this.#pressed(event),
      keyup: (event) => /^(Arrow(Left|Right)|Home|End)$/.test(event.key) && this.#completion?.look(),
      click: () => this.#completion?.look(),
      focus: () => this.#prepare(),
      blur: () => this.#left(),
      paste: (event) => this.#pasted(event),
    };
    this.input = h('textarea', { rows: '1', on });
    this.counter = h('span', { class: 'counter', role: 'note' });
    this.said = h('span', { class: 'spoken', role: 'status' });
    this.button = h('button', { type: 'submit', class: 'send', 'aria-label': strings.send, title: strings.send }, icon('send'));
    this.formats = toolbar((kind) => this.#format(kind));
    this.more = tool('format', strings.formatting, () => this.#showFormats());
    this.mention = tool('at', strings.mention, () => this.#insert('@'));
    this.emoji = tool('smile', strings.emoji, () => this.#openPicker());
    setAll(this.more, { 'aria-expanded': 'false', class: 'composer-tool format-toggle' });
    setAll(this.emoji, { 'aria-haspopup': 'dialog', 'aria-expanded': 'false' });
    this.attaching = tool('clip', strings.files.attach, () => pick(this.node, (files) => this.attach(files)));
    this.speaking = tool('microphone', strings.voice.record, () => this.#record());
    this.later = tool('clock', strings.sendLater, () => this.#later());
    setAll(this.later, { 'aria-haspopup': 'dialog', class: 'composer-tool send-later' });
    this.bar = h('div', { class: 'tools' }, this.attaching, this.speaking, this.more, this.formats, this.mention, this.emoji, this.later, this.button);
    this.box = h('div', { class: 'box' }, this.input, this.bar);
    this.join = h('div', { class: 'join' }, h('span'), h('button', { type: 'button', class: 'primary', on: { click: () => actions.join(this.#room) } }, strings.join));
    this.hint = h('span', { class: 'hint' }, strings.hint);
    this.typing = h('span', { class: 'typing', role: 'status', 'aria-label': strings.typingLabel });
    this.node = h('form', { class: 'composer', on: { submit: (event) => this.#submitted(event) } }, this.join, this.box, h('div', { class: 'below' }, this.typing, this.hint, this.counter, this.said));
    // Its own width decides how many lines the text has.
    new ResizeObserver(([{ contentRect }]) => this.#resized(contentRect.width)).observe(this.input);
  }

  /**
   * `thread` is the message whose replies this composer writes, `label` its name for screen readers and its placeholder.
   *
   * @param {{ room: any, limit: number, member: boolean, until?: number, thread?: number | null, label?: string }} shown `until` is when
   *   the person may post again in a slow room
   */
  update({ room, limit, member, until = 0, thread = null, label = strings.composer(room.name ?? room.id) }) {
    this.#useDrafts(this.#actions.own?.() ?? this.#memory);
    if (room.id !== this.#room || thread !== this.#thread) this.#enter(room.id, thread);
    this.#limit = limit;
    setAll(this.input, { 'aria-label': label, placeholder: label });
    const reason = whyNot(room, member, room.name ?? room.id, thread !== null);
    setText(this.join.firstChild, reason ?? '');
    this.join.lastChild.hidden = member;
    const settled = room.messages !== null;
    this.join.hidden = reason === null || !settled;
    this.box.hidden = reason !== null && settled;
    // The browser takes the focus from a box that is disabled for a moment.
    if (reason !== null && !this.input.disabled && this.#focused === this.input) this.#awaited = { instead: null };
    this.input.disabled = reason !== null;
    this.#focusIfAwaited();
    this.#showTyping([...room.typing.values()].map((someone) => someone.name));
    this.#slowUntil = until;
    this.#countDown();
    // Measuring makes the browser lay out the page: only when something changed.
    this.attaching.hidden = this.speaking.hidden = !this.#actions.files?.();
    this.later.hidden = !this.#actions.schedules?.();
    const measured = JSON.stringify([room.id, thread, limit, this.box.hidden]);
    if (measured !== this.#measured) this.#measure();
    this.#measured = measured;
  }

  /** A disabled box gets the focus once it is enabled, unless the person has moved it by then. */
  focus() {
    this.#awaited = this.input.disabled ? { instead: this.#focused } : null;
    this.input.focus();
  }

  #focusIfAwaited() {
    if (!this.#awaited || this.input.disabled) return;
    const { instead } = this.#awaited;
    this.#awaited = null;
    // The element that had the focus may be gone, such as a button of a list that was drawn again. A field of the portal keeps it.
    if (this.#focused ? this.#focused === instead : isFocusFree()) this.input.focus({ preventScroll: true });
  }

  get #focused() {
    return /** @type {ShadowRoot} */ (this.node.getRootNode()).activeElement ?? null;
  }

  /** Whether files can be added to the message now. */
  get takesFiles() {
    return !this.box.hidden && !this.node.hidden && !this.input.disabled && Boolean(this.#actions.files?.());
  }

  /** Adds files to the next message, and uploads them. @param {File[]} files */
  async attach(files) {
    const room = this.#room ?? '';
    const thread = this.#thread;
    const { Tray } = await import('../panels.js').catch(() => ({ Tray: null }));
    const access = this.#actions.files?.();
    if (!Tray || !access) return;
    const key = place(room, thread);
    if (!this.#trays.has(key)) this.#trays.set(key, new Tray({ access, room, changed: () => this.#measure(), emptied: () => this.input.focus() }));
    this.#trays.get(key).add(files);
    this.#showTray();
    this.input.focus();
  }

  /** Records a voice message in place of the text, and attaches it. */
  async #record() {
    const { Recorder } = await import('../panels.js').catch(() => ({ Recorder: null }));
    const access = this.#actions.files?.();
    if (!Recorder || !access || this.#recorder) return;
    const ended = (file) => {
      this.#recorder = null;
      recorder.node.remove();
      setAll(this.box, { 'data-recording': false });
      if (file) this.attach([file]);
      else this.input.focus();
    };
    const recorder = new Recorder({ access, ended });
    this.#recorder = recorder;
    this.box.append(recorder.node);
    setAll(this.box, { 'data-recording': true });
    recorder.cancel.focus();
    await recorder.start();
  }

  /** Ends uploads and the recording after the sign-out. */
  drop() {
    this.#recorder?.end(false);
    for (const tray of this.#trays.values()) tray.drop();
    this.#trays.clear();
    this.#showTray();
  }

  get #tray() {
    return this.#trays.get(place(this.#room, this.#thread));
  }

  #showTray() {
    const tray = this.#tray?.node;
    for (const shown of this.box.querySelectorAll(':scope > .tray')) if (shown !== tray) shown.remove();
    if (tray && !tray.isConnected) this.box.prepend(tray);
    this.#measure();
  }

  #pasted(event) {
    const files = this.takesFiles ? filesIn(event.clipboardData) : [];
    if (!files.length) return;
    event.preventDefault();
    this.attach(files);
  }

  /** Another device changed the draft of a room. What the person is typing stays. */
  draftChanged(room) {
    if (room !== this.#room || this.#thread !== null) return;
    if (!isBlank(this.input.value) && elapsed() - this.#typedAt < TYPED_WITHIN) return;
    this.#showDraft();
    this.#measure();
  }

  /** Changes the text by `change(text)`, as if the person had typed it. */
  insert(change) {
    const { value } = this.input;
    const text = change(value);
    this.#apply({ from: 0, to: value.length, text, start: text.length, end: text.length });
  }

  /** The person became known. What they wrote before stays. */
  #useDrafts(drafts) {
    if (drafts === this.#drafts) return;
    this.#drafts = drafts;
    if (this.#room === null) return;
    if (this.input.value !== '') return this.#keep();
    this.#enter(this.#room, this.#thread);
    this.#measured = '';
  }

  #enter(room, thread) {
    this.#recorder?.end(false);
    this.#room = room;
    this.#thread = thread;
    this.#showDraft();
    this.#showTray();
  }

  #showDraft() {
    const { text = '', chosen = [] } = this.#drafts.get('draft', this.#room, this.#thread ?? 0) ?? {};
    this.input.value = text;
    this.#chosen = new Map(chosen);
    this.#completion?.close();
  }

  #keep() {
    const text = this.input.value;
    const draft = isBlank(text) ? null : { text, chosen: [...this.#chosen].filter(([name]) => text.includes(`@${name}`)) };
    this.#drafts.set(draft, 'draft', this.#room, this.#thread ?? 0);
    if (this.#thread === null) this.#actions.drafted?.(this.#room);
  }

  #typed() {
    this.#typedAt = elapsed();
    this.#keep();
    this.#measure();
    this.#actions.typing(!isBlank(this.input.value));
    this.#completion?.look();
  }

  #left() {
    this.#actions.typing(false);
    this.#completion?.close();
  }

  #pressed(event) {
    if (this.#completion?.press(event)) return;
    const shortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && SHORTCUTS[event.key.toLowerCase()];
    if (shortcut) {
      event.preventDefault();
      event.stopPropagation();
      this.#format(shortcut);
    } else if (event.key === 'Enter' && !composes(event)) {
      // During input method composition, Enter belongs to the input method.
      this.#entered(event);
    }
  }

  /** Enter sends. With Shift, in a code block, or on a touch screen it breaks the line; with Ctrl or Cmd it sends from anywhere. */
  #entered(event) {
    const { value, selectionStart, selectionEnd } = this.input;
    if (event.ctrlKey || event.metaKey) return this.#submitted(event);
    if (!event.shiftKey && !onTouch()) return isInFence(value, selectionStart) ? undefined : this.#submitted(event);
    const edit = continued(value, selectionStart, selectionEnd);
    if (!edit) return;
    event.preventDefault();
    this.#apply(edit);
  }

  #submitted(event) {
    event.preventDefault();
    const text = sendable(this.input.value);
    if (this.#fits(text) && this.#actions.send(text, this.#options(text))) this.#sent();
  }

  /** Asks when to send the text; without a text, shows what waits to be sent. */
  #later() {
    const text = sendable(this.input.value);
    const [room, thread] = [this.#room, this.#thread];
    const here = () => room === this.#room && thread === this.#thread && sendable(this.input.value) === text;
    if (isBlank(text)) this.#actions.scheduled();
    else if (this.#fits(text)) this.#actions.sendLater(text, this.#options(text), () => here() && this.#sent());
  }

  /** The text is on its way. */
  #sent() {
    this.input.value = '';
    this.#chosen.clear();
    this.#tray?.clear();
    this.#completion?.close();
    this.#keep();
    this.#measure();
    this.input.focus();
  }

  /** What goes with the text: whom it mentions, and its thread. */
  #options(text) {
    const chosen = [...this.#chosen].map(([name, id]) => ({ id, name }));
    return { ...this.#actions.directory?.mentioned(text, chosen), ...(this.#thread !== null && { thread: this.#thread }), ...(this.#tray?.ready?.length && { files: this.#tray.ready }) };
  }

  #fits(text) {
    const files = this.#tray?.ready ?? [];
    return !this.#slowFor && this.#tray?.ready !== null && (files.length > 0 || !isBlank(text)) && characters(text) <= this.#limit;
  }

  #measure() {
    const text = sendable(this.input.value);
    const left = this.#limit - characters(text);
    const seconds = this.#slowFor;
    this.counter.hidden = this.box.hidden || (left > COUNTED && !seconds);
    this.hint.hidden = this.box.hidden || !this.counter.hidden;
    setText(this.counter, this.counter.hidden ? '' : seconds && left >= 0 ? strings.slowFor(seconds) : strings.charactersLeft(left));
    setAll(this.counter, { 'data-over': left < 0 });
    setAll(this.input, { 'aria-invalid': left < 0 ? 'true' : null });
    // Once when the limit is passed, not with each key.
    setText(this.said, left < 0 ? strings.tooLong : '');
    setAll(this.button, { 'aria-disabled': String(!this.#fits(text)) });
    this.input.style.setProperty('height', 'auto');
    this.input.style.setProperty('height', `${this.input.scrollHeight}px`);
  }

  #resized(width) {
    if (width === this.#width) return;
    this.#width = width;
    // Measuring changes the observed height, which the browser reports as an error inside this callback.
    requestAnimationFrame(() => this.#measure());
  }

  /** Seconds until the person may post again. */
  get #slowFor() {
    return Math.max(0, Math.ceil((this.#slowUntil - serverNow()) / 1_000));
  }

  #countDown() {
    const waits = this.#slowFor > 0;
    if (waits || this.#slowTimer) this.#measure();
    clearTimeout(this.#slowTimer);
    this.#slowTimer = waits ? window.setTimeout(() => this.#countDown(), 1_000) : 0;
  }

  #showTyping(names) {
    setText(this.typing, names.length ? strings.typing(names) : '');
    setAll(this.typing, { 'data-on': names.length > 0 });
  }

  #showFormats() {
    const shown = this.more.getAttribute('aria-expanded') !== 'true';
    setAll(this.more, { 'aria-expanded': String(shown) });
    setAll(this.box, { 'data-formats': shown });
  }

  #format(kind) {
    const { value, selectionStart, selectionEnd } = this.input;
    this.#apply(FORMATS[kind](value, selectionStart, selectionEnd));
  }

  /** Inserts text at the caret, with a blank before a sign that would not be one inside a word. */
  #insert(text) {
    const { value, selectionStart: from, selectionEnd: to } = this.input;
    const blank = text === '@' && from > 0 && !/\s/.test(value[from - 1]) ? ' ' : '';
    const at = from + blank.length + text.length;
    this.#apply({ from, to, text: blank + text, start: at, end: at });
  }

  /** Through the browser's own command where possible, so that the person can undo it. */
  #apply({ from, to, text, start, end }) {
    const { value } = this.input;
    const wanted = value.slice(0, from) + text + value.slice(to);
    this.input.focus();
    this.input.setSelectionRange(from, to);
    if (wanted !== value) document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
    if (wanted !== this.input.value) {
      this.input.value = wanted;
      this.#typed();
    }
    this.input.setSelectionRange(start, end);
    this.#completion?.look();
  }

  #complete(from, to, text, person) {
    if (person) this.#chosen.set(person.name, person.id);
    this.#apply({ from, to, text, start: from + text.length, end: from + text.length });
  }

  /** Completion is loaded when the person first writes. */
  async #prepare() {
    const { directory } = this.#actions;
    if (this.#completion || this.#loading || !directory) return;
    this.#loading = true;
    try {
      const { Completion } = await import('../panels.js');
      this.#completion = new Completion(this.input, directory, (...given) => this.#complete(...given));
      this.box.append(this.#completion.list, this.#completion.said);
      this.#completion.look();
    } catch {
      // Without it, people write names and codes in full.
    } finally {
      this.#loading = false;
    }
  }

  async #openPicker() {
    const picker = await import('../panels.js').catch(() => null);
    picker?.openPicker(this.emoji, (emoji) => this.#insert(emoji), () => this.input.focus(), this.#actions.directory?.access);
  }
}

function tool(emblem, label, click) {
  const node = h('button', { type: 'button', class: 'composer-tool', 'aria-label': label, title: label, on: { click } }, icon(emblem));
  node.addEventListener('pointerdown', (event) => event.preventDefault());
  return node;
}

/** Identifies a composer's place among its trays. */
function place(room, thread) {
  return `${room} ${thread ?? 0}`;
}

/** Why the person can't post in the room, or null. */
function whyNot(room, member, name, inThread) {
  if (!member) return strings.joinToPost(name);
  if (isMuted(room)) return strings.mutedHere(deadline(room.muted));
  if (room.role === 'guest') return strings.guestsRead(name);
  return isForModerators(room, inThread) ? strings.moderatorsPost(name) : null;
}

/** Counts code points, as the server does. */
function characters(text) {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
