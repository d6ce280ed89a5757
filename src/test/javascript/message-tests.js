/** Tests of the fold of message events, of pages of history, and of who may do what. Pure: they run in Node and in the browser. */
import { EPOCH, alice, bob, equals, message, offsets, post, roomAfter } from './kit.js';
import { ofRoom, ofThread, project, redacted } from './projection.js';

const AT = '2026-03-02T10:00:00.000Z';
const change = (offset, type, fields = {}) => ({ type, room: 'general', offset, at: AT, by: bob, ...fields });

export const tests = {
  'edits, pins and deletes a message as a reload shows it'(client) {
    const room = roomAfter(
      client,
      change(3, 'message.edited', { message: 1, text: 'better', mentions: ['alice'] }),
      change(4, 'message.pinned', { message: 1 }),
      change(5, 'reaction.added', { message: 2, emoji: '👍' }),
      change(6, 'message.deleted', { message: 2 }),
    );
    const { text: _, ...rest } = message(2);
    equals(room.messages, [{ ...message(1), text: 'better', edited: AT, mentions: ['alice'], pinned: true }, { ...rest, deleted: true }]);
    const again = roomAfter(client, change(3, 'message.edited', { message: 1, text: 'a', mentions: ['alice'] }), change(4, 'message.edited', { message: 1, text: 'b' }));
    equals(again.messages[0].mentions, undefined);
  },

  'shows the previews that the last event about them has'(client) {
    const previews = [{ url: 'https://a.example/', title: 'A' }, { url: 'https://b.example/', text: 'b' }];
    const previewed = change(3, 'message.previewed', { message: 1, previews });
    equals(roomAfter(client, previewed).messages[0], { ...message(1), previews });
    equals(roomAfter(client, previewed, change(4, 'message.edited', { message: 1, text: 'b', previews: previews.slice(1) })).messages[0].previews, previews.slice(1));
    for (const next of [change(4, 'message.previewed', { message: 1, removed: true }), change(4, 'message.edited', { message: 1, text: 'c' }), change(4, 'message.deleted', { message: 1 })]) {
      equals('previews' in roomAfter(client, previewed, next).messages[0], false);
    }
    equals('previews' in roomAfter(client, change(3, 'message.deleted', { message: 1 }), { ...previewed, offset: 4 }).messages[0], false);
  },

  'shows the tombstone of a message that was deleted while the person was away'(client) {
    const { text: _, ...posted } = post(3);
    const room = roomAfter(client, { ...posted, deleted: true }, change(4, 'message.edited', { message: 3, deleted: true }), change(5, 'reaction.added', { message: 3, emoji: '👍' }));
    equals([room.messages[2].deleted, room.messages[2].text, room.messages[2].reactions, room.unread], [true, undefined, undefined, 0]);
  },

  'counts reactions, and names the first ten'(client) {
    const people = Array.from({ length: 12 }, (_, n) => ({ id: `user ${n}` }));
    const events = people.map((by, n) => change(3 + n, 'reaction.added', { message: 1, emoji: '👍', by }));
    const reaction = (...more) => roomAfter(client, ...events, ...more).messages[0].reactions['👍'];
    equals(reaction(), { count: 12, by: people.slice(0, 10).map(({ id }) => id) });
    equals(reaction(change(15, 'reaction.added', { message: 1, emoji: '👍', by: alice })).mine, true);
    const left = roomAfter(client, ...events, change(15, 'reaction.removed', { message: 1, emoji: '👍', by: people[0] })).messages[0];
    equals([left.reactions['👍'].count, left.reactions['👍'].by.length, client.isIncomplete(left)], [11, 9, true]);
    equals(client.isIncomplete(roomAfter(client, ...events).messages[0]), false);
  },

  'keeps no trace of the last reaction that was taken back'(client) {
    const room = roomAfter(client, change(3, 'reaction.added', { message: 1, emoji: '__proto__', by: alice }), change(4, 'reaction.removed', { message: 1, emoji: '__proto__', by: alice }));
    equals(room.messages[0], message(1));
  },

  'shows a reply in its thread, and in the room only if its author chose so'(client) {
    const reply = { ...post(3), thread: 1 };
    const room = roomAfter(client, reply, { ...post(4, alice), thread: 1, also: true }, { ...post(5), thread: 1, deleted: true });
    equals([offsets(room), room.unread, room.messages[0].replies], [[1, 2, 4], 0, { count: 2, last: reply.at, by: ['bob', 'alice'] }]);
    equals([...room.unreadThreads], [[1, 2]]);
  },

  'marks a thread as unread until it is opened'(client) {
    const reply = { ...post(3), thread: 1 };
    const opened = roomAfter(client, reply, { type: 'client.thread.opened', room: 'general', root: 1 });
    equals([opened.unreadThreads.size, opened.thread.newAfter, opened.thread.message.offset], [0, 2, 1]);
    equals(roomAfter(client, { ...post(3, alice), thread: 1 }).unreadThreads.size, 0);
  },

  'counts an unread message less when it is deleted'(client) {
    const away = { type: 'client.opened', room: 'random' };
    equals(roomAfter(client, away, post(3), post(4), change(5, 'message.deleted', { message: 3 })).unread, 1);
    equals(roomAfter(client, away, post(3), change(4, 'message.deleted', { message: 1 })).unread, 1);
  },

  'shows a window of the history, and joins it with the latest messages'(client) {
    const reply = { epoch: EPOCH, offset: 9, recovered: false, messages: [message(8), message(9)], online: [] };
    const page = (page, from, to, fields) => ({ type: 'client.page', room: 'general', page, messages: Array.from({ length: to - from + 1 }, (_, n) => message(from + n)), ...fields });
    const around = page('around', 3, 4, { more: true, moreAfter: true });
    const room = (...events) => roomAfter(client, { type: 'client.subscribed', room: 'general', asked: 2, reply }, around, ...events);
    equals([offsets(room().window), offsets(room())], [[3, 4], [8, 9]]);
    const more = room(page('later', 5, 6, { more: false, moreAfter: true }), page('earlier', 1, 2, { more: false }));
    equals([offsets(more.window), more.window.earlier, more.window.later], [[1, 2, 3, 4, 5, 6], false, true]);
    const joined = room(page('later', 5, 8, { more: false, moreAfter: true }), post(10));
    equals([joined.window, offsets(joined), joined.earlier], [null, [3, 4, 5, 6, 7, 8, 9, 10], true]);
    equals(room({ type: 'client.latest', room: 'general' }).window, null);
  },

  'drops a page that was asked for before the room started over'(client) {
    const reply = { epoch: EPOCH, offset: 9, recovered: false, messages: [message(9)], online: [] };
    const room = roomAfter(client, { type: 'client.page.asked', room: 'general', page: 'earlier', era: 1 }, { type: 'client.subscribed', room: 'general', asked: 1, reply },
      { type: 'client.page', room: 'general', page: 'earlier', era: 1, messages: [message(1)], more: false });
    equals([offsets(room), room.asking], [[9], 0]);
  },

  'equals a reload after any events, whenever its pages were read'(client) {
    for (let seed = 1; seed <= 40; seed++) new Trial(client, seed).runs(150);
  },

  'offers each act to people who may do it'({ actsOn }) {
    const members = [{ user: { id: 'carol' }, role: 'owner' }, { user: { id: 'moderator' }, role: 'moderator' }, { user: { id: 'bob' }, role: 'member' }, { user: alice, role: 'member' }];
    const all = ['edit', 'reactions', 'threads', 'pins'];
    const may = (author, role, { features = all, limits = {}, muted = null, fields = {}, known = members } = {}) => {
      const acts = actsOn({ ...message(1, { id: author }), ...fields }, { room: { role, muted, members: known }, user: alice, features, limits }, Date.parse('2026-03-02T09:10:00.000Z'));
      return Object.entries(acts).filter(([, allowed]) => allowed).map(([name]) => name).join(' ');
    };
    equals(may('alice', 'member'), 'react reply edit delete pin quote');
    equals(may('bob', 'member'), 'react reply pin quote report');
    equals([may('bob', 'moderator'), may('moderator', 'moderator'), may('carol', 'moderator')], ['react reply delete pin quote report', 'react reply pin quote report', 'react reply pin quote report']);
    equals([may('moderator', 'owner'), may('gone', 'moderator')].map((acts) => acts.includes('delete')), [true, true]);
    equals(may('bob', 'moderator', { known: null }).includes('delete'), false);
    equals([may('alice', 'guest'), may('alice', 'none')], ['reply delete', 'reply delete']);
    equals(may('alice', 'member', { muted: '2026-03-02T10:00:00.000Z' }), 'reply delete');
    equals([may('alice', 'member', { limits: { edit: 600 } }), may('alice', 'member', { limits: { edit: 601 } })].map((acts) => acts.includes('edit')), [false, true]);
    equals(may('alice', 'member', { features: [] }), 'quote');
    equals([may('alice', 'none', { features: ['previews'] }), may('bob', 'owner', { features: ['previews'] })], ['unpreview', 'quote report']);
    equals(may('alice', 'owner', { fields: { deleted: true, text: undefined, replies: { count: 1 } } }), 'reply');
    equals(may('bob', 'member', { fields: { pinned: true, edited: AT } }), 'react reply unpin versions quote report');
  },

  'reads and writes links to messages'({ readPermalink, permalink }) {
    equals(permalink('general', 7, 'https://a.example/x?y=1#z'), 'https://a.example/x?y=1#/general/7');
    equals(readPermalink('#/general/7'), { room: 'general', offset: 7 });
    for (const hash of ['', '#chat', '#/general', '#/general/0', '#/general/-1', '#/general/1.5', '#/../7', '#/a b/7', '#/general/7/8', `#/${'x'.repeat(65)}/7`, `#/general/${'9'.repeat(16)}`]) {
      equals([hash, readPermalink(hash)], [hash, null]);
    }
  },

  'quotes a message behind what was typed'({ quoted }) {
    equals([quoted('one\n\ntwo'), quoted('x', 'typed \n')], ['> one\n>\n> two\n\n', 'typed\n\n> x\n\n']);
    equals(quoted(Array.from({ length: 20 }, (_, n) => `${n}`).join('\n')).split('\n').slice(7, 9), ['> 7', '> …']);
  },
};

const PEOPLE = ['alice', 'bob', 'carol', ...Array.from({ length: 11 }, (_, n) => `user ${n}`)];
const EMOJI = ['👍', '🎉', '❤️'];

/** Random events in a log, a client that folds them, and pages that were read before or after what it has seen. */
class Trial {
  #random;
  #client;
  #log = [];
  #state;
  #delivered = 0;
  #asked = [];

  constructor(client, seed) {
    this.#client = client;
    let number = seed * 2_654_435_761;
    this.#random = (n) => {
      number = (Math.imul(number ^ (number >>> 15), 1 | number) + 0x6d2b79f5) >>> 0;
      return (number >>> 8) % n;
    };
    for (let n = 0; n < 8; n++) this.#happens();
    const messages = ofRoom(project(this.#log));
    const events = [{ type: 'hello', user: alice }, { type: 'client.rooms', rooms: [{ id: 'general', name: 'general', role: 'member' }] }];
    this.#state = events.reduce(client.apply, client.initial);
    // The subscription's offset may be older than its messages.
    const offset = this.#log.length;
    for (let n = this.#random(4); n > 0; n--) this.#happens();
    const asOf = this.#log.length;
    const now = ofRoom(project(this.#log)).filter((one) => one.offset <= offset);
    this.#apply({ type: 'client.subscribed', room: 'general', asked: 50, reply: { epoch: EPOCH, offset, asOf, recovered: false, messages: messages.length ? now : [], online: [] } });
    this.#delivered = offset;
  }

  runs(steps) {
    for (let step = 0; step < steps; step++) [() => this.#happens(), () => this.#happens(), () => this.#delivers(), () => this.#delivers(), () => this.#asks(), () => this.#answers()][this.#random(6)]();
    while (this.#asked.length) this.#answers();
    while (this.#delivered < this.#log.length) this.#delivers();
    this.#compares();
  }

  get #room() {
    return this.#state.rooms.get('general');
  }

  #apply(event) {
    this.#state = this.#client.apply(this.#state, event);
  }

  #pick(list) {
    return list[this.#random(list.length)];
  }

  /** One more event in the log, valid as the server would have it. */
  #happens() {
    const all = project(this.#log);
    const living = all.filter(({ deleted }) => !deleted);
    const event = { room: 'general', offset: this.#log.length + 1, at: new Date(1_772_000_000_000 + this.#log.length * 1000).toISOString(), by: { id: this.#pick(PEOPLE) } };
    const target = living.length ? this.#pick(living) : null;
    const kind = target ? this.#random(11) : 0;
    if (kind < 2) Object.assign(event, { type: 'message.posted', text: `text ${event.offset}`, key: `key ${event.offset}` });
    else if (kind < 4) {
      const roots = living.filter(({ thread }) => !thread);
      if (!roots.length) return;
      Object.assign(event, { type: 'message.posted', text: 'reply', key: `key ${event.offset}`, thread: this.#pick(roots).offset }, this.#random(3) === 0 && { also: true });
    } else if (kind < 5) Object.assign(event, { type: 'message.edited', message: target.offset, text: `edited ${event.offset}` }, target.previews && this.#random(2) === 0 && { previews: target.previews });
    else if (kind < 6) Object.assign(event, { type: 'message.deleted', message: target.offset });
    else if (kind > 9) Object.assign(event, { type: 'message.previewed', message: target.offset }, this.#random(3) > 0 && { previews: [{ url: 'https://a.example/', title: `title ${event.offset}` }] });
    else if (kind < 7) Object.assign(event, { type: target.pinned ? 'message.unpinned' : 'message.pinned', message: target.offset });
    else {
      const emoji = this.#pick(EMOJI);
      const reacted = this.#reacted(target.offset, emoji).includes(event.by.id);
      Object.assign(event, { type: reacted ? 'reaction.removed' : 'reaction.added', message: target.offset, emoji });
    }
    if (event.type === 'message.deleted') this.#log = redacted(this.#log, event.message);
    this.#log.push(event);
  }

  #reacted(message, emoji) {
    const ids = new Set();
    for (const event of this.#log) if (event.message === message && event.emoji === emoji) event.type === 'reaction.added' ? ids.add(event.by.id) : ids.delete(event.by.id);
    return [...ids];
  }

  #delivers() {
    const event = this.#log[this.#delivered];
    if (!event) return;
    this.#delivered++;
    this.#apply({ ...event, received: 1 });
  }

  #asks() {
    if (this.#asked.length > 2) return;
    const roots = ofRoom(project(this.#log)).filter(({ thread }) => !thread);
    if (!roots.length) return;
    const page = this.#pick(['thread', 'pins', 'message']);
    const root = this.#pick(roots).offset;
    if (page === 'thread') this.#apply({ type: 'client.thread.opened', room: 'general', root });
    this.#apply({ type: 'client.page.asked', room: 'general', page, era: this.#room.era });
    this.#asked.push({ page, root, least: this.#delivered });
  }

  /** The server read the page at some position since it was asked for. */
  #answers() {
    const asked = this.#asked.shift();
    if (!asked) return;
    const asOf = asked.least + this.#random(this.#log.length - asked.least + 1);
    const all = project(this.#log, { upto: asOf });
    const messages = { thread: () => ofThread(all, asked.root), pins: () => all.filter(({ pinned }) => pinned), message: () => all.filter(({ offset }) => offset === asked.root) }[asked.page]();
    this.#apply({ type: 'client.page', room: 'general', page: asked.page, root: asked.root, era: this.#room.era, messages, more: false, asOf });
  }

  /** What the fold can't know, it says: replies of deleted messages, and the eleventh of those who reacted. */
  #compares() {
    const all = project(this.#log);
    const { messages, thread, pins } = this.#room;
    const same = (shown, reloaded) => {
      equals(offsets({ messages: shown }), offsets({ messages: reloaded }));
      shown.forEach((one, n) => equals(this.#known(one), this.#known(reloaded[n])));
    };
    same(messages, ofRoom(all));
    if (thread?.messages) same(thread.messages, ofThread(all, thread.root));
    if (pins && !pins.stale) equals(pins.messages.map(({ offset }) => offset), all.filter(({ pinned }) => pinned).map(({ offset }) => offset));
  }

  #known(one) {
    const deletions = this.#log.some((event) => event.type === 'message.deleted' && this.#log[event.message - 1].thread === one.offset);
    const { offset, by, at, text, key, thread, also, edited, deleted, pinned, reactions, replies } = one;
    const short = Object.fromEntries(Object.entries(reactions ?? {}).sort().map(([emoji, { count, mine, by: ids }]) => [emoji, { count, mine, by: this.#overfull(offset, emoji) ? 'unknown' : ids }]));
    return { offset, by, at, text, key, thread, also, edited, deleted, pinned, reactions: short, replies: deletions ? 'unknown' : replies };
  }

  /** Whether more than ten people ever reacted so. */
  #overfull(message, emoji) {
    return new Set(this.#log.filter((event) => event.message === message && event.emoji === emoji).map(({ by }) => by.id)).size > 10;
  }
}
