/**
 * `<parley-chat>`: the web component, as a portal sees it. It joins a session to its views, and is the only place that
 * knows the page around them.
 *
 * Attributes: `server` (the application's URL; otherwise where this module came from), `room` (the one to open; it follows
 * the person), `single` (one room, no list), `theme` (`light`, `dark`; otherwise the page's `color-scheme`), `token-url`.
 * Property: `tokenProvider`, an async function that gives the caller's token, asked before every connect and before that
 * one expires; null signs out. Methods: `open(room)`. Events: `parley-signed-out` `{by}`, `parley-unread` `{unread}`,
 * `parley-room` `{room}`, `parley-error` `{code, reason, message, cause}`.
 * It must never reach outside its shadow root but through its own attributes and those events.
 */
import { delay } from './backoff.js';
import { Session } from './session.js';
import { initial, isMember, unread } from './store.js';
import { tokenFrom } from './token/from-address.js';
import { Reporting } from './token/reporting.js';
import { App } from './view/app.js';
import { frame, styleSheet } from './view/sheet.js';

/** Sign-outs and returns count as one trouble while they come within this time of each other. */
const CALM_AFTER = 60_000;

export class ParleyChat extends HTMLElement {
  static observedAttributes = ['server', 'room', 'single', 'token-url'];

  #given = null;
  #provider = null;
  #reporting = new Reporting();
  #session = null;
  #app = null;
  #attached = false;
  #person = null;
  #drawn = 0;
  #unread = 0;
  #room = null;
  #home = null;
  #reflecting = false;
  #revival = { count: 0, at: 0, timer: 0 };
  #toldSignedOut = false;
  #visibility = () => this.#shown(!document.hidden);

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [frame];
    this.#makeApp();
    this.#dress();
  }

  /** The function that gives the caller's token. Another one is asked from its next turn on; the connection stays. */
  get tokenProvider() {
    return this.#given;
  }

  set tokenProvider(provider) {
    if (provider !== null && provider !== undefined && typeof provider !== 'function') {
      throw new TypeError('tokenProvider must be an async function that gives a token, or null.');
    }
    this.#given = provider ?? null;
    this.#provide();
  }

  /** How many messages of the person's the server has not confirmed yet. A sign-out would lose them. */
  get unsent() {
    return this.#session?.unsent.filter(({ state }) => state !== 'sent').length ?? 0;
  }

  /** Shows the room with this id, now or as soon as somebody is signed in. */
  open(room) {
    if (this.getAttribute('room') === room) this.#steered(room);
    else this.setAttribute('room', room);
  }

  connectedCallback() {
    this.#adoptEarlyProvider();
    this.#attached = true;
    document.addEventListener('visibilitychange', this.#visibility);
    this.#provider = this.#chosen();
    if (this.#provider) this.#start();
    this.#draw();
  }

  disconnectedCallback() {
    this.#attached = false;
    document.removeEventListener('visibilitychange', this.#visibility);
    this.#stop();
  }

  attributeChangedCallback(name, before, now) {
    // Setting the same address again asks it again.
    if (name === 'token-url') return this.#provide();
    if (before === now || this.#reflecting) return;
    if (name === 'room') return this.#steered(now);
    // Drafts and names are those of one server.
    if (name === 'server') this.#makeApp();
    if (this.#session) this.#restart();
  }

  /** The page may have set the property before this class was there. */
  #adoptEarlyProvider() {
    if (!Object.hasOwn(this, 'tokenProvider')) return;
    const provider = this.tokenProvider;
    delete this.tokenProvider;
    this.tokenProvider = provider;
  }

  /** The property goes before the attribute. */
  #chosen() {
    if (this.#given) return this.#given;
    const address = this.getAttribute('token-url');
    return address === null ? null : tokenFrom(new URL(address, document.baseURI));
  }

  #provide() {
    if (!this.#attached) return;
    this.#provider = this.#chosen();
    if (!this.#provider) return this.#signOut();
    if (!this.#session) return this.#start();
    this.#session.provider = this.#provider;
    if (this.#session.state.connection.phase === 'signed-out') this.#revive();
  }

  /** At once the first time, then ever later: a framework may set another function each time it hears of a sign-out. */
  #revive() {
    const revival = this.#revival;
    if (revival.timer) return;
    revival.count = Date.now() - revival.at < CALM_AFTER ? revival.count + 1 : 0;
    revival.at = Date.now();
    const again = () => {
      revival.timer = 0;
      this.#session?.reconnect();
    };
    if (revival.count === 0) again();
    else revival.timer = setTimeout(again, delay(revival.count - 1));
  }

  #start(signedOut = false) {
    const server = new URL(this.getAttribute('server') || new URL('..', import.meta.url), document.baseURI);
    if (!server.pathname.endsWith('/')) server.pathname += '/';
    const session = new Session({
      server: server.href,
      provider: this.#provider,
      tokens: { failed: (failure) => this.#failed(failure), succeeded: () => this.#reporting.succeeded() },
      single: this.hasAttribute('single'),
      user: this.#person,
      signedOut,
      onChange: () => session === this.#session && this.#changed(),
      onOther: () => session === this.#session && this.#other(),
    });
    this.#session = session;
    session.shown(!document.hidden);
    if (this.getAttribute('room')) session.open(this.getAttribute('room'));
    if (!signedOut) session.start();
  }

  #stop() {
    const session = this.#session;
    this.#session = null;
    session?.stop();
    clearTimeout(this.#revival.timer);
    this.#revival.timer = 0;
    this.#app.close();
  }

  #restart() {
    this.#stop();
    this.#start();
    this.#draw();
  }

  /** Nobody is signed in any more. Nothing of the person stays, neither here nor on the disk. */
  #signOut() {
    this.#forget();
    this.#draw();
  }

  /** The token is another person's: who was here has gone without a sign-out. */
  #other() {
    this.#forget();
    this.#start();
    this.#draw();
  }

  #forget() {
    this.#session?.forget();
    this.#stop();
    this.#person = null;
    this.#makeApp();
    this.#reflect(this.#home);
  }

  #makeApp() {
    this.#app?.close();
    this.#app = new App({ session: () => this.#session, redraw: () => this.#draw() });
    this.shadowRoot.replaceChildren(this.#app.node);
  }

  async #dress() {
    this.shadowRoot.adoptedStyleSheets = [frame, await styleSheet()];
    this.#draw();
  }

  /** The page names a room. */
  #steered(room) {
    this.#home = room || null;
    if (!room || !this.#session) return;
    this.#session.open(room);
    this.#app.roomChanged();
    this.#draw();
  }

  #failed({ reason, message, cause }) {
    this.#reporting.failed({ message, cause });
    this.#fire('parley-error', { code: 'token', reason, message, cause });
  }

  #changed() {
    const { user, connection } = this.#session.state;
    if (user) this.#person = user.id;
    if (connection.phase === 'signed-out' && connection.by === 'portal') return this.#signedOutByPortal();
    this.#follow();
    // Many events, one drawing. A hidden page gets no frames but must still count what is unread.
    if (this.#drawn) return;
    const next = document.hidden ? setTimeout : requestAnimationFrame;
    this.#drawn = next(() => this.#draw());
  }

  /** The portal's function said that nobody is signed in; it may say otherwise when it is asked again. */
  #signedOutByPortal() {
    if (this.#person !== null) {
      this.#forget();
      this.#start(true);
    }
    this.#draw();
  }

  /** Tells the page which room is in view, by the attribute and by an event; none is while nobody is signed in. */
  #follow() {
    const { open, connection } = this.#shownState();
    const room = connection.phase === 'signed-out' ? null : open;
    if (room === this.#room) return;
    this.#room = room;
    if (room !== null) this.#reflect(room);
    this.#fire('parley-room', { room });
  }

  #reflect(room) {
    this.#reflecting = true;
    if (room === null) this.removeAttribute('room');
    else this.setAttribute('room', room);
    this.#reflecting = false;
  }

  /** A drawing that waits for a frame would wait as long as the page is hidden. */
  #shown(visible) {
    this.#session?.shown(visible);
    if (!visible) this.#draw();
  }

  #draw() {
    this.#drawn = 0;
    this.#openSomeRoom();
    const state = this.#shownState();
    this.#app.draw(state, state.user ? this.#session.unsent : [], { single: this.hasAttribute('single') });
    this.#follow();
    this.#tell(state);
  }

  /** What may be seen: until the server has said who is here, nothing of who was here before. */
  #shownState() {
    const state = this.#session?.state ?? initial;
    return state.user === null && this.#person !== null ? { ...initial, connection: state.connection } : state;
  }

  /** With no room asked for, the first of one's own, or the first there is. */
  #openSomeRoom() {
    const state = this.#session?.state ?? initial;
    if (state.open || !state.listed) return;
    const rooms = [...state.rooms.values()];
    const first = rooms.find(isMember) ?? rooms[0];
    if (first) this.#session.open(first.id);
  }

  #tell(state) {
    const now = unread(state);
    if (now !== this.#unread) this.#fire('parley-unread', { unread: (this.#unread = now) });
    const { phase, by } = state.connection;
    const out = phase === 'signed-out';
    if (out && !this.#toldSignedOut) this.#fire('parley-signed-out', { by });
    this.#toldSignedOut = out;
  }

  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
