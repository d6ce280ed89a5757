/**
 * Notices a dead connection: after 25 s without a frame it asks for a ping, and 8 s later gives the connection up.
 * A browser shows neither WebSocket pings nor a cable that was pulled, so silence is all there is to go by.
 * It must never hold a connection that was given up.
 */
export const SILENCE = 25_000;
export const PATIENCE = 8_000;

export class Heartbeat {
  #timer = 0;
  #ping;
  #giveUp;

  constructor({ ping, giveUp }) {
    this.#ping = ping;
    this.#giveUp = giveUp;
    this.heard();
  }

  /** Any frame counts. */
  heard() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.probe(), SILENCE);
  }

  /** Asks now: used when the browser says that the network changed. */
  probe() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#giveUp, PATIENCE);
    this.#ping();
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
