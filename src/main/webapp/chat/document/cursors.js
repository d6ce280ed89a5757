/**
 * Where others are in a document: awareness of y-protocols, in base64. Who they are comes from the server's frame, never from the data,
 * which a client may fill with anything.
 */
import { fromBase64, toBase64 } from './base64.js';
import { parts } from './parts.js';

const { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } = parts;

/** The server refuses more bytes. */
const MOST_DATA = 4_096;
/** Copies of others that are known. Those beyond that are not shown. */
export const MOST_OTHERS = 64;
const TELL_AFTER = 120;
/** People in the document tell a newcomer where they are, at different times. */
const GREET_WITHIN = 600;

/** @typedef {{ client: number, user: import('../types.d.ts').User, cursor: any }} Other */

export class Cursors {
  #awareness;
  #tell;
  #changed;
  #random;
  /** @type {Map<number, import('../types.d.ts').User>} */
  #who = new Map();
  #timer = /** @type {any} */ (0);
  #dueAt = Infinity;
  #listening = false;

  /**
   * `tell(data)` sends data to the others, `changed()` is called when one of them came, moved or went.
   *
   * @param {any} doc
   * @param {{ tell: (data: string) => void, changed: () => void, random?: () => number }} acts
   */
  constructor(doc, { tell, changed, random = Math.random }) {
    this.#awareness = new Awareness(doc);
    this.#awareness.setLocalState(null);
    this.#tell = tell;
    this.#changed = changed;
    this.#random = random;
    // The awareness repeats its state every 15 s, and forgets others who don't.
    this.#awareness.on('update', ({ added, updated, removed }, origin) => this.#updated([...added, ...updated, ...removed], origin));
  }

  /** The others, each by what the server said of them. @returns {Other[]} */
  get others() {
    return [...this.#awareness.getStates()].filter(([client]) => client !== this.#awareness.clientID && this.#who.has(client)).map(([client, state]) => ({
      client,
      user: /** @type {import('../types.d.ts').User} */ (this.#who.get(client)),
      cursor: state?.cursor ?? null,
    }));
  }

  /** The person is here now: `{anchor, head}` as relative positions, or null for nowhere. */
  moved(cursor) {
    const before = this.#awareness.getLocalState();
    if (before !== null && JSON.stringify(before.cursor) === JSON.stringify(cursor)) return;
    this.#awareness.setLocalState({ cursor });
  }

  /** The others hear of this copy from now on, or no longer. */
  listen(on) {
    this.#listening = on;
    if (on) this.#tellWithin(TELL_AFTER);
    else this.#forgetOthers();
  }

  /** Data that the server says is by this person. */
  received(data, by) {
    const bytes = typeof data === 'string' && data.length <= 2 * MOST_DATA ? fromBase64(data) : null;
    if (!bytes) return;
    try {
      applyAwarenessUpdate(this.#awareness, bytes, by);
    } catch {
      // Another person's client is broken.
    }
  }

  end() {
    clearTimeout(this.#timer);
    const { clientID } = this.#awareness;
    if (this.#listening && this.#awareness.getLocalState() !== null) {
      removeAwarenessStates(this.#awareness, [clientID], 'end');
      this.#tell(toBase64(encodeAwarenessUpdate(this.#awareness, [clientID])));
    }
    this.#listening = false;
    this.#awareness.destroy();
  }

  #updated(clients, origin) {
    if (origin === 'local') return this.#tellWithin(TELL_AFTER);
    if (origin === 'end' || origin === 'forgotten') return;
    for (const client of clients) this.#hear(client, origin);
    this.#changed();
  }

  #hear(client, by) {
    if (client === this.#awareness.clientID) return;
    if (!this.#awareness.getStates().has(client)) return void this.#who.delete(client);
    if (!this.#who.has(client)) {
      if (this.#who.size >= MOST_OTHERS) return removeAwarenessStates(this.#awareness, [client], 'forgotten');
      this.#tellWithin(TELL_AFTER + this.#random() * GREET_WITHIN);
    }
    if (by?.id) this.#who.set(client, by);
  }

  #tellWithin(milliseconds) {
    const at = Date.now() + milliseconds;
    if (!this.#listening || at >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    this.#timer = setTimeout(() => {
      this.#dueAt = Infinity;
      const { clientID } = this.#awareness;
      if (!this.#listening || this.#awareness.getLocalState() === null) return;
      const data = toBase64(encodeAwarenessUpdate(this.#awareness, [clientID]));
      if (data.length <= MOST_DATA) this.#tell(data);
    }, milliseconds);
  }

  #forgetOthers() {
    const others = [...this.#awareness.getStates().keys()].filter((client) => client !== this.#awareness.clientID);
    this.#who.clear();
    removeAwarenessStates(this.#awareness, others, 'forgotten');
    if (others.length) this.#changed();
  }
}
