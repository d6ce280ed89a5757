/**
 * The person's rooms on the server: watching them, reading further pages of the list, read markers, and what the person set for a room. It
 * turns replies into events of the state.
 */
import { delay, sleep } from '../backoff.js';
import { counts } from './fold.js';
import { Marker } from './marker.js';

/** Pages of further rooms that are read after `watch`. */
const MOST_PAGES = 40;
/** Positions in a section are this far apart, so that a room can be put between two others. */
const STEP = 1_024;

export class MyRooms {
  #request;
  #rest;
  #state;
  #apply;
  #failed;
  #pages = 0;

  /**
   * @param {{
   *   request: (type: string, fields: object) => Promise<any>,
   *   rest: import('../rest.js').Rest,
   *   state: () => import('../types.d.ts').State,
   *   apply: (event: any) => void,
   *   failed: (problem: import('../problem.js').Problem) => void,
   * }} session
   */
  constructor({ request, rest, state, apply, failed }) {
    this.#request = request;
    this.#rest = rest;
    this.#state = state;
    this.#apply = apply;
    this.#failed = failed;
    this.marker = new Marker({
      send: (room, upto, back) => request('read', { room, upto, ...(back && { back }) }),
      stored: (room, upto) => apply({ type: 'client.read.stored', room, upto }),
    });
  }

  /** Whether the server counts what is unread. */
  get counts() {
    return counts(this.#state());
  }

  /** Watches, as long as `connected()`. Resolves to false if the server refuses it. */
  async watch(connected) {
    for (let attempt = 0; connected(); attempt++) {
      try {
        const reply = await this.#request('watch', {});
        this.#apply({ type: 'client.watched', rooms: reply.rooms, more: Boolean(reply.more) });
        if (reply.more) this.#readOn(reply.next ?? reply.rooms.at(-1)?.id, connected);
        return true;
      } catch (problem) {
        if (problem.lost) return true;
        if (!problem.temporary) return false;
        await sleep(problem.retryAfter ?? delay(attempt));
      }
    }
    return true;
  }

  /** The rooms after the first page. A new `watch` replaces it. */
  async #readOn(after, connected) {
    const run = ++this.#pages;
    for (let page = 0; page < MOST_PAGES && connected() && run === this.#pages; page++) {
      const { rooms, more, next } = await this.#page(after, connected);
      if (run !== this.#pages || !rooms.length) return;
      this.#apply({ type: 'client.watched.page', rooms, more: Boolean(more) });
      if (!more) return;
      after = next ?? rooms.at(-1).id;
    }
  }

  async #page(after, connected) {
    for (let attempt = 0; connected(); attempt++) {
      try {
        return await this.#rest.myRooms(after);
      } catch (problem) {
        if (!problem.temporary) break;
        await sleep(problem.retryAfter ?? delay(attempt));
      }
    }
    return { rooms: [], more: false };
  }

  /** The page showed the messages of a room up to this offset to a person who looks at it. */
  read(id, upto) {
    const room = this.#state().rooms.get(id);
    if (!this.counts || !room || room.role === 'none' || (room.read !== null && upto <= room.read)) return;
    this.#apply({ type: 'client.read', room: id, upto });
    this.marker.moved(id, upto);
  }

  /** Everything from this message on becomes unread. */
  markUnread(id, offset) {
    this.#apply({ type: 'client.read', room: id, upto: offset - 1, back: true });
    this.marker.moved(id, offset - 1, true);
  }

  markRead(id) {
    const room = this.#state().rooms.get(id);
    if (room) this.read(id, Math.max(room.head, room.position?.offset ?? 0));
  }

  /**
   * Changes what the person set for a room, on the page at once, and back again if the server refuses. An empty section and the position 0
   * mean none.
   *
   * @param {string} id
   * @param {{ level?: string, favourite?: boolean, hidden?: boolean, section?: string, position?: number }} settings
   */
  async set(id, settings) {
    const before = this.#state().rooms.get(id);
    if (!before) return;
    this.#apply({ type: 'client.room.settings', room: id, settings: ofRoom(settings) });
    try {
      await this.#rest.setRoom(id, settings);
    } catch (problem) {
      const names = Object.keys(ofRoom(settings));
      this.#apply({ type: 'client.room.settings', room: id, settings: Object.fromEntries(names.map((name) => [name, before[name]])) });
      this.#failed(problem);
    }
  }

  /**
   * Puts a room at the place `at` of a section whose other rooms are `others`, in their order. Rooms before it that have no place yet get
   * one.
   *
   * @param {string} id
   * @param {{ favourite: boolean, section: string }} into
   * @param {import('../types.d.ts').Room[]} others
   * @param {number} at
   */
  async move(id, into, others, at) {
    for (const { id: room, position } of placed(others, at)) await this.set(room, { position });
    const before = this.#placeOf(others[at - 1]) ?? 0;
    const after = this.#placeOf(others[at]);
    const position = after === null ? before + STEP : Math.floor((before + after) / 2);
    await this.set(id, { ...into, position });
  }

  #placeOf(room) {
    return room ? (this.#state().rooms.get(room.id)?.place ?? null) : null;
  }

  stop() {
    this.#pages++;
    this.marker.stop();
  }
}

/**
 * Which of the rooms before the place `at` need a new position, so that a room can be put there. Without a free number at that place,
 * all rooms are numbered again.
 *
 * @param {{ id: string, place: number | null }[]} others
 * @param {number} at
 */
export function placed(others, at) {
  const after = others[at];
  const full = after && after.place !== null && after.place - (others[at - 1]?.place ?? 0) < 2;
  if (full) return others.map(({ id }, n) => ({ id, position: (n + 1) * STEP }));
  const known = others.slice(0, at).findLastIndex(({ place }) => place !== null);
  const from = known < 0 ? 0 : /** @type {number} */ (others[known].place);
  return others.slice(known + 1, at).map(({ id }, n) => ({ id, position: from + (n + 1) * STEP }));
}

/**
 * The names of the state for those of the server.
 *
 * @param {{ position?: number, section?: string, [name: string]: any }} settings
 */
function ofRoom({ position, section, ...settings }) {
  return { ...settings, ...(section !== undefined && { section: section || null }), ...(position !== undefined && { place: position || null }) };
}
