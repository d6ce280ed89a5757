/**
 * What the tests in Node share: the golden frames, a socket whose other end is the test, and the few globals of a page that
 * the client needs. Time is node:test's mock clock, so that no test waits. Nothing here is a test.
 */
import { readFileSync, readdirSync } from 'node:fs';

const EXAMPLES = new URL('../../../main/webapp/protocol/examples/', import.meta.url);
const STEP = 1_000;
export const NOW = Date.parse('2026-03-02T09:00:00.000Z');
export const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl';

/** The golden frames by name, one for each file. */
export const golden = Object.fromEntries(
  readdirSync(EXAMPLES).map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(new URL(file, EXAMPLES), 'utf8'))]),
);

/** The socket of a page. The test reads `sent` and plays the server. */
export class Socket extends EventTarget {
  static opened = [];
  sent = [];
  closed = false;

  constructor(url, protocols) {
    super();
    Object.assign(this, { url, protocols });
    Socket.opened.push(this);
  }

  static get last() {
    return Socket.opened.at(-1);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  /** The server sends this frame. */
  receive(frame) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }

  /** The server closes, or the network does. */
  end(code, reason = '') {
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
  }
}

/** Replaces the clock, chance and the browser's globals for the time of one test. `chance` is in [0, 1). */
export function page(t, { chance = 0 } = {}) {
  const window = new EventTarget();
  const globals = {
    WebSocket: Socket,
    navigator: { onLine: true },
    matchMedia: () => ({ matches: false }),
    addEventListener: (type, listener) => window.addEventListener(type, listener),
    removeEventListener: (type, listener) => window.removeEventListener(type, listener),
  };
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  t.mock.getter(performance, 'timeOrigin', () => NOW);
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  Socket.opened = [];
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: NOW });
  t.mock.method(Math, 'random', () => chance);
  // The computer's clock may be set: durations don't follow it.
  let set = 0;
  const now = Date.now;
  t.mock.method(performance, 'now', () => now() - NOW);
  t.mock.method(Date, 'now', () => now() + set);
  const endings = [];
  t.after(() => {
    for (const end of endings.reverse()) end();
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else delete globalThis[name];
    }
  });
  return {
    window,
    /** Runs `end` after the test, while the globals are still replaced. */
    ends: (end) => endings.push(end),
    /** Sets the computer's clock forward, or back. */
    sets: (milliseconds) => (set += milliseconds),
    /** Lets so many milliseconds pass, and all promises that this settles. */
    async passes(milliseconds) {
      // In steps: within one, all timers see the time of its end.
      for (let left = milliseconds; left > STEP; left -= STEP) t.mock.timers.tick(STEP);
      t.mock.timers.tick(milliseconds % STEP || Math.min(milliseconds, STEP));
      await settled();
    },
  };
}

/** After all promises that can be settled now. */
export function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}
