/**
 * A server of documents that follows the rules of the real one, people with copies, and a disk. Nothing here is a test.
 */
import { Copy } from '../../../main/webapp/chat/document/copy.js';
import { fromBase64, toBase64 } from '../../../main/webapp/chat/document/base64.js';
import { parts } from '../../../main/webapp/chat/document/parts.js';
import { Problem } from '../../../main/webapp/chat/problem.js';

const MOST_UPDATE = 48 * 1024;
const MOST_FRAME = 64 * 1024;
const MOST_SNAPSHOT = 4 * 1024 * 1024;
export const ROOM = 'general';
export const ID = 'minutes';

/** One document. Updates are numbered from 1 without a gap; `base` and those before it were removed. */
export class DocumentServer {
  title = 'Minutes';
  log = [];
  base = 0;
  snapshots = new Map();
  /** Updates of one reply. */
  page = 1_000;
  deleted = false;
  /** Bytes of a snapshot that fits into a reply. */
  frame = 384 * 1024;
  /** User ids that may not write, and the code that they get. */
  refuses = new Map();
  /** Commands of a type that fail first, with these problems. */
  failures = [];
  links = new Set();
  asked = [];
  /** Texts to search, as they were given. */
  given = [];

  get head() {
    return this.log.length;
  }

  /** The text that a fold of the log has. */
  get text() {
    const doc = new parts.Doc();
    for (const { update } of this.log) parts.applyUpdate(doc, update);
    return doc.getText('text').toString();
  }

  store(user, key, update) {
    const known = this.log.findIndex((one) => one.user === user && one.key === key);
    if (known >= 0) return { version: known + 1, duplicate: true };
    this.log.push({ user, key, update });
    const event = { type: 'document.updated', room: ROOM, document: ID, version: this.head, update: toBase64(update), by: { id: user, name: user.toUpperCase() } };
    for (const link of this.links) link.deliver(event);
    return { version: this.head, duplicate: false };
  }

  open(link, since = -1) {
    link.version = null;
    const recovered = since >= this.base && since <= this.head;
    const [oldest] = [...this.snapshots.keys()].filter((version) => version >= this.base);
    const upTo = since < 0 || since > this.head ? this.head : this.base;
    const newest = [...this.snapshots.keys()].filter((version) => version <= upTo).at(-1);
    const snapshot = recovered ? undefined : (newest ?? (this.base > 0 ? oldest : undefined));
    const from = recovered ? since : (snapshot ?? 0);
    const content = this.snapshots.get(snapshot);
    if (content && content.length > this.frame) return { document: ID, title: this.title, version: from, updates: [], recovered, download: true, more: true };
    const updates = this.log.slice(from, from + this.page).map(({ update }) => toBase64(update));
    const version = from + updates.length;
    const more = version < this.head;
    if (!more) link.version = version;
    return { document: ID, title: this.title, version, updates, recovered, ...(content && { snapshot: toBase64(content) }), ...(more && { more }) };
  }

  closes(code, reopen, user = null) {
    for (const link of this.links) {
      if (link.version === null || (user && link.user !== user)) continue;
      link.version = null;
      link.later({ type: 'document.closed', room: ROOM, document: ID, code, reopen });
    }
  }

  /** Writes as a client that nobody sees. */
  writes(user, update) {
    return this.store(user, `${user} ${this.head}`, update);
  }
}

/** A person's connection to the server. */
export class ServerLink {
  version = null;
  on = true;
  /** Events that the network loses, and replies: by a function of the frame. */
  loses = () => false;
  losesReply = () => false;
  told = [];

  constructor(server, user) {
    this.server = server;
    this.user = user;
    server.links.add(this);
  }

  connected = () => this.on;

  request = async (type, fields) => {
    await null;
    if (!this.on) throw lost();
    if (JSON.stringify({ id: 1_000_000, type, ...fields }).length > MOST_FRAME) throw new Problem({ code: 'too_large' });
    this.server.asked.push({ user: this.user, type, ...fields });
    const failure = this.server.failures.findIndex((one) => one.type === type);
    if (failure >= 0) throw this.server.failures.splice(failure, 1)[0].problem;
    if (this.server.deleted) throw new Problem({ code: 'not_found' });
    const ok = this.#execute(type, fields);
    if (!this.losesReply({ type, ok })) return ok;
    return new Promise((_, reject) => (this.waiting = reject));
  };

  tell = (type, fields) => {
    if (!this.on) return;
    this.told.push(fields);
    for (const link of this.server.links) if (link !== this && link.version !== null) link.later({ type, room: ROOM, document: ID, data: fields.data, by: { id: this.user, name: this.user.toUpperCase() } });
  };

  snapshot = async (_, version, content) => {
    if (content.length > MOST_SNAPSHOT) throw new Problem({ code: 'too_large' });
    if (version > this.server.head || [...this.server.snapshots.keys()].some((one) => one > version)) throw new Problem({ code: 'conflict' });
    this.server.snapshots.set(version, content);
  };

  text = async (_, version, text) => {
    this.server.given.push({ user: this.user, version, text });
  };

  download = async (_, version) => {
    await null;
    this.server.asked.push({ user: this.user, type: 'snapshot', version });
    const content = this.server.snapshots.get(version);
    if (!content) throw new Problem({ code: 'gone' });
    return content;
  };

  deliver(event) {
    if (this.version === null || event.version <= this.version) return;
    this.version = event.version;
    this.later(event);
  }

  later(event) {
    queueMicrotask(() => queueMicrotask(() => this.on && !this.loses(event) && this.copy?.received(event)));
  }

  goes() {
    this.on = false;
    this.version = null;
    this.waiting?.(lost());
    this.copy?.connected(false);
  }

  returns() {
    this.on = true;
    this.copy?.connected(true);
  }

  #execute(type, { since, key, update }) {
    if (type === 'document.open') return this.server.open(this, since);
    if (type === 'document.close') return {};
    const code = this.server.refuses.get(this.user);
    if (code) throw new Problem({ code });
    const content = fromBase64(update);
    if (content.length > MOST_UPDATE) throw new Problem({ code: 'too_large' });
    return this.server.store(this.user, key, content);
  }
}

/** What a browser keeps, without a browser. */
export class Disk {
  copies = new Map();
  updates = new Map();
  unsent = new Map();

  async read(id) {
    const copy = this.copies.get(id);
    const unsent = [...this.unsent.values()].filter((one) => one.id === id).map(({ key, order, update }) => ({ key, order, update }));
    if (!copy && !unsent.length) return null;
    const later = [];
    for (let version = (copy?.version ?? 0) + 1; copy && this.updates.has(`${id} ${version}`); version++) later.push(this.updates.get(`${id} ${version}`));
    return { title: copy?.title ?? '', version: (copy?.version ?? 0) + later.length, updates: copy ? [copy.state, ...later] : [], unsent };
  }

  async keep(room, id, { title, version, state }, changes) {
    this.copies.set(id, { title, version, state });
    await this.keepUnsent(room, id, changes);
    this.updates.clear();
  }

  async append(id, list) {
    for (const { version, update } of list) this.updates.set(`${id} ${version}`, update);
  }

  async keepUnsent(room, id, changes, replaced = []) {
    for (const key of replaced) this.unsent.delete(key);
    for (const one of changes) this.unsent.set(one.key, { id, room, ...one });
  }

  async dropUnsent(_, key) {
    this.unsent.delete(key);
  }

  async forget(id) {
    this.copies.delete(id);
    this.updates.clear();
    for (const [key, one] of this.unsent) if (one.id === id) this.unsent.delete(key);
  }

  async left() {
    return [...this.unsent.values()].map(({ room, id }) => ({ room, id }));
  }

  close() {}
}

/** A person with the document open. */
export async function person(server, user, { disk = new Disk(), writes = true, on = true, most } = {}) {
  const link = new ServerLink(server, user);
  link.on = on;
  const copy = new Copy({ room: ROOM, id: ID, user, link, kept: disk, random: () => 0.5, most });
  link.copy = copy;
  copy.allow(writes);
  const started = copy.start();
  return { user, link, copy, disk, started, types: (at, text) => copy.text.insert(at, text), leaves: () => { copy.end(); server.links.delete(link); } };
}

/** The update of a client that types this at the end of what it sees. */
export function updateOf(text, before = []) {
  const doc = new parts.Doc();
  for (const update of before) parts.applyUpdate(doc, update);
  const vector = parts.encodeStateVector(doc);
  doc.getText('text').insert(doc.getText('text').length, text);
  return parts.encodeStateAsUpdate(doc, vector);
}

/** What a client stores that types so many letters. */
export function updatesOf(count) {
  const doc = new parts.Doc();
  const updates = [];
  doc.on('update', (update) => updates.push(update));
  for (let n = 0; n < count; n++) doc.getText('text').insert(n, 'b');
  return updates;
}

function lost() {
  return new Problem({ code: 'unavailable', temporary: true, lost: true });
}
