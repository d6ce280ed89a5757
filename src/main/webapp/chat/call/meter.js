/** How loud one's own microphone is: it is measured on the page, because no connection needs to be there. */
export class Meter {
  #context = /** @type {AudioContext | null} */ (null);
  #analyser = /** @type {AnalyserNode | null} */ (null);
  #samples = new Float32Array(512);
  #track = /** @type {MediaStreamTrack | null} */ (null);

  /** Measures this track from now on; null measures nothing. */
  follow(track) {
    if (track === this.#track) return;
    this.end();
    this.#track = track;
    if (!track || typeof AudioContext !== 'function') return;
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = this.#samples.length;
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(this.#analyser);
  }

  /** From 0 to 1. */
  get level() {
    if (!this.#analyser) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return Math.sqrt(this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length);
  }

  end() {
    this.#context?.close().catch(() => {});
    this.#context = this.#analyser = this.#track = null;
  }
}
