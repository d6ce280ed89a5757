/**
 * Detects a dead connection: sends a ping after 25 s without a frame, and gives the connection up when no frame follows within 5 s.
 * Browsers report neither WebSocket pings nor an unplugged cable, so silence is the only sign. It also probes when a timer ran late: the
 * computer was asleep, and the connection may have ended meanwhile.
 */
export const SILENCE = 25_000;
export const PONG_WITHIN = 5_000;
const TICK = 5_000;
const LATE = 5_000;

export class Heartbeat {
  #timer = 0;
  #ticks = 0;
  /** By the computer's clock, because the monotonic one may stop during sleep. If the clock is set, a ping too many is sent. */
  #ticked = Date.now();
  #probing = false;
  #ping;
  #giveUp;

  constructor({ ping, giveUp }) {
    this.#ping = ping;
    this.#giveUp = giveUp;
    this.heard();
    this.#ticks = setInterval(() => this.#tick(), TICK);
  }

  /** To be called for each frame received. */
  heard() {
    this.#probing = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.probe(), SILENCE);
  }

  /** Sends a ping now, unless one is on its way: the connection may have ended. */
  probe() {
    if (this.#probing) return;
    this.#probing = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#giveUp, PONG_WITHIN);
    this.#ping();
  }

  stop() {
    clearTimeout(this.#timer);
    clearInterval(this.#ticks);
  }

  /** Browsers run the timers of a hidden page late by themselves. It is probed when it is shown. */
  #tick() {
    const now = Date.now();
    if (!globalThis.document?.hidden && Math.abs(now - this.#ticked - TICK) > LATE) this.probe();
    this.#ticked = now;
  }
}
