/**
 * Detects a dead connection: sends a ping after 25 s without a frame, and gives the connection up 8 s later.
 * Browsers report neither WebSocket pings nor an unplugged cable, so silence is the only sign.
 */
export const SILENCE = 25_000;
export const PONG_WITHIN = 8_000;

export class Heartbeat {
  #timer = 0;
  #ping;
  #giveUp;

  constructor({ ping, giveUp }) {
    this.#ping = ping;
    this.#giveUp = giveUp;
    this.heard();
  }

  /** To be called for each frame received. */
  heard() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.probe(), SILENCE);
  }

  /** Sends a ping now, when the browser reports a change of the network. */
  probe() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#giveUp, PONG_WITHIN);
    this.#ping();
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
