/** Documents on the server at the other end of the socket: one room's, by the rules of the real server. */
import { alice, bob, jwt } from './kit.js';

const carol = { id: 'carol', name: 'Carol' };
const { fetch } = globalThis;
const PATH = /\/api\/rooms\/general\/documents(?:\/([\w-]+))?(?:\/(snapshot|text|changes))?$/;
const AT = Date.parse('2026-03-02T09:00:00.000Z');

/** Yjs, for what the server and others write. Yjs complains about a second copy in a page, which is for tests only. */
export async function yjs(base) {
  const parts = await import(new URL('chat/parts/documents.js', base).href);
  Reflect.deleteProperty(globalThis, '__ $YJS$ __');
  return parts;
}

export class DocumentServer {
  /** By id: `{title, by, created, changed, doc, log, changes}`. */
  documents = new Map();
  /** Answers a request in place of this server. */
  answers = (..._) => /** @type {Response | undefined} */ (undefined);
  #server;
  #parts;
  #keys = new Map();

  constructor(server, parts) {
    this.#server = server;
    this.#parts = parts;
    server.features.push('documents');
    const fetched = server.fetched;
    server.fetched = (url, options) => this.#fetched(url, options) ?? fetched(url, options);
    Object.assign(server.answers, {
      'document.open': (frame) => this.#opens(frame),
      'document.update': (frame, by) => this.#updates(frame, by),
      'document.close': () => ({}),
    });
  }

  /** A document with this text. */
  has(id, title, text = '', { by = alice, minute = 0 } = {}) {
    const doc = new this.#parts.Doc();
    const at = new Date(AT + minute * 60_000).toISOString();
    this.documents.set(id, { id, title, by, created: at, changed: at, doc, log: [], changes: [] });
    if (text) this.writes(id, (content) => content.insert(0, text), by);
    return doc;
  }

  textOf(id) {
    return this.documents.get(id).doc.getText('text').toString();
  }

  /** A person changes the text. */
  writes(id, change, by = bob) {
    const { doc } = this.documents.get(id);
    const before = this.#parts.encodeStateVector(doc);
    change(doc.getText('text'));
    this.#store(id, this.#parts.encodeStateAsUpdate(doc, before), by);
  }

  /** A person stores any bytes. */
  stores(id, bytes, by = bob) {
    this.#store(id, bytes, by);
  }

  /** A person is at this place, from `anchor` to `head`. */
  points(id, by, anchor, head = anchor) {
    const { doc } = this.documents.get(id);
    const text = doc.getText('text');
    const place = (index) => JSON.parse(JSON.stringify(this.#parts.createRelativePositionFromTypeIndex(text, index)));
    const awareness = new this.#parts.Awareness(new this.#parts.Doc());
    // A client may claim any name.
    awareness.setLocalState({ cursor: { anchor: place(anchor), head: place(head) }, user: { name: 'The director' } });
    const data = base64(this.#parts.encodeAwarenessUpdate(awareness, [awareness.clientID]));
    awareness.destroy();
    this.#server.tells({ type: 'document.aware', room: 'general', document: id, data, by });
  }

  closes(id, code, reopen = false) {
    this.#server.tells({ type: 'document.closed', room: 'general', document: id, code, reopen });
  }

  #opens({ document, since }) {
    const found = this.documents.get(document);
    if (!found) throw { code: 'not_found', message: 'There is no such document.', temporary: false };
    const recovered = since !== undefined && since <= found.log.length;
    return { document, title: found.title, version: found.log.length, updates: found.log.slice(recovered ? since : 0).map(base64), recovered };
  }

  #updates({ document, key, update }, by) {
    const known = this.#keys.get(`${by.id} ${key}`);
    if (known) return { version: known, duplicate: true };
    const bytes = Uint8Array.from(atob(update), (one) => one.charCodeAt(0));
    this.#parts.applyUpdate(this.documents.get(document).doc, bytes);
    const version = this.#store(document, bytes, by);
    this.#keys.set(`${by.id} ${key}`, version);
    return { version, duplicate: false };
  }

  #store(id, bytes, by) {
    const { log, changes } = this.documents.get(id);
    log.push(bytes);
    changes.push({ first: log.length, last: log.length, by, at: new Date(AT + log.length * 60_000).toISOString() });
    this.#server.tells({ type: 'document.updated', room: 'general', document: id, version: log.length, update: base64(bytes), by });
    return log.length;
  }

  #fetched(url, options = {}) {
    // The style sheet comes with the page's code.
    if (url.pathname.endsWith('/document.css')) return fetch(url);
    const [, id, part] = PATH.exec(url.pathname) ?? [];
    if (!PATH.test(url.pathname)) return undefined;
    const answer = this.answers(url, options);
    if (answer) return answer;
    if (part === 'changes') return Response.json({ changes: this.documents.get(id).changes });
    if (part) return new Response(null, { status: 204 });
    const { title = '' } = options.body ? JSON.parse(options.body) : {};
    if (options.method === 'POST') return this.#created(title);
    if (options.method === 'PATCH') return this.#renamed(id, title);
    if (options.method === 'DELETE') return this.#deleted(id);
    return Response.json({ documents: [...this.documents.values()].map((one) => bodyOf(one)) });
  }

  #created(title) {
    const id = `document-${this.documents.size + 1}`;
    this.has(id, title);
    this.#server.says({ type: 'document.created', by: alice, document: id, title });
    return Response.json(bodyOf(this.documents.get(id)), { status: 201 });
  }

  #renamed(id, title) {
    this.documents.get(id).title = title;
    this.#server.says({ type: 'document.renamed', by: alice, document: id, title });
    return new Response(null, { status: 204 });
  }

  #deleted(id) {
    this.documents.delete(id);
    this.#server.says({ type: 'document.deleted', by: alice, document: id });
    this.closes(id, 'not_found');
    return new Response(null, { status: 204 });
  }
}

export { carol };

/** Ends the connection of an element. Returns a function that lets it come back. */
export function disconnects(server, element, user = 'alice') {
  let give = (_) => {};
  element.tokenProvider = () => new Promise((resolve) => (give = resolve));
  server.breaksOff();
  return () => {
    element.tokenProvider = async () => jwt(user);
    give(jwt(user));
  };
}

function bodyOf({ id, title, by, log, created, changed }) {
  return { id, title, by, version: log.length, created, changed };
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}
