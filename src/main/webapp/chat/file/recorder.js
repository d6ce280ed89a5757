/**
 * Records a voice message: time and level while the person speaks, then a file for the composer. Nothing is recorded before the browser
 * has asked the person, and the microphone is off as soon as the recording ends.
 */
import { strings } from '../strings.js';
import { h, icon, setAll, setText } from '../view/dom.js';
import { Level } from './level.js';
import { clockTime } from './sizes.js';

const words = strings.voice;
/** The types that browsers record, the smallest files first. The server determines the type from the bytes. */
const TYPES = { 'audio/webm;codecs=opus': 'webm', 'audio/mp4': 'm4a', 'audio/ogg;codecs=opus': 'ogg' };
const BITS_PER_SECOND = 32_000;
/** A longer recording ends by itself, and is kept. */
const LONGEST = 15 * 60_000;
const STEP = 100;

export class Recorder {
  #access;
  #ended;
  #recorder = /** @type {MediaRecorder | null} */ (null);
  #level = /** @type {Level | null} */ (null);
  #parts = /** @type {Blob[]} */ ([]);
  #timer = 0;
  #began = 0;
  #kept = false;
  #over = false;

  /**
   * `ended(file)` is called once, with null if there is nothing to keep.
   *
   * @param {{ access: any, ended: (file: File | null) => void }} options
   */
  constructor({ access, ended }) {
    this.#access = access;
    this.#ended = ended;
    this.time = h('span', { class: 'elapsed', role: 'timer' }, clockTime(0));
    this.waves = h('span', { class: 'waves', 'aria-hidden': 'true' });
    this.said = h('span', { class: 'said', role: 'status' }, words.asking);
    this.cancel = button('close', words.cancel, () => this.end(false));
    this.finish = button('check', words.finish, () => this.end(true));
    this.finish.disabled = true;
    this.node = h('div', { class: 'recorder', role: 'group', 'aria-label': words.title, on: { keydown: (event) => this.#pressed(event) } }, this.cancel, h('span', { class: 'lamp', 'aria-hidden': 'true' }), this.time, this.waves, this.said, this.finish);
  }

  async start() {
    if (!globalThis.MediaRecorder || !navigator.mediaDevices?.getUserMedia) return this.#fails(words.unsupported);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      // The person cancelled while the browser asked for permission.
      if (this.#over) return turnOff(stream);
      this.#record(stream);
    } catch (problem) {
      const { name } = /** @type {DOMException} */ (problem);
      this.#fails(name === 'NotAllowedError' || name === 'SecurityError' ? words.denied : name === 'NotFoundError' ? words.noMicrophone : words.failed);
    }
  }

  #record(stream) {
    const type = Object.keys(TYPES).find((one) => MediaRecorder.isTypeSupported(one));
    const recorder = new MediaRecorder(stream, { ...(type && { mimeType: type }), audioBitsPerSecond: BITS_PER_SECOND });
    this.#recorder = recorder;
    this.#level = new Level(stream, this.waves);
    let size = 0;
    recorder.addEventListener('dataavailable', ({ data }) => {
      this.#parts.push(data);
      size += data.size;
      if (size > this.#access.limits.size - BITS_PER_SECOND) this.end(true);
    });
    recorder.addEventListener('error', () => this.#fails(words.failed));
    recorder.addEventListener('stop', () => this.#stopped(stream));
    recorder.start(1_000);
    this.#began = performance.now();
    this.#timer = setInterval(() => this.#passes(), STEP);
    this.finish.disabled = false;
    setText(this.said, words.recording);
    setAll(this.node, { 'data-recording': true });
    this.finish.focus();
  }

  #passes() {
    const passed = performance.now() - this.#began;
    setText(this.time, clockTime(passed / 1000));
    this.#level?.draw();
    if (passed >= LONGEST) this.end(true);
  }

  #pressed(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.end(false);
  }

  /** Ends the recording, and keeps it or not. */
  end(kept) {
    if (this.#over) return;
    this.#over = true;
    this.#kept = kept;
    clearInterval(this.#timer);
    if (this.#recorder && this.#recorder.state !== 'inactive') this.#recorder.stop();
    else this.#ended(null);
  }

  #stopped(stream) {
    turnOff(stream);
    this.#level?.close();
    clearInterval(this.#timer);
    // The browser may end it by itself, such as when the microphone is unplugged. The recording until then is kept.
    const kept = this.#kept || !this.#over;
    this.#over = true;
    const type = this.#recorder?.mimeType ?? '';
    const extension = Object.entries(TYPES).find(([one]) => type.startsWith(one.split(';')[0]))?.[1] ?? 'webm';
    const file = new File(this.#parts, `${words.name(now())}.${extension}`, { type: type.split(';')[0] });
    this.#ended(kept && file.size ? file : null);
  }

  /** Says why there is no recording. The person closes it. */
  #fails(text) {
    if (this.#over) return;
    clearInterval(this.#timer);
    setText(this.said, text);
    setAll(this.node, { 'data-recording': false, 'data-failed': true });
    this.finish.disabled = true;
    this.cancel.focus();
  }
}

function turnOff(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** The date and the time of day as a part of a file's name. */
function now() {
  const date = new Date();
  const two = (n) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}.${two(date.getMinutes())}.${two(date.getSeconds())}`;
}

function button(emblem, label, click) {
  return h('button', { type: 'button', class: 'round', 'aria-label': label, title: label, on: { click } }, icon(emblem));
}
