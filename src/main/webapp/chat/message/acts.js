/**
 * What a person does with messages, as commands: edit, delete, react, pin, read threads, versions and parts of the history. The room's
 * events report the results, to this client too. What the fold can't know from events it asks the server for.
 */
import { firstUnread } from '../rooms/reading.js';
import { find, isIncomplete, isInRoom, known } from './fold.js';

const PAGE = 50;
/** A person who scrolls wants more than a screen at a time. The server gives no more than this. */
const SCROLLED_PAGE = 100;
const MOST_PINS = 100;
/** How long a deletion can be undone. */
export const UNDO_WITHIN = 5_000;
/** Messages that wait to be asked for again, of all rooms. */
const MOST_REFRESHED = 100;
const NOTHING = 'not_found';

export class Acts {
  #request;
  #rest;
  #state;
  #apply;
  #failed;
  #deletions = new Map();
  #refreshing = new Map();
  #working = false;

  /**
   * `request` sends a command, `state()` returns the state, `apply(event)` changes it. `failed(problem)` receives the refusal of an act
   * that nobody waits for.
   *
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
  }

  /** `mentions` are the ids of all people that the new text mentions. */
  edit(room, message, text, mentions) {
    return this.#request('message.edit', { room, message, text, mentions });
  }

  react(room, message, emoji, on) {
    return this.#request(on ? 'reaction.add' : 'reaction.remove', { room, message, emoji });
  }

  pin(room, message, on) {
    return this.#request(on ? 'message.pin' : 'message.unpin', { room, message });
  }

  unpreview(room, message, url) {
    return this.#request('message.unpreview', { room, message, url });
  }

  report(room, message, reason, note) {
    return this.#rest.report(room, message, reason, note);
  }

  versions(room, message) {
    return this.#rest.versions(room, message);
  }

  /** Hides the message now, and deletes it when the time to undo is over. */
  delete(room, message) {
    const key = keyOf(room, message);
    if (this.#deletions.has(key)) return;
    this.#apply({ type: 'client.deleting', room, message, on: true });
    const timer = setTimeout(() => this.#deleteNow(key), UNDO_WITHIN);
    this.#deletions.set(key, { room, message, timer });
  }

  undoDelete(room, message) {
    const key = keyOf(room, message);
    clearTimeout(this.#deletions.get(key)?.timer);
    if (this.#deletions.delete(key)) this.#apply({ type: 'client.deleting', room, message, on: false });
  }

  /** Deletes what waits to be deleted: the page is left or hidden. */
  flush() {
    for (const key of [...this.#deletions.keys()]) this.#deleteNow(key);
  }

  /** The message shows again if the server refuses. */
  async #deleteNow(key) {
    const { room, message, timer } = this.#deletions.get(key);
    clearTimeout(timer);
    this.#deletions.delete(key);
    try {
      await this.#request('message.delete', { room, message });
    } catch (problem) {
      this.#apply({ type: 'client.deleting', room, message, on: false });
      this.#failed(problem);
    }
  }

  /** Loads the page before the first message that the timeline has. */
  async earlier(room) {
    const list = room.window ?? room;
    if (!list.earlier || list.loading) return;
    await this.#page(room, 'earlier', { before: list.messages?.[0]?.offset, limit: SCROLLED_PAGE });
  }

  /** Loads the page after the last message of a window of history. */
  async later(room) {
    const { window } = room;
    if (!window?.later || window.loading) return;
    await this.#page(room, 'later', { after: window.messages.at(-1)?.offset ?? 0, limit: SCROLLED_PAGE });
  }

  /** Leaves a window of history for the latest messages. */
  latest(id) {
    this.#apply({ type: 'client.latest', room: id });
  }

  /** Shows the room around a message. A reply that only its thread shows opens the thread. */
  async show(id, offset) {
    const room = this.#room(id);
    if (find(room.messages, offset)) return this.#aim(id, offset, false);
    if (find(room.window?.messages, offset)) return this.#aim(id, offset, true);
    const { messages } = await this.#page(room, 'around', { around: offset });
    if (find(messages, offset)) return this.#aim(id, offset, Boolean(this.#room(id).window));
    if (!room.window) this.latest(id);
    const message = await this.#rest.message(id, offset);
    if (isInRoom(message)) throw Object.assign(new Error('The message is not in the history'), { code: NOTHING });
    await this.openThread(id, message.thread);
    this.#apply({ type: 'client.thread.target', room: id, offset });
  }

  /** Shows the room from the first message after the marker `read`, without taking the focus. */
  async showUnread(id, read) {
    await this.#showFirst(id, read + 1, (messages) => firstUnread(messages, read, this.#state().user?.id));
  }

  /** Shows the room from this message on, or from the next one if it is gone, without taking the focus. */
  async showFrom(id, offset) {
    await this.#showFirst(id, offset, (messages) => messages?.find((message) => message.offset >= offset));
  }

  async #showFirst(id, from, choose) {
    const { messages, earlier } = this.#room(id);
    const loaded = messages?.length && (!earlier || messages[0].offset <= from);
    const first = choose(loaded ? messages : (await this.#page(this.#room(id), 'around', { around: from })).messages);
    if (first) this.#apply({ type: 'client.target', room: id, offset: first.offset, window: Boolean(this.#room(id).window), quiet: true, still: true });
  }

  /** Reads again what the person reads, after the room started over. The page keeps the place. */
  async stay(id, offset) {
    await this.#page(this.#room(id), 'around', { around: offset });
  }

  /** Shows the room from a time on. */
  async showAt(id, at) {
    const { messages } = await this.#page(this.#room(id), 'around', { at });
    const first = messages.find((message) => Date.parse(message.at) >= Date.parse(at)) ?? messages.at(-1);
    if (first) this.#aim(id, first.offset, Boolean(this.#room(id).window), true);
  }

  async openThread(room, root) {
    if (this.#room(room).thread?.root !== root) this.#apply({ type: 'client.thread.opened', room, root });
    await this.loadThread(room);
  }

  /** Loads the open thread: its latest replies, and its root if no list has it. */
  async loadThread(id) {
    const { thread } = this.#room(id);
    if (!thread || thread.messages || thread.loading) return;
    const reading = this.#page(this.#room(id), 'thread', { thread: thread.root }, { root: thread.root });
    if (!thread.message) await this.#refresh(id, thread.root);
    await reading;
  }

  async earlierReplies(id) {
    const room = this.#room(id);
    const { thread } = room;
    if (!thread?.earlier || thread.loading) return;
    await this.#page(room, 'replies', { thread: thread.root, before: thread.messages?.[0]?.offset }, { root: thread.root });
  }

  closeThread(room) {
    this.#apply({ type: 'client.thread.closed', room });
  }

  async loadPins(id) {
    const room = this.#room(id);
    if (room.pins && !room.pins.stale) return;
    await this.#page(room, 'pins', { pinned: true, limit: MOST_PINS });
  }

  /** To be called after each event: asks for what the event didn't tell. */
  noticed({ type, room: id, message: offset, thread }) {
    const counts = type === 'message.deleted' || type === 'message.restored';
    if (!counts && type !== 'reaction.removed' && type !== 'message.pinned') return;
    const room = this.#state().rooms.get(id);
    if (!room || room.subscription !== 'live') return;
    const message = known(room, offset);
    if (message && isIncomplete(message)) this.#later(id, offset);
    // The root of a deleted or restored reply has another number of replies, and perhaps another last one.
    if (counts && thread && known(room, thread)) this.#later(id, thread);
    if (type === 'message.pinned' && room.pins?.stale) this.loadPins(id).catch(ignored);
  }

  /** Asks for a message again, one after the other. */
  #later(room, offset) {
    if (this.#refreshing.size >= MOST_REFRESHED) return;
    this.#refreshing.set(keyOf(room, offset), { room, offset });
    if (!this.#working) this.#refreshAll();
  }

  async #refreshAll() {
    this.#working = true;
    for (let next; (next = this.#refreshing.entries().next().value); ) {
      const [key, { room, offset }] = next;
      this.#refreshing.delete(key);
      await this.#refresh(room, offset).catch(ignored);
    }
    this.#working = false;
  }

  #refresh(id, offset) {
    const room = this.#room(id);
    const message = known(room, offset);
    const thread = message && !isInRoom(message) ? { thread: message.thread } : {};
    return this.#page(room, 'message', { around: offset, limit: 1, ...thread }, { only: offset });
  }

  #aim(room, offset, window, quiet = false) {
    this.#apply({ type: 'client.target', room, offset, window, quiet });
  }

  #room(id) {
    return /** @type {import('../types.d.ts').Room} */ (this.#state().rooms.get(id));
  }

  /** Reads a page of the room's messages, and adds it to the state as `page`. */
  async #page({ id, era }, page, fields, /** @type {{ root?: number, only?: number }} */ { root, only } = {}) {
    this.#apply({ type: 'client.page.asked', room: id, page, era });
    try {
      const reply = await this.#request('history', { room: id, limit: PAGE, ...fields });
      const messages = only === undefined ? reply.messages : reply.messages.filter(({ offset }) => offset === only);
      this.#apply({ ...reply, messages, type: 'client.page', room: id, page, era, root });
      return reply;
    } catch (problem) {
      this.#apply({ type: 'client.page.failed', room: id, page, era });
      throw problem;
    }
  }
}

function keyOf(room, message) {
  return `${room} ${message}`;
}

function ignored() {}
