/** Shared by the client's tests: the client's modules, people, messages, a server at the other end of the socket, and assertions. */
export const EPOCH = '01JZ6R3WQ8E4T7N2';
export const alice = { id: 'alice', name: 'Alice' };
export const bob = { id: 'bob', name: 'Bob' };
export const FRAMES = ['subscribe', 'subscribe.since', 'unsubscribe', 'room.join', 'room.leave', 'message.post', 'history', 'typing', 'auth.refresh', 'ping'];

/** Clean-up after each test: outboxes, stored messages, the replaced socket and fetch. */
export const endings = [];

export async function modules(base) {
  const load = (name) => import(new URL(`chat/${name}.js`, base).href);
  const golden = async (name) => (await fetch(new URL(`protocol/examples/${name}.json`, base))).json();
  const frames = Object.fromEntries(await Promise.all([...FRAMES, 'hello', 'closing', 'roles'].map(async (name) => [name, await golden(name)])));
  const names = ['message/acts', 'message/fold', 'message/pages', 'message/permalink', 'message/quote', 'message/reactions', 'message/rights', 'authority', 'backoff', 'close-code', 'element', 'format/message', 'lease', 'local-data', 'outbox', 'people/my-data', 'problem', 'rest', 'session', 'store', 'strings', 'unsent', 'view/notice', 'text', 'token/failure', 'token/from-address', 'token/identity', 'view/composer', 'view/connection-bar', 'view/room-list', 'view/timeline'];
  const signIn = import(new URL('sign-in.js', base).href);
  return Object.assign({ frames }, ...(await Promise.all([...names.map(load), signIn])));
}

export async function rejects(promise, type) {
  const outcome = await promise.catch((error) => error);
  if (!(outcome instanceof type)) throw new Error(`expected ${type.name} but was ${outcome}`);
}

/**
 * A page to which the provider has just redirected with `query`, and a provider whose tokens last `lasts` seconds. `asked` are the grants that
 * its token endpoint received.
 */
export function provider({ SignIn }, { query = '?state=s&code=c', pending = { state: 's', nonce: 'n', verifier: 'v', silent: true }, claims, issuer, lasts = 300 } = {}) {
  const asked = [];
  let refused = false;
  const { fetch } = globalThis;
  const url = 'https://idp.example/realm';
  const identity = { iss: url, aud: 'page', nonce: 'n', exp: Date.now() / 1000 + 60, name: 'Alice', ...claims };
  sessionStorage.setItem('sign-in.pending', JSON.stringify(pending));
  history.replaceState(null, '', query);
  globalThis.fetch = async (address, { body } = {}) => {
    if (String(address).endsWith('/.well-known/openid-configuration')) return Response.json({ issuer: issuer ?? url, token_endpoint: `${url}/token` });
    asked.push(Object.fromEntries(body));
    if (refused) return Response.json({ error: 'invalid_grant' }, { status: 400 });
    const n = asked.length;
    return Response.json({ access_token: `access ${n}`, refresh_token: `renewal ${n}`, expires_in: lasts, id_token: `x.${btoa(JSON.stringify(identity))}.x` });
  };
  endings.push(() => {
    globalThis.fetch = fetch;
    sessionStorage.clear();
    history.replaceState(null, '', './');
  });
  return { signIn: new SignIn({ issuer: url, clientId: 'page', scopes: 'openid' }), asked, refuse: () => (refused = true) };
}

/** A token of this user by its form; no server would accept it. */
export function jwt(user) {
  const part = (value) => btoa(JSON.stringify(value)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return `${part({ alg: 'ES256' })}.${part({ sub: user })}.c2lnbmF0dXJl`;
}

function subjectOf(bearer) {
  return JSON.parse(atob(bearer.split('.')[2].replace(/-/g, '+').replace(/_/g, '/'))).sub;
}

/** The ISO time in `seconds` seconds. */
export function soon(seconds) {
  return new Date(Date.now() + seconds * 1_000).toISOString();
}

export function message(offset, by = bob) {
  return { offset, by, at: '2026-03-02T09:00:00.000Z', text: `message ${offset}`, key: `key-${offset}` };
}

export function post(offset, by) {
  return { type: 'message.posted', room: 'general', ...message(offset, by) };
}

/** The room `general` as alice sees it after two messages and these events. No room is open. */
export function roomAfter({ apply, initial }, ...events) {
  const rooms = ['general', 'random'].map((id) => ({ id, name: id, kind: 'public', role: 'member' }));
  const reply = { epoch: EPOCH, offset: 2, role: 'member', recovered: false, messages: [message(1), message(2)], unread: 0, online: [] };
  const before = [{ type: 'hello', user: alice }, { type: 'client.rooms', rooms }, { type: 'client.subscribed', room: 'general', asked: 50, reply }];
  return [...before, ...events].reduce(apply, initial).rooms.get('general');
}

export function offsets(room) {
  return room.messages.map(({ offset }) => offset);
}

export function newOutbox(client, post, options) {
  const outbox = new client.Outbox({ owner: newOwner(client), post, ...options });
  endings.push(() => outbox.close());
  return outbox;
}

export function newOwner({ newKey }) {
  const owner = ['https://test.example/', newKey()];
  endings.push(() => erase(owner));
  return owner;
}

export function erase(owner) {
  return onDisk('readwrite', (store) => store.delete(IDBKeyRange.bound([owner], [owner, []])));
}

export function never() {
  return new Promise(() => {});
}

/** An owner's stored messages. */
export async function written(owner) {
  const all = await onDisk('readonly', (store) => store.getAll());
  return all.filter((entry) => indexedDB.cmp(entry.owner, owner) === 0);
}

/** Reads the database without the client's code. The client must have created it. */
export async function onDisk(mode, ask) {
  const opening = indexedDB.open('parley');
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await done(opening);
  try {
    return await done(ask(database.transaction('unsent', mode).objectStore('unsent')));
  } finally {
    database.close();
  }
}

export function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** A message by bob in `general`, for a RoomServer to log. */
export function posted(text) {
  return { type: 'message.posted', by: bob, text, key: `key ${text}` };
}

export function texts(session) {
  return session.state.rooms.get('general').messages?.map(({ text }) => text) ?? [];
}

/** Runs `task` with the shortest backoff. */
export async function evenly(task) {
  const { random } = Math;
  Math.random = () => 0;
  try {
    await task();
  } finally {
    Math.random = random;
  }
}

/**
 * The other end of the socket, by the protocol: one room, `general`, with two messages, and faults on demand. Each frame arrives as a task of
 * its own, as in a browser.
 */
export class RoomServer {
  log = [1, 2].map((offset) => ({ type: 'message.posted', room: 'general', ...message(offset) }));
  rooms = [{ id: 'general', name: 'general', kind: 'public', role: 'member' }];
  /** May answer an HTTP request in place of the room list. */
  fetched = () => undefined;
  recovers = true;
  /** Receives frames and ignores them. */
  deaf = false;
  /** Carries commands out without replying. */
  mute = false;
  eventFirst = false;
  /** How many replays omit their first event. */
  withholds = 0;
  refuses = {};
  /** When a connection's token expires. */
  expires = soon(600);
  /** Users by the id in the token. */
  people = { alice, bob };
  /** Replaces the default token provider. */
  provider = null;
  /** What `hello` says of the deployment. */
  features = ['edit', 'reactions', 'threads', 'pins'];
  limits = {};
  /** What the reply to `subscribe` says of read markers. */
  marks = {};
  /** By command: returns the reply, or throws what the error is. */
  answers = {};
  /** How many connections were opened. */
  greeted = 0;
  behindReply = () => {};
  #client;
  #url;
  #frames = [];
  #sockets = new Set();
  #sessions = new Set();
  #browser = { WebSocket: globalThis.WebSocket, fetch: globalThis.fetch };

  constructor(client) {
    this.#client = client;
    this.#url = `https://${client.newKey()}.example/`;
    const connected = (socket) => this.#connected(socket);
    globalThis.WebSocket = class extends EventTarget {
      constructor(_, [, bearer]) {
        super();
        this.user = subjectOf(bearer);
        connected(this);
      }
    };
    endings.push(() => this.ends(), () => erase(this.owner));
    globalThis.fetch = async (address, options) => this.fetched(new URL(address, document.baseURI), options) ?? Response.json(this.#found(String(address)));
  }

  get url() {
    return this.#url;
  }

  get owner() {
    return [this.#url, 'alice'];
  }

  /** A session of this user with the room open and live. */
  async serves(user) {
    const session = new this.#client.Session({ server: this.#url, provider: async () => (this.provider ? this.provider() : jwt(user)), onChange() {} });
    this.#sessions.add(session);
    session.open('general');
    session.start();
    await until(() => session.state.listed && session.state.rooms.get('general').subscription === 'live');
    return session;
  }

  /** Adds an element with this server, these attributes and this provider, or that of `user`. `before(element)` can set more. */
  shows({ user = 'alice', provider = async () => jwt(user), attributes = { room: 'general' }, tag = 'parley-chat', before = () => {} } = {}) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries({ server: this.#url, ...attributes })) element.setAttribute(name, value);
    if (provider !== undefined) element.tokenProvider = provider;
    before(element);
    document.body.append(element);
    endings.push(() => element.remove());
    return element;
  }

  leaves(session) {
    this.#sessions.delete(session);
    session.stop();
  }

  ends() {
    for (const session of this.#sessions) this.leaves(session);
    Object.assign(globalThis, this.#browser);
  }

  asked(type) {
    return this.#frames.filter((frame) => frame.type === type);
  }

  /** Logs an event without sending it. */
  logs(event) {
    const logged = { room: 'general', at: '2026-03-02T09:00:00.000Z', ...event, offset: this.log.length + 1 };
    this.log.push(logged);
    return logged;
  }

  says(event) {
    this.tells(this.logs(event));
  }

  tells(event) {
    for (const socket of this.#sockets) if (socket.subscribed) this.#send(socket, event);
  }

  breaksOff(code = 4201) {
    for (const socket of this.#sockets) this.#gone(socket, code);
  }

  /** The room's last messages, as this person sees them. */
  newest(count) {
    return this.log.slice(-count).map(({ type: _, room: __, ...rest }) => rest);
  }

  #found(address) {
    return this.rooms.find(({ id }) => address.endsWith(`/rooms/${id}`)) ?? { rooms: this.rooms, more: false };
  }

  #connected(socket) {
    this.greeted++;
    this.#sockets.add(socket);
    socket.send = (text) => this.#received(socket, JSON.parse(text));
    socket.close = () => this.#sockets.delete(socket);
    this.#send(socket, { type: 'hello', user: this.people[socket.user] ?? alice, expires: this.expires, features: this.features, limits: this.limits });
  }

  #gone(socket, code) {
    this.#sockets.delete(socket);
    socket.dispatchEvent(Object.assign(new Event('close'), { code, reason: '' }));
  }

  #send(socket, frame) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      port1.close();
      if (this.#sockets.has(socket)) socket.dispatchEvent(new MessageEvent('message', { data }));
    };
    port2.postMessage(JSON.stringify(frame));
  }

  #received(socket, frame) {
    this.#frames.push(frame);
    if (this.deaf) return;
    const refusal = this.refuses[frame.type]?.shift();
    const reply = (ok) => !this.mute && this.#send(socket, { re: frame.id, ok });
    if (refusal) this.#send(socket, { re: frame.id, error: refusal });
    else if (frame.type === 'subscribe') this.#subscribed(socket, frame, reply);
    else if (frame.type === 'message.post') this.#posted(socket, frame, reply);
    else if (frame.type === 'auth.refresh') reply({ expires: soon(600) });
    else if (this.answers[frame.type]) this.#answered(socket, frame, reply);
  }

  #answered(socket, frame, reply) {
    try {
      reply(this.answers[frame.type](frame, this.people[socket.user] ?? alice));
    } catch (error) {
      this.#send(socket, { re: frame.id, error });
    }
  }

  #subscribed(socket, { room, since, last }, reply) {
    socket.subscribed = true;
    const recovered = Boolean(since) && this.recovers;
    const messages = since ? undefined : this.newest(last, this.people[socket.user] ?? alice);
    const { role } = this.rooms.find(({ id }) => id === room) ?? { role: 'none' };
    reply({ room, role, epoch: EPOCH, offset: this.log.length, recovered, messages, unread: 0, online: ['alice'], ...this.marks });
    if (recovered) for (const event of this.log.slice(since.offset + (this.withholds-- > 0 ? 1 : 0))) this.#send(socket, event);
    this.behindReply();
  }

  #posted(socket, { key, text, mentions, everyone, thread, also }, reply) {
    const known = this.log.find((event) => event.key === key);
    if (known) return reply({ offset: known.offset, duplicate: true });
    const event = this.logs({ type: 'message.posted', by: this.people[socket.user] ?? alice, text, key, mentions, everyone, thread, also });
    const tell = () => !this.mute && this.tells(event);
    const answer = () => reply({ offset: event.offset, duplicate: false });
    for (const step of this.eventFirst ? [tell, answer] : [answer, tell]) step();
  }
}

export function equals(actual, expected) {
  const [is, ought] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== ought) throw new Error(`expected ${ought} but was ${is}`);
}

export function within(actual, least, most) {
  if (!(actual >= least && actual <= most)) throw new Error(`expected ${least} to ${most} but was ${actual}`);
}

export async function until(condition) {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`never came true: ${condition}`);
    await settled();
  }
}

/** After all pending tasks. */
export function settled() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** In the next frame, before the browser draws it. */
export function frame() {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
