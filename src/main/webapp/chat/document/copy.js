/**
 * This page's copy of a document: a Yjs document, the version of the server's log that it has reached, and the person's changes that are
 * on their way. It resumes at its version after a lost connection, and sends each change until the server has stored it, under a key that
 * makes repetitions harmless. Clients that have applied the same updates have the same text, so no update may be skipped: a gap makes it read
 * the log again.
 *
 * Phases: `loading` (it reads what it lacks; there may be a text already), `live`, `offline` (changes are kept), `ended` for good, with a `code`.
 */
import { delay, sleep } from '../backoff.js';
import { elapsed } from '../clock.js';
import { newKey } from '../outbox.js';
import { Problem } from '../problem.js';
import { fromBase64, toBase64 } from './base64.js';
import { Cursors } from './cursors.js';
import { GivenText, searchable } from './given-text.js';
import { parts } from './parts.js';
import { charactersOf, replace, textIn, withoutObjects } from './text.js';
import { UnsentChanges } from './unsent-changes.js';

const { Doc, applyUpdate, encodeStateAsUpdate, encodeStateVector } = parts;

/** The origin of what comes from the server or from the disk. */
const REMOTE = 'remote';
/** Changes wait this long for further ones. */
const SEND_AFTER = 120;
const KEEP_AFTER = 250;
/** Updates after a snapshot that make a new one worth it, and updates on the disk that become one copy. */
export const SNAPSHOT_EVERY = 500;
/** Those who opened a long document at the same time don't all upload a snapshot at the same time. */
const SNAPSHOT_WITHIN = 10_000;
/** Interruptions that are less than this apart count as one series. */
const CALM_AFTER = 60_000;
/** The code of a command that needs a WebSocket and came over HTTP. */
const NO_SOCKET = 'bad_request';

/**
 * @typedef {object} Link what reaches the server
 * @property {(type: string, fields: object) => Promise<any>} request
 * @property {(type: string, fields: object) => void} tell
 * @property {(id: string, version: number, snapshot: Uint8Array) => Promise<any>} snapshot stores one
 * @property {(id: string, version: number) => Promise<Uint8Array>} download reads one that is too long for a frame
 * @property {(id: string, after: number) => Promise<any>} changes who changed it after a version, and when
 * @property {(id: string, version: number, text: string) => Promise<any>} text gives the text to search
 * @property {() => boolean} connected
 *
 * @typedef {object} Status
 * @property {'loading' | 'live' | 'offline' | 'ended'} phase
 * @property {string} title
 * @property {string | null} code why it ended, or why changes are refused
 * @property {boolean} refused whether the server refuses the person's changes
 * @property {boolean} loaded whether there is a text to show
 * @property {boolean} socketless whether there is a connection, but no WebSocket
 * @property {number} unsent
 * @property {boolean} full
 * @property {number} broken updates of others that could not be applied
 */

export class Copy {
  #room;
  #id;
  #user;
  #link;
  #kept;
  #onChange;
  #wait;
  #random;
  #doc = new Doc();
  #version = 0;
  /** The version of the newest snapshot that is known. */
  #snapshot = 0;
  #unsent;
  #cursors;
  #given = new GivenText(() => this.#giveText());
  /** @type {'loading' | 'live' | 'offline' | 'ended'} */
  #phase = 'loading';
  #title = '';
  /** @type {string | null} */
  #code = null;
  #socketless = false;
  #broken = 0;
  #mayWrite = false;
  /** Whether there is something to show. */
  #loaded = false;
  /** Counts openings: an answer to an earlier one is dropped. */
  #run = 0;
  /** Whether the server sends the updates after the version. */
  #following = false;
  #begun = false;
  #interruptions = { count: 0, at: -CALM_AFTER };
  #sending = false;
  /** Whether the log was read from its beginning because something was missing. */
  #mended = false;
  /** Updates that are not on the disk yet. @type {{ version: number, update: Uint8Array }[]} */
  #unkept = [];
  #appended = 0;
  /** Keys of changes that are not on the disk yet. @type {Set<string>} */
  #unkeptChanges = new Set();
  /** Keys on the disk that others replace. @type {string[]} */
  #replaced = [];
  #timers = { send: /** @type {any} */ (0), keep: /** @type {any} */ (0), snapshot: /** @type {any} */ (0) };

  /**
   * `kept` are the person's KeptDocuments. `onChange()` is called when the status or the others changed; the text reports changes itself.
   * The rest is for tests.
   *
   * @param {{ room: string, id: string, user: string, link: Link, kept: import('./kept-documents.js').KeptDocuments, onChange?: () => void,
   *   wait?: (milliseconds: number) => Promise<void>, random?: () => number, most?: number }} options
   */
  constructor({ room, id, user, link, kept, onChange = () => {}, wait = sleep, random = Math.random, most }) {
    this.#room = room;
    this.#id = id;
    this.#user = user;
    this.#link = link;
    this.#kept = kept;
    this.#onChange = onChange;
    this.#wait = wait;
    this.#random = random;
    this.#unsent = new UnsentChanges(newKey, most);
    this.#cursors = new Cursors(this.#doc, { tell: (data) => link.tell('document.aware', { room, document: id, data }), changed: () => this.#onChange(), random });
    withoutObjects(this.text);
    this.#doc.on('update', (update, origin) => origin !== REMOTE && this.#wrote(update));
  }

  get room() {
    return this.#room;
  }

  get id() {
    return this.#id;
  }

  get doc() {
    return this.#doc;
  }

  get text() {
    return textIn(this.#doc);
  }

  get version() {
    return this.#version;
  }

  /** Others who have the document open. */
  get others() {
    return this.#cursors.others;
  }

  /** @returns {Status} */
  get status() {
    return {
      phase: this.#phase,
      title: this.#title,
      code: this.#code,
      loaded: this.#loaded,
      refused: this.#code !== null && this.#phase !== 'ended',
      socketless: this.#socketless,
      unsent: this.#unsent.count,
      full: this.#unsent.full,
      broken: this.#broken,
    };
  }

  /** Whether the person can write now. */
  get writable() {
    return this.#mayWrite && this.#loaded && this.#phase !== 'ended' && this.#code === null && !this.#unsent.full;
  }

  /** The text as it is. */
  get characters() {
    return charactersOf(this.text);
  }

  /** Begins with what the disk has, then opens the document on the server. */
  async start() {
    const kept = await this.#kept.read(this.#id);
    if (this.#phase === 'ended') return;
    if (kept) this.#restore(kept);
    this.#begun = true;
    if (this.#link.connected()) await this.#open();
    else this.#change({ phase: 'offline' });
  }

  /** The connection is there, or gone. */
  connected(on) {
    if (this.#phase === 'ended' || !this.#begun) return;
    this.#run++;
    this.#code = null;
    if (on) this.#open();
    else this.#offline();
  }

  /** Whether the person may write by the rules of the room. */
  allow(on) {
    if (this.#mayWrite === on) return;
    this.#mayWrite = on;
    // What was refused is tried again: the person may be unmuted.
    if (on && this.#phase !== 'ended') this.#code = null;
    this.#cursors.listen(on && this.#phase === 'live');
    this.#send();
    this.#onChange();
  }

  /** The person's cursor, as two relative positions, or null. */
  moved(cursor) {
    this.#cursors.moved(cursor);
  }

  renamed(title) {
    this.#change({ title });
  }

  /** An event of this document. */
  received(event) {
    if (this.#phase === 'ended') return;
    if (event.type === 'document.updated') this.#updated(event);
    else if (event.type === 'document.aware') this.#cursors.received(event.data, event.by);
    else if (event.type === 'document.closed') this.#closed(event);
    // Another tab opened the document for all tabs of the connection, which may have missed updates meanwhile.
    else if (event.type === 'document.at' && this.#following && event.version > this.#version) this.#interrupted();
  }

  /** Gives up the changes that the server refuses, and ends this copy. The next one has what the server has. */
  async discard() {
    this.#unsent.clear();
    this.#finish(null);
    await this.#kept.forget(this.#id);
  }

  /**
   * All that the server still has of the document's past: the versions from `first`, each as one update. The first one replaces all before.
   *
   * @returns {Promise<{ first: number, updates: Uint8Array[] }>}
   */
  async history() {
    const run = ++this.#run;
    this.#following = false;
    try {
      const read = await this.#read(0, run);
      this.#arrived(read);
      return { first: read.from + (read.snapshot ? 0 : 1), updates: [...(read.snapshot ? [read.snapshot] : []), ...read.updates] };
    } catch (problem) {
      if (run === this.#run && this.#link.connected()) this.#interrupted();
      throw problem;
    }
  }

  /** Who made the updates after a version, and when: those of the next 1,000 versions. */
  changes(after) {
    return this.#link.changes(this.#id, after);
  }

  /** Makes the text what it was. */
  restore(text) {
    replace(this.#doc, text);
  }

  /** Resolves when everything is on the disk, as far as that is possible. */
  async flush() {
    clearTimeout(this.#timers.keep);
    this.#timers.keep = 0;
    const changes = [...this.#unkeptChanges].map((key) => this.#unsent.get(key)).filter((one) => one !== null);
    const updates = this.#unkept;
    const replaced = this.#replaced;
    this.#unkeptChanges = new Set();
    this.#unkept = [];
    this.#replaced = [];
    this.#unsent.keep(changes.map(({ key }) => key));
    if (changes.length || replaced.length) await this.#kept.keepUnsent(this.#room, this.#id, changes, replaced);
    if (updates.length) await this.#kept.append(this.#id, updates);
  }

  /** Ends this copy. What is unsent stays on the disk. */
  end() {
    if (this.#phase === 'ended') return;
    this.#given.now();
    this.#finish(null);
  }

  #restore({ title, version, updates, unsent }) {
    this.#apply(updates);
    this.#version = version;
    this.#appended = updates.length;
    this.#title = title;
    this.#loaded = version > 0 || updates.length > 0;
    this.#unsent.restore(unsent);
    this.#apply(unsent.map(({ update }) => update));
    this.#onChange();
  }

  async #open(asked = this.#version || null) {
    const run = ++this.#run;
    const current = () => run === this.#run && this.#phase !== 'ended';
    this.#following = false;
    this.#change({ phase: 'loading' });
    let since = asked;
    let lost = false;
    for (let attempt = 0; current() && this.#link.connected(); attempt++) {
      try {
        const read = await this.#read(since, run);
        lost ||= read.whole && since !== null && since > 0;
        if (read.snapshot && since !== 0 && !this.#applies(read.snapshot)) since = 0;
        else return this.#arrived(read, lost);
      } catch (problem) {
        if (!current()) return;
        if (problem.lost) return this.#offline();
        if (problem.code === NO_SOCKET) return this.#offline(true);
        if (!problem.temporary) return this.#finish(problem.code ?? 'internal');
        if (this.#loaded) this.#change({ phase: 'offline' });
        await this.#wait(problem.retryAfter ?? delay(attempt, this.#random));
      }
    }
  }

  /** Reads the part of the log after a version, page by page; all of it with null. */
  async #read(since, run) {
    /** @type {Uint8Array[]} */
    let updates = [];
    let snapshot = null;
    let [from, at, whole] = [since ?? 0, since, since === null];
    for (;;) {
      const reply = await this.#link.request('document.open', { room: this.#room, document: this.#id, ...(at !== null && { since: at }) });
      if (run !== this.#run) throw superseded;
      const page = reply.updates.map(fromBase64);
      if (!reply.recovered) {
        [updates, snapshot] = [[], reply.download ? await this.#download(reply.version) : reply.snapshot === undefined ? null : fromBase64(reply.snapshot)];
        if (run !== this.#run) throw superseded;
        from = reply.version - page.length;
        whole = true;
      }
      for (const update of page) updates.push(update);
      if (!reply.more) return { title: reply.title, version: reply.version, from, snapshot, updates, whole };
      at = reply.version;
    }
  }

  /** A snapshot that a newer one has replaced meanwhile is asked for again, with the document. */
  async #download(version) {
    try {
      return await this.#link.download(this.#id, version);
    } catch (problem) {
      throw problem.code === 'gone' ? new Problem({ code: 'unavailable', message: problem.message, temporary: true }) : problem;
    }
  }

  /** The copy is at the server's version. `lost`: the server has lost versions that this copy has. */
  #arrived({ title, version, from, snapshot, updates }, lost = false) {
    const before = lost ? encodeStateAsUpdate(this.#doc) : null;
    const failed = this.#apply(snapshot ? [snapshot, ...updates] : updates);
    this.#broken = Math.max(this.#broken, failed);
    this.#version = version;
    this.#title = title;
    if (snapshot) this.#snapshot = Math.max(this.#snapshot, from);
    this.#loaded = true;
    this.#following = true;
    if (before) this.#giveBack(before, snapshot, updates);
    if (this.#doc.store.pendingStructs !== null && !this.#mended) return this.#mend();
    this.#change({ phase: 'live', socketless: false });
    this.#cursors.listen(this.#mayWrite);
    this.#keepAll();
    if (version - Math.max(this.#snapshot, from) >= SNAPSHOT_EVERY) this.#uploadWithin(SNAPSHOT_WITHIN);
    this.#send();
  }

  /** The server lacks what this copy had of it: its database went back. What only this copy has becomes a change of the person. */
  #giveBack(before, snapshot, updates) {
    const server = new Doc();
    for (const update of [snapshot, ...updates]) if (update) tryTo(() => applyUpdate(server, update));
    const mine = new Doc();
    applyUpdate(mine, before);
    this.#wrote(encodeStateAsUpdate(mine, encodeStateVector(server)));
    mine.destroy();
    server.destroy();
  }

  /** An update refers to one that never came. Reads all that the server has, once. */
  #mend() {
    this.#mended = true;
    return this.#open(0);
  }

  #updated({ version, update, by }) {
    if (!this.#following || version <= this.#version) return;
    if (version > this.#version + 1) return this.#interrupted();
    const bytes = fromBase64(update);
    if (this.#apply([bytes]) > 0) this.#broke();
    this.#version = version;
    if (bytes) this.#keepUpdate(version, bytes);
    // One of the writers uploads the snapshot: the one whose update it was.
    if (version % SNAPSHOT_EVERY === 0 && by?.id === this.#user) this.#uploadWithin(0);
  }

  #broke() {
    this.#broken++;
    this.#onChange();
  }

  #closed({ code, reopen }) {
    if (reopen) this.#interrupted();
    else this.#finish(code);
  }

  /** Opens again from the version. The first time at once, then with backoff. */
  async #interrupted() {
    const run = ++this.#run;
    this.#following = false;
    this.#cursors.listen(false);
    this.#change({ phase: 'loading' });
    const calm = elapsed() - this.#interruptions.at > CALM_AFTER;
    const count = calm ? 0 : this.#interruptions.count;
    this.#interruptions = { count: count + 1, at: elapsed() };
    if (count > 0) await this.#wait(delay(count - 1, this.#random));
    if (run === this.#run && this.#link.connected()) this.#open();
  }

  #offline(socketless = false) {
    this.#following = false;
    this.#cursors.listen(false);
    this.#change({ phase: 'offline', socketless });
  }

  /** Ended for good. A document that the person can't read any longer doesn't stay on the disk. */
  #finish(code) {
    this.#run++;
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    if (!this.#following || code !== null) this.#cursors.listen(false);
    this.#cursors.end();
    this.#given.end();
    this.#following = false;
    if (code === null) this.flush();
    else if (GONE.includes(code)) this.#kept.forget(this.#id);
    this.#phase = 'ended';
    this.#code = code;
    this.#onChange();
  }

  /** The person changed the text. */
  #wrote(update) {
    const { changed, replaced } = this.#unsent.add(update);
    for (const key of changed) this.#unkeptChanges.add(key);
    this.#replaced.push(...replaced);
    this.#keepSoon();
    this.#timers.send ||= setTimeout(() => {
      this.#timers.send = 0;
      this.#send();
    }, SEND_AFTER);
    this.#onChange();
  }

  /** Sends one change after the other. */
  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    for (let attempt = 0; this.#phase === 'live' && this.#mayWrite && this.#code === null; ) {
      const change = this.#unsent.next();
      if (!change) break;
      try {
        await this.#link.request('document.update', { room: this.#room, document: this.#id, key: change.key, update: toBase64(change.update) });
        this.#unsent.done(change.key);
        this.#unkeptChanges.delete(change.key);
        this.#kept.dropUnsent(this.#id, change.key);
        this.#given.changed();
        attempt = 0;
        this.#onChange();
      } catch (problem) {
        if (problem.lost) break;
        if (!problem.temporary) this.#change({ code: problem.code ?? 'internal' });
        else await this.#wait(problem.retryAfter ?? delay(attempt++, this.#random));
      }
    }
    this.#sending = false;
  }

  /** Applies updates as one change of the text. Returns how many of them are broken: they were skipped. */
  #apply(updates) {
    let failed = 0;
    const all = () => {
      for (const update of updates) if (!update || !this.#applies(update)) failed++;
    };
    // What observes the text runs at the end, and may stumble over what was written.
    return tryTo(() => this.#doc.transact(all, REMOTE)) ? failed : failed + 1;
  }

  #applies(update) {
    return tryTo(() => applyUpdate(this.#doc, update, REMOTE));
  }

  #keepUpdate(version, update) {
    this.#unkept.push({ version, update });
    if (++this.#appended >= SNAPSHOT_EVERY) this.#keepAll();
    else this.#keepSoon();
  }

  #keepSoon() {
    this.#timers.keep ||= setTimeout(() => this.flush(), KEEP_AFTER);
  }

  /** The document as it is, and in the same transaction the changes that the server lacks. */
  #keepAll() {
    this.#appended = 0;
    this.#unkept = [];
    this.#unkeptChanges = new Set();
    const state = encodeStateAsUpdate(this.#doc);
    const changes = this.#unsent.all();
    this.#unsent.keep(changes.map(({ key }) => key));
    this.#kept.keep(this.#room, this.#id, { title: this.#title, version: this.#version, state }, changes);
  }

  #uploadWithin(milliseconds) {
    this.#timers.snapshot ||= setTimeout(() => {
      this.#timers.snapshot = 0;
      this.#upload();
    }, this.#random() * milliseconds);
  }

  /** A snapshot has what the server has, and nothing of what is on its way to it. */
  async #upload() {
    if (this.#phase !== 'live' || !this.#mayWrite || this.#version - this.#snapshot < SNAPSHOT_EVERY) return;
    if (this.#unsent.count > 0 || this.#doc.store.pendingStructs !== null) return this.#uploadWithin(SNAPSHOT_WITHIN);
    const state = encodeStateAsUpdate(this.#doc);
    const version = this.#version;
    this.#snapshot = version;
    try {
      await this.#link.snapshot(this.#id, version, state);
    } catch (problem) {
      // Another person may have been faster. The next snapshot is due soon enough, unless the document has become too long for one.
      if (problem.code === 'too_large') this.#snapshot = Infinity;
    }
  }

  /** The text of a version of the server. */
  async #giveText() {
    if (this.#phase !== 'live' || this.#unsent.count > 0) return false;
    try {
      await this.#link.text(this.#id, this.#version, searchable(this.characters));
      return true;
    } catch (problem) {
      // Another person may have given a newer one.
      return !problem.temporary;
    }
  }

  #change({ phase = this.#phase, code = this.#code, title = this.#title, socketless = this.#socketless }) {
    this.#phase = phase;
    this.#code = code;
    this.#title = title;
    this.#socketless = socketless;
    this.#onChange();
  }
}

/** Codes with which a document is out of the person's reach. */
const GONE = ['not_found', 'forbidden', 'gone'];

const superseded = Object.freeze(new Error('Another opening began'));

function tryTo(act) {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
