/** How loud the microphone is, as bars that move to the side. */
import { h } from '../view/dom.js';

const BARS = 40;

export class Level {
  #context;
  #analyser;
  #samples;
  #node;

  /**
   * @param {MediaStream} stream
   * @param {HTMLElement} node
   */
  constructor(stream, node) {
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
    this.#node = node;
  }

  draw() {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let peak = 0;
    for (const sample of this.#samples) peak = Math.max(peak, Math.abs(sample));
    this.#node.append(bar(peak));
    while (this.#node.childElementCount > BARS) this.#node.firstElementChild?.remove();
  }

  close() {
    this.#context.close().catch(() => {});
  }
}

/** A bar of a height from 0 to 1. */
export function bar(height) {
  return h('i', { style: { '--height': Math.max(0.06, Math.min(1, height)).toFixed(2) } });
}

/**
 * The highest level of each of `count` equal parts of a sound, the loudest as 1.
 *
 * @param {Float32Array} samples
 * @param {number} count
 */
export function peaks(samples, count) {
  const found = Array.from({ length: count }, (_, n) => {
    const [from, to] = [Math.floor((n * samples.length) / count), Math.floor(((n + 1) * samples.length) / count)];
    // Every 16th sample is enough to show the level.
    let peak = 0;
    for (let at = from; at < to; at += 16) peak = Math.max(peak, Math.abs(samples[at]));
    return peak;
  });
  const loudest = Math.max(...found);
  return found.map((peak) => (loudest > 0 ? peak / loudest : 0));
}
