/**
 * Plays a short sound with its waveform. The bytes are fetched when it comes near the visible part of the page, to draw the waveform and to
 * know how long it is: what browsers record does not say so. The player itself reads from an address that is valid for a minute.
 */
import { strings } from '../strings.js';
import { h, icon, setAll, setText } from '../view/dom.js';
import { seen } from './bytes.js';
import { saveFile } from './cards.js';
import { bar, peaks } from './level.js';
import { SPEEDS } from './player.js';
import { bytes, clockTime } from './sizes.js';

const words = strings.files;
/** Larger sounds are played by the player of the browser. */
export const LARGEST = 2_000_000;
const BARS = 48;
/** Sounds whose waveform is remembered. */
const MOST = 200;
/** Seconds that an arrow key moves. */
const STEP = 1;

/** @type {Map<string, Promise<{ heights: number[], seconds: number }>>} */
const known = new Map();
/** Decoding takes memory: one sound at a time. */
let decoding = Promise.resolve();

/** @returns {HTMLElement} */
export function voice(file, access) {
  return new Voice(file, access).node;
}

class Voice {
  #file;
  #access;
  #media = h('audio', { preload: 'none' });
  #seconds = 0;
  /** Where to begin, until the sound plays. */
  #from = 0;
  #ready = false;

  constructor(file, access) {
    this.#file = file;
    this.#access = access;
    this.failed = h('span', { class: 'failed', role: 'status' });
    this.start = h('button', { type: 'button', class: 'play', 'aria-label': words.play(file.name), on: { click: () => this.#toggle() } }, icon('play'));
    this.waves = h('span', { class: 'waves', 'aria-hidden': 'true' }, Array.from({ length: BARS }, () => bar(0)));
    this.seek = h('input', { type: 'range', min: '0', max: '0', step: '0.1', value: '0', 'aria-label': words.position(file.name), disabled: true, on: { input: () => this.#moved(), keydown: (event) => this.#pressed(event) } });
    this.time = h('span', { class: 'size elapsed' }, bytes(file.size));
    this.speed = h('button', { type: 'button', class: 'speed', 'aria-label': words.speed(1), on: { click: () => this.#faster() } }, '1×');
    const label = words.save(file.name, bytes(file.size));
    const save = h('button', { type: 'button', class: 'round', 'aria-label': label, title: label, on: { click: () => saveFile(file, access, this.failed) } }, icon('download'));
    const row = h('div', { class: 'row', title: file.name }, this.start, h('span', { class: 'waveform' }, this.waves, this.seek), this.time, this.speed, save);
    this.node = h('div', { class: 'player voice' }, row, this.#media, this.failed);
    for (const event of ['play', 'pause', 'ended']) this.#media.addEventListener(event, () => this.#drawState());
    this.#media.addEventListener('timeupdate', () => this.#drawTime());
    this.#media.addEventListener('error', () => this.#broken());
    this.#look();
  }

  async #look() {
    await seen(this.node);
    try {
      const { heights, seconds } = await waveform(this.#file, this.#access);
      this.waves.replaceChildren(...heights.map(bar));
      this.#seconds = seconds;
      setAll(this.seek, { max: seconds.toFixed(1) });
      this.seek.disabled = false;
      this.#drawTime();
    } catch {
      // Decoding failed, but the browser may still play it.
    }
  }

  async #toggle() {
    setText(this.failed, '');
    if (!this.#media.paused) return this.#media.pause();
    try {
      if (!this.#ready) await this.#open();
      await this.#media.play();
    } catch {
      setText(this.failed, words.cantPlay);
    }
  }

  async #open() {
    const { playbackRate } = this.#media;
    this.#media.src = await this.#access.link(this.#file.id);
    this.#ready = true;
    this.#media.defaultPlaybackRate = this.#media.playbackRate = playbackRate;
    await new Promise((resolve, reject) => {
      this.#media.addEventListener('loadedmetadata', resolve, { once: true });
      this.#media.addEventListener('error', reject, { once: true });
      this.#media.load();
    });
    // The browser looks for the end of a sound that does not say how long it is.
    if (this.#media.duration === Infinity) {
      await new Promise((resolve) => {
        this.#media.addEventListener('durationchange', resolve, { once: true });
        this.#media.currentTime = 1e7;
        setTimeout(resolve, 2_000);
      });
    }
    this.#media.currentTime = this.#from;
  }

  /** The address is no longer valid. */
  #broken() {
    if (!this.#ready) return;
    this.#from = Number(this.seek.value);
    this.#ready = false;
    this.#drawState();
  }

  #moved() {
    this.#from = Number(this.seek.value);
    if (this.#ready) this.#media.currentTime = this.#from;
    else this.#draw(this.#from);
  }

  /** As in other players: the space bar plays. Arrow keys move by whole seconds. */
  #pressed(event) {
    const along = getComputedStyle(this.seek).direction === 'rtl' ? -STEP : STEP;
    const by = { ArrowRight: along, ArrowUp: STEP, ArrowLeft: -along, ArrowDown: -STEP }[event.key];
    if (event.key !== ' ' && !by) return;
    event.preventDefault();
    event.stopPropagation();
    if (!by) return this.#toggle();
    this.seek.value = String(Number(this.seek.value) + by);
    this.#moved();
  }

  #faster() {
    const next = SPEEDS[(SPEEDS.indexOf(this.#media.playbackRate) + 1) % SPEEDS.length];
    this.#media.playbackRate = this.#media.defaultPlaybackRate = next;
    setText(this.speed, `${next}×`);
    setAll(this.speed, { 'aria-label': words.speed(next) });
  }

  #drawState() {
    const plays = !this.#media.paused && !this.#media.ended;
    this.start.replaceChildren(icon(plays ? 'pause' : 'play'));
    setAll(this.start, { 'aria-label': plays ? words.pause(this.#file.name) : words.play(this.#file.name) });
    if (this.#media.ended) this.#from = 0;
    this.#drawTime();
  }

  #drawTime() {
    this.#draw(this.#media.ended || !this.#ready ? this.#from : this.#media.currentTime);
  }

  #draw(at) {
    if (!this.#seconds) return;
    const done = Math.min(1, at / this.#seconds);
    this.seek.value = String(at);
    setAll(this.seek, { 'aria-valuetext': words.positionOf(clockTime(at), clockTime(this.#seconds)) });
    setText(this.time, clockTime(at > 0 ? at : this.#seconds));
    for (const [n, one] of [...this.waves.children].entries()) setAll(one, { 'data-done': n < done * BARS });
  }
}

function waveform(file, access) {
  const before = known.get(file.id);
  if (before) return before;
  const found = access.blob(`files/${file.id}`).then((blob) => blob.arrayBuffer()).then(decoded);
  known.set(file.id, found);
  found.catch(() => known.delete(file.id));
  if (known.size > MOST) known.delete(/** @type {string} */ (known.keys().next().value));
  return found;
}

function decoded(encoded) {
  const result = decoding.then(async () => {
    const sound = await new OfflineAudioContext(1, 1, 16_000).decodeAudioData(encoded);
    return { heights: peaks(sound.getChannelData(0), BARS), seconds: sound.duration };
  });
  decoding = result.then(() => {}, () => {});
  return result;
}
