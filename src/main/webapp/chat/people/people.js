/** People on the server: the directory, profiles, the person's own one, blocks, and direct rooms. */
import { serverNow } from '../clock.js';

/**
 * @typedef {import('../types.d.ts').Person} Person
 * @typedef {import('../types.d.ts').Me} Me
 */

/** The features of the server. */
export const PEOPLE = 'people';
export const DIRECT = 'direct';
/** Others in a direct room. */
export const MOST_OTHERS = 8;
const PAGE = 20;
/** Profiles that are kept. Beyond that the oldest are forgotten. */
const MOST_KEPT = 500;

export class People {
  #rest;
  #state;
  #apply;
  /** @type {Map<string, Person>} */
  #kept = new Map();

  /**
   * @param {{ rest: import('../rest.js').Rest, state: () => import('../types.d.ts').State, apply: (event: any) => void }} session
   */
  constructor({ rest, state, apply }) {
    this.#rest = rest;
    this.#state = state;
    this.#apply = apply;
  }

  get on() {
    return this.#state().features.includes(PEOPLE);
  }

  /** Loads the person's own profile and whom they block, after connecting. */
  async load() {
    if (!this.on) return;
    const [me, blocked] = await Promise.all([this.#rest.me(), this.#rest.blocks()]);
    this.#apply({ type: 'client.me', me });
    this.#apply({ type: 'client.blocked', blocked: new Set(blocked) });
  }

  /**
   * People whose name or id begins with the text, without oneself.
   *
   * @param {string} text
   * @param {{ limit?: number }} [options]
   * @returns {Promise<Person[]>}
   */
  async find(text, { limit = PAGE } = {}) {
    const { people } = await this.#rest.people(text, limit + 1);
    for (const person of people) this.#keep(person);
    return people.filter(({ id }) => id !== this.#state().user?.id).slice(0, limit);
  }

  /** The profile as it was last seen, if it was. */
  known(id) {
    return id === this.#state().user?.id ? (this.#state().me ?? undefined) : this.#kept.get(id);
  }

  /** A profile from the server. */
  async one(id) {
    const person = await this.#rest.person(id);
    this.#keep(person);
    return person;
  }

  #keep(person) {
    this.#kept.delete(person.id);
    this.#kept.set(person.id, person);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? '');
  }

  /**
   * Changes the person's own profile and preferences.
   *
   * @param {Partial<Me>} change
   */
  async set(change) {
    this.#apply({ type: 'client.me', me: await this.#rest.setMe(change) });
  }

  isBlocked(id) {
    return this.#state().blocked.has(id);
  }

  async block(id, on) {
    await this.#rest.block(id, on);
    const others = [...this.#state().blocked].filter((one) => one !== id);
    this.#apply({ type: 'client.blocked', blocked: new Set(on ? [...others, id] : others) });
  }

  /**
   * The direct room of the person and these others; the server makes it if there is none. Resolves to its id.
   *
   * @param {import('../types.d.ts').User[]} others
   */
  async direct(others) {
    const room = await this.#rest.direct(others.map(({ id }) => id));
    const people = room.people ?? [this.#state().user, ...others];
    this.#apply({ type: 'client.room', room: { role: 'member', ...room, kind: 'direct', people } });
    return room.id;
  }
}

/**
 * The status of a person, unless it has ended.
 *
 * @param {Person | undefined | null} person
 */
export function statusOf(person, now = serverNow()) {
  const status = person?.status;
  return status && (status.text || status.emoji) && !(status.until && Date.parse(status.until) <= now) ? status : null;
}
