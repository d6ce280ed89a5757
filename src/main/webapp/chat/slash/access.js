/**
 * The slash commands of one session: what rooms offer, running a command, and the private answers of bots, which are kept until they are
 * dismissed, only in memory. It doesn't know the page.
 */

/** How long the list of a room is used, in milliseconds. */
const FRESH = 30_000;
/** Private answers that are kept. Beyond that the oldest are dropped. */
export const MOST_ANSWERS = 20;

export class SlashAccess {
  #request;
  #changed;
  #now;
  /** @type {Map<string, { at: number, list: Promise<any[]> }>} */
  #lists = new Map();
  /** @type {any[]} */
  #answers = [];

  /** @param {{ request: (type: string, fields: any) => Promise<any>, changed: () => void, now?: () => number }} parts */
  constructor({ request, changed, now = () => performance.now() }) {
    this.#request = request;
    this.#changed = changed;
    this.#now = now;
  }

  /** What bots offer in a room: `{name, description, hint?, by}`. Empty if the server can't tell. @param {string} room */
  offered(room) {
    const known = this.#lists.get(room);
    if (known && this.#now() - known.at < FRESH) return known.list;
    const list = this.#request('slash.list', { room }).then(({ commands }) => commands, () => (this.#lists.delete(room), []));
    this.#lists.set(room, { at: this.#now(), list });
    return list;
  }

  /** Rejects with the Problem if the bot can't be told. */
  run(room, command, text) {
    return this.#request('slash.run', { room, command, ...(text && { text }) });
  }

  /** Presses a button below a message, `{message}`, or below a private answer, `{call}`. */
  press(room, of, action, values) {
    return this.#request('slash.press', { room, ...of, action, ...(Object.keys(values).length && { values }) });
  }

  /** A bot answered this person alone. A further answer to the same call takes the place of the earlier one. */
  received(event) {
    this.#answers = [...this.#answers.filter(({ call }) => call !== event.call), event].slice(-MOST_ANSWERS);
    this.#changed();
  }

  /** The private answers in a room, oldest first. @param {string | undefined} room */
  answers(room) {
    return this.#answers.filter((answer) => answer.room === room);
  }

  /** @param {string} call */
  dismiss(call) {
    this.#answers = this.#answers.filter((answer) => answer.call !== call);
    this.#changed();
  }

  get any() {
    return this.#answers.length > 0;
  }
}
