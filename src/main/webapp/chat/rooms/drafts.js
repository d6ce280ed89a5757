/**
 * Drafts of the rooms, on the server and so on all devices of the person. The copy in the browser (LocalData) is the fallback: a draft that
 * the server doesn't have yet is marked by its absence of `synced` and sent again after the next sign-in. Drafts of threads stay local.
 */
const SAVED_AFTER = 1_000;

export class Drafts {
  #rest;
  #own;
  #on;
  #changed;
  #timers = new Map();
  /** Rooms whose draft is on its way to the server. */
  #saving = new Set();

  /**
   * `own()` is the person's LocalData or null, `on()` whether the server keeps drafts, `changed(room)` is called when another device changed
   * a draft.
   *
   * @param {{ rest: import('../rest.js').Rest, own: () => import('../local-data.js').LocalData | null, on: () => boolean, changed: (room: string) => void }} options
   */
  constructor({ rest, own, on, changed }) {
    this.#rest = rest;
    this.#own = own;
    this.#on = on;
    this.#changed = changed;
  }

  /** The person changed the draft of a room; the browser has it already. */
  wrote(room) {
    if (!this.#on()) return;
    clearTimeout(this.#timers.get(room));
    this.#timers.set(room, setTimeout(() => this.#save(room), SAVED_AFTER));
  }

  /** A draft of the person's other device, or an empty text. The server sends one's own back too. */
  received({ room, text }) {
    const own = this.#own()?.get('draft', room, 0)?.text ?? '';
    if (own === text || this.#timers.has(room) || this.#saving.has(room)) return;
    this.#keep(room, text);
    this.#changed(room);
  }

  /** Takes over what the server has, after connecting. What this browser has not sent yet stays, and is sent. */
  async load() {
    const own = this.#own();
    if (!this.#on() || !own) return;
    const answer = await this.#rest.drafts();
    const drafts = new Map(answer.map(({ room, text }) => [room, text]));
    for (const room of own.names('draft')) {
      const local = own.get('draft', room, 0);
      if (local && !local.synced) this.wrote(room);
      else if (local && !drafts.has(room)) this.received({ room, text: '' });
    }
    for (const [room, text] of drafts) {
      const local = own.get('draft', room, 0);
      if (local?.text !== text && (!local || local.synced)) this.received({ room, text });
    }
  }

  /** Saves what waits, now: the page is left or hidden. */
  flush() {
    for (const room of [...this.#timers.keys()]) this.#save(room, true);
  }

  stop() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #save(room, keepalive = false) {
    clearTimeout(this.#timers.get(room));
    this.#timers.delete(room);
    const { text = '' } = this.#own()?.get('draft', room, 0) ?? {};
    this.#saving.add(room);
    try {
      await this.#rest.setDraft(room, text, keepalive);
    } catch {
      // The browser keeps it. The next change or the next connection sends it.
      return;
    } finally {
      this.#saving.delete(room);
    }
    const now = this.#own()?.get('draft', room, 0);
    if (now?.text === text) this.#own()?.set({ ...now, synced: true }, 'draft', room, 0);
  }

  #keep(room, text) {
    this.#own()?.set(text ? { text, synced: true } : null, 'draft', room, 0);
  }
}
