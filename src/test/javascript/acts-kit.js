/** The other end of the socket with all commands about messages, and helpers that act like a person: pointer, keys, fingers. */
import { RoomServer, alice, bob, endings, until } from './kit.js';
import { ofRoom, ofThread, project, redacted } from './projection.js';

const AT = Date.parse('2026-03-02T09:00:00.000Z');

export class MessageServer extends RoomServer {
  /** Members by id, with their roles. */
  roles = { alice: 'member', bob: 'member' };
  answers = {
    'message.edit': (frame, by) => this.#changes(frame, by, 'message.edited', { text: frame.text, mentions: frame.mentions }),
    'message.delete': (frame, by) => this.#deletes(frame, by),
    'message.pin': (frame, by) => this.#changes(frame, by, 'message.pinned'),
    'message.unpin': (frame, by) => this.#changes(frame, by, 'message.unpinned'),
    'message.unpreview': (frame, by) => this.#unpreviews(frame, by),
    'reaction.add': (frame, by) => this.#changes(frame, by, 'reaction.added', { emoji: frame.emoji }),
    'reaction.remove': (frame, by) => this.#changes(frame, by, 'reaction.removed', { emoji: frame.emoji }),
    history: (frame, by) => this.#history(frame, by),
  };

  constructor(client) {
    super(client);
    this.fetched = ({ pathname }) => this.#rest(pathname);
  }

  newest(count, by) {
    return ofRoom(project(this.log, { me: by.id })).slice(-count);
  }

  /** Someone writes. `fields` may name a thread. Returns the offset. */
  writes(text, fields = {}) {
    const { by = bob, minute = this.log.length, ...rest } = fields;
    const event = { type: 'message.posted', by, text, key: `key ${this.log.length}`, at: new Date(AT + minute * 60_000).toISOString(), ...rest };
    this.says(event);
    return this.log.length;
  }

  /** Someone changes a message. */
  changes(type, message, fields = {}) {
    return this.#changes({ message }, fields.by ?? bob, type, fields);
  }

  #changes({ message }, by, type, fields = {}) {
    this.says({ type, message, at: new Date(AT + this.log.length * 60_000).toISOString(), by, ...fields });
    return { offset: this.log.length };
  }

  #deletes(frame, by) {
    const { thread } = this.log.find(({ type, offset }) => type === 'message.posted' && offset === frame.message) ?? {};
    this.log = redacted(this.log, frame.message);
    return this.#changes(frame, by, 'message.deleted', thread && { thread });
  }

  #unpreviews({ message, url }, by) {
    const { previews = [] } = project(this.log).find(({ offset }) => offset === message) ?? {};
    const others = previews.filter((one) => one.url !== url);
    return this.#changes({ message }, by, 'message.previewed', { ...(others.length && { previews: others }), removed: true });
  }

  #history({ before, after, around, at, thread, pinned, limit = 50 }, by) {
    const all = project(this.log, { me: by.id });
    const list = pinned ? all.filter((one) => one.pinned) : thread ? ofThread(all, thread) : ofRoom(all);
    const asOf = this.log.length;
    if (after !== undefined) {
      const rest = list.filter(({ offset }) => offset > after);
      return { asOf, messages: rest.slice(0, limit), more: rest.length > limit, moreAfter: rest.length > limit };
    }
    if (around !== undefined || at !== undefined) {
      const place = list.findIndex((one) => (around === undefined ? Date.parse(one.at) >= Date.parse(at) : one.offset >= around));
      const from = Math.max(0, (place < 0 ? list.length : place) - Math.floor(limit / 2));
      return { asOf, messages: list.slice(from, from + limit), more: from > 0, moreAfter: from + limit < list.length };
    }
    const earlier = list.filter(({ offset }) => offset < (before ?? Infinity));
    return { asOf, messages: earlier.slice(-limit), more: earlier.length > limit };
  }

  #rest(pathname) {
    const [, offset, versions] = /\/messages\/(\d+)(\/versions)?$/.exec(pathname) ?? [];
    if (pathname.endsWith('/members')) return Response.json({ members: Object.entries(this.roles).map(([id, role]) => ({ user: this.people[id] ?? { id }, role, online: true })), more: false });
    if (pathname.endsWith('/bans')) return Response.json({ bans: [], more: false });
    if (!offset) return undefined;
    const message = project(this.log).find((one) => one.offset === Number(offset));
    if (!message) return Response.json({ code: 'not_found' }, { status: 404 });
    if (!versions) return Response.json(message);
    const texts = this.log.filter((event) => event.offset === message.offset || (event.type === 'message.edited' && event.message === message.offset));
    return Response.json(texts.map(({ at, text }) => ({ at, text })));
  }
}

/** Alice's element with the server's room open. The helpers find things in it and act on them. */
export async function conversation(server, { role = 'member', width = '900px', attributes = { room: 'general' } } = {}) {
  server.rooms[0].role = role;
  const element = server.shows({ attributes, before: (one) => (one.style.cssText = `display: block; width: ${width}; --parley-height: 600px`) });
  endings.push(() => history.replaceState(null, '', location.pathname + location.search));
  const root = element.shadowRoot;
  const find = (selector) => root.querySelector(selector);
  await until(() => find('.message') && getComputedStyle(find('.app')).visibility === 'visible');
  const row = (offset) => find(`.timeline article[data-offset="${offset}"]`);
  return {
    element,
    root,
    find,
    all: (selector) => [...root.querySelectorAll(selector)],
    row,
    text: (offset) => row(offset)?.querySelector('.text')?.textContent,
    box: () => find('.main .composer textarea'),
    /** Moves the mouse over a message, and returns its toolbar. */
    hovers(offset) {
      row(offset).dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
      return row(offset).querySelector('.toolbar');
    },
    tool: (name) => find(`.toolbar [data-act=${name}]`),
    /** The menu's item with this text. */
    item: (text) => [...root.querySelectorAll('.menu-box [role=menuitem]')].find((one) => one.textContent.includes(text) || one.ariaLabel === text),
    async opensMenu(offset) {
      this.hovers(offset);
      this.tool('more').click();
      await until(() => find('.menu-box:popover-open .item'));
    },
    said: () => find('.alert').textContent,
  };
}

/** A key press on what has the focus. Returns whether the page left it to the browser. */
export function presses(target, key, more = {}) {
  return target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));
}

/** Types a text into a field, in place of what it holds. */
export function types(field, text) {
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** A finger rests on the element. */
export function holds(target) {
  const at = { bubbles: true, pointerType: 'touch', clientX: 10, clientY: 10 };
  target.dispatchEvent(new PointerEvent('pointerdown', at));
}

export function lifts(target) {
  target.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerType: 'touch' }));
}

export { alice, bob };
