/**
 * `<parley-chat>`, the web component. It connects a session to its views and is the only part that knows the surrounding page.
 *
 * Attributes:
 * - `server`: the application's URL. Default: where this module was loaded from.
 * - `room`: the id of the room to open. Follows the person to other rooms.
 * - `single`: show one room, without the list.
 * - `shared`: use one connection for all tabs of the person. Read when the session starts.
 * - `lang`: the language. Default: the page's, then the reader's. All elements of a page have the language that was chosen last.
 * - `theme`: `light` or `dark`. Default: the page's `color-scheme`.
 * - `links`: `off` to neither offer nor follow links to messages, `#/room/offset` behind the page's address.
 * - `token-url`: a URL of the page's origin that answers with the person's token. `tokenProvider` takes precedence.
 *
 * Property `tokenProvider`, method `open(room)`, read-only properties `unsent` and `stats`: see below.
 *
 * Events, each a CustomEvent that bubbles and leaves the shadow root:
 * - `parley-unread` `{unread, mentions}`: the number of unread messages changed, or of those that mention the person.
 * - `parley-room` `{room}`: another room is shown, or none (null).
 * - `parley-signed-out` `{by}`: the person is signed out, by the `portal` (it has no token) or by the `server` (it refused the token).
 * - `parley-error` `{code, reason, message, cause}`: the page gave no valid token (`code` is `token`; `reason` as in TokenFailure).
 * - `parley-stats`, with the session's `stats`: they changed; at most once a second.
 *
 * The element changes nothing outside its shadow root except its own attributes.
 */
import { delay, sleep } from './backoff.js';
import { elapsed } from './clock.js';
import { readPermalink } from './message/permalink.js';
import { serviceWorkers } from './notify/push.js';
import { isWaiting } from './outbox.js';
import { application } from './place.js';
import { Session } from './session.js';
import { initial, isMember, mentions, unread } from './store.js';
import { locale, sentence, speak, strings, whenSpoken } from './strings.js';
import { tokenFrom } from './token/from-address.js';
import { Reporting } from './token/reporting.js';
import { frame, outline } from './view/frame.js';

/** Sign-outs that are less than this apart count as one series. */
const CALM_AFTER = 60_000;
/** The rest of the code is loaded this long after the first paint. */
const PREPARED_AFTER = 3_000;

/** @type {typeof import('./views.js') | null} */
let views = null;

/** Loads the views, for all elements of the page. During an upgrade another instance may have other files: it tries again until they come. */
async function loadViews() {
  for (let attempt = 0; !views; attempt++) {
    try {
      views = await import('./views.js');
    } catch {
      await sleep(delay(attempt));
    }
  }
  return views;
}

export class ParleyChat extends HTMLElement {
  static observedAttributes = ['server', 'room', 'single', 'token-url', 'lang'];

  /** @type {import('./types.d.ts').TokenProvider | null} */
  #given = null;
  /** @type {import('./types.d.ts').TokenProvider | null} */
  #provider = null;
  #reporting = new Reporting();
  /** @type {Session | null} */
  #session = null;
  /** @type {import('./view/app.js').App | undefined} */
  #app;
  #root;
  #attached = false;
  #endLanguage = () => {};
  /** @type {string | null} */
  #person = null;
  #drawn = 0;
  #unread = { unread: 0, mentions: 0 };
  /** @type {string | null} */
  #room = null;
  /** @type {string | null} */
  #home = null;
  #reflecting = false;
  /** The document that the page's address asks for, until its room is open. @type {{ room: string, document: string } | null} */
  #wanted = null;
  #revival = { count: 0, at: 0, timer: 0 };
  #toldSignedOut = false;
  #visibility = () => this.#shown(!document.hidden);
  /** Whether a part of the element is in view. The portal may fold it away, show another tab, or scroll past it. */
  #inView = true;
  #view = new IntersectionObserver((changes) => this.#viewed((changes.at(-1)?.intersectionRatio ?? 0) > 0), { threshold: [0, 0.01] });
  #focus = () => this.#session?.focused(document.hasFocus());
  #leaving = () => this.#session?.leaving();
  #addressed = () => this.#followAddress();
  /** Keys that reach the page while nothing has the focus. */
  #keyed = (event) => event.target === document.body && this.checkVisibility?.() && this.#app?.shortcut(event);

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    this.#root.adoptedStyleSheets = [frame];
    this.#root.append(outline());
  }

  /**
   * Gives the person's token: an async function that resolves to a JWT, or to null when nobody is signed in. It is called before each
   * connect and before the token expires. Setting another function keeps the connection; setting null signs out.
   *
   * @type {import('./types.d.ts').TokenProvider | null | undefined}
   */
  get tokenProvider() {
    return this.#given;
  }

  set tokenProvider(provider) {
    if (provider !== null && provider !== undefined && typeof provider !== 'function') {
      throw new TypeError('tokenProvider must be null or an async function that resolves to a token.');
    }
    this.#given = provider ?? null;
    this.#provide();
  }

  /** How many of the person's messages the server has not confirmed yet. Signing out deletes them. */
  get unsent() {
    return this.#session?.unsent.filter(isWaiting).length ?? 0;
  }

  /**
   * Counters and times of the session, or null while there is none.
   *
   * @returns {import('./types.d.ts').SessionStats | null}
   */
  get stats() {
    return this.#session?.stats ?? null;
  }

  /**
   * Opens the room with this id, now or once the person is signed in.
   *
   * @param {string} room
   */
  open(room) {
    if (this.getAttribute('room') === room) this.#roomRequested(room);
    else this.setAttribute('room', room);
  }

  connectedCallback() {
    if (this.#attached) return this.#moved();
    this.#adoptEarlyProvider();
    this.#attached = true;
    // The observer tells it with the next frame only.
    this.#inView = this.checkVisibility?.() ?? true;
    this.#view.observe(this);
    this.#showLanguage();
    document.addEventListener('visibilitychange', this.#visibility);
    for (const [type, listener] of this.#listeners()) addEventListener(type, listener);
    serviceWorkers()?.addEventListener('message', this.#asked);
    this.#provider = this.#chosen();
    if (this.#provider) this.#start();
    this.#draw();
  }

  /** A portal that moves the element takes it out of the page and puts it back in the same task. */
  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || !this.#attached || this.#left());
  }

  /** The browser can move an element without taking it out. */
  connectedMoveCallback() {
    this.#speak();
  }

  #moved() {
    this.#speak();
    this.#app?.moved();
  }

  #left() {
    this.#attached = false;
    this.#view.disconnect();
    this.#endLanguage();
    serviceWorkers()?.removeEventListener('message', this.#asked);
    document.removeEventListener('visibilitychange', this.#visibility);
    for (const [type, listener] of this.#listeners()) removeEventListener(type, listener);
    this.#stop();
  }

  attributeChangedCallback(name, before, now) {
    // Setting the same URL again asks it again.
    if (name === 'token-url') return this.#provide();
    if (before === now || this.#reflecting) return;
    if (name === 'lang') return void (this.#attached && this.#speak());
    if (name === 'room') return this.#roomRequested(now);
    // Drafts and names belong to one server.
    if (name === 'server' && this.#app) this.#makeApp();
    if (this.#session) this.#restart();
  }

  #showLanguage() {
    const first = !this.#app;
    const spoken = this.#speak();
    if (this.#app?.node.lang !== locale()) this.#makeApp();
    if (first) this.#appear(spoken);
    this.#endLanguage = whenSpoken(() => {
      this.#makeApp();
      this.#draw();
    });
  }

  /** @returns {[string, (event: any) => void][]} */
  #listeners() {
    return [['focus', this.#focus], ['blur', this.#focus], ['pagehide', this.#leaving], ['hashchange', this.#addressed], ['keydown', this.#keyed]];
  }

  /** A click on a pushed notification. */
  #asked = ({ data }) => {
    if (data?.parley !== 'open' || !this.#session || this.hasAttribute('single') || typeof data.room !== 'string') return;
    if (Number.isInteger(data.offset)) this.#show(data);
    else this.#session.open(data.room);
  };

  /** The page's address may name a message. A `single` element follows only links into its own room. */
  #followAddress() {
    const link = this.#links() ? readPermalink(location.hash) : null;
    if (!link || !this.#session || (this.hasAttribute('single') && link.room !== this.getAttribute('room'))) return;
    this.#show(link);
  }

  /** @param {{ room: string, offset?: number, document?: string }} link */
  async #show({ room, offset = 0, document = '' }) {
    if (document) return this.#showDocument({ room, document });
    const showing = this.#session?.openAt(room, offset);
    this.#app?.roomChanged();
    this.#draw();
    await showing?.catch((problem) => this.#app?.say(sentence(problem, strings.acts.problems)));
  }

  #showDocument(wanted) {
    this.#wanted = wanted;
    if (this.#session?.state.open !== wanted.room) this.#app?.roomChanged();
    this.#session?.open(wanted.room);
    this.#draw();
  }

  /** Shows the document that was asked for, as soon as its room is there. */
  #openWanted({ open, rooms, features }) {
    const wanted = this.#wanted;
    if (!wanted || !this.#app || (open === wanted.room && !rooms.get(open)?.position)) return;
    this.#wanted = null;
    if (open === wanted.room && features.includes('documents')) this.#app.openDocument(wanted.document);
  }

  #links() {
    return this.getAttribute('links') !== 'off';
  }

  /** The page may have set the property before the element was defined. */
  #adoptEarlyProvider() {
    if (!Object.hasOwn(this, 'tokenProvider')) return;
    const provider = this.tokenProvider;
    Reflect.deleteProperty(this, 'tokenProvider');
    this.tokenProvider = provider;
  }

  /** The property takes precedence over the attribute. */
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

  /** Reconnects at once the first time, then with backoff: a framework may set a new function on each sign-out event. */
  #revive() {
    const revival = this.#revival;
    if (revival.timer) return;
    revival.count = elapsed() - revival.at < CALM_AFTER ? revival.count + 1 : 0;
    revival.at = elapsed();
    const again = () => {
      revival.timer = 0;
      this.#session?.reconnect();
    };
    if (revival.count === 0) again();
    else revival.timer = setTimeout(again, delay(revival.count - 1));
  }

  #start(signedOut = false) {
    const server = new URL(this.getAttribute('server') || application(), document.baseURI);
    if (!server.pathname.endsWith('/')) server.pathname += '/';
    const session = new Session({
      server: server.href,
      provider: /** @type {import('./types.d.ts').TokenProvider} */ (this.#provider),
      tokens: { failed: (failure) => this.#failed(failure), succeeded: () => this.#reporting.succeeded() },
      single: this.hasAttribute('single'),
      shared: this.hasAttribute('shared'),
      user: this.#person,
      signedOut,
      returns: this.#person === null && wasReloaded(),
      onChange: () => session === this.#session && this.#changed(session),
      onOther: () => session === this.#session && this.#other(),
      onNotice: (event) => this.#app?.noticed(event),
      onStats: () => session === this.#session && this.#fire('parley-stats', session.stats),
      onDraft: (room) => this.#app?.composer.draftChanged(room),
      onRefused: (problem, ofMessage) => this.#app?.say(sentence(problem, ofMessage ? strings.acts.problems : {})),
    });
    this.#session = session;
    session.viewed(this.#inView);
    session.shown(!document.hidden);
    session.focused(document.hasFocus());
    if (this.getAttribute('room')) session.open(this.getAttribute('room'));
    if (!signedOut) this.#followAddress();
    if (!signedOut) session.start();
  }

  #stop() {
    const session = this.#session;
    this.#session = null;
    session?.stop();
    clearTimeout(this.#revival.timer);
    this.#revival.timer = 0;
    this.#app?.close();
  }

  #restart() {
    this.#stop();
    this.#start();
    this.#draw();
  }

  /** Deletes everything of the person, here and on the disk. */
  #signOut() {
    this.#forget();
    this.#draw();
  }

  /** The token belongs to another person: the previous one left without signing out. */
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
    if (!views) return;
    this.#app?.close();
    this.#app = new views.App({ session: () => this.#session, redraw: () => this.#draw(), links: () => this.#links(), show: (link) => this.#show(link) });
    const { node } = this.#app;
    node.lang = locale();
    // A page that sets no direction gets that of the language.
    if (strings.direction === 'rtl' && !this.closest('[dir]')) node.dir = 'rtl';
    this.#root.replaceChildren(node);
  }

  /** Shows the app as soon as its code, its style sheets and its language are loaded. */
  async #appear(spoken) {
    const [sheets] = await Promise.all([loadViews().then(({ styleSheets }) => styleSheets()), spoken]);
    if (!this.#app) this.#makeApp();
    this.#root.adoptedStyleSheets = [frame, ...sheets];
    this.#draw();
    setTimeout(() => this.#attached && this.#app?.prepare(), PREPARED_AFTER);
  }

  /** The element's language, or that of the part of the page around it. */
  #speak() {
    return speak([this.getAttribute('lang'), this.closest('[lang]:not([lang=""])')?.getAttribute('lang'), document.documentElement.lang]);
  }

  /** The page set the `room` attribute. */
  #roomRequested(room) {
    this.#home = room || null;
    if (!room || !this.#session) return;
    this.#session.open(room);
    this.#app?.roomChanged();
    this.#draw();
  }

  /** @param {import('./token/failure.js').TokenFailure} failure */
  #failed({ reason, message, cause }) {
    this.#reporting.failed({ message, cause });
    this.#fire('parley-error', { code: 'token', reason, message, cause });
  }

  #changed(session) {
    const { user, connection } = session.state;
    if (user) this.#person = user.id;
    if (connection.phase === 'signed-out' && connection.by === 'portal') return this.#signedOutByPortal();
    this.#follow();
    // Draw once for many events. A hidden page gets no animation frames but must still count unread messages.
    if (this.#drawn) return;
    const next = document.hidden ? setTimeout : requestAnimationFrame;
    this.#drawn = next(() => this.#draw());
  }

  /** The portal has no token now, but may have one when asked again. */
  #signedOutByPortal() {
    if (this.#person !== null) {
      this.#forget();
      this.#start(true);
    }
    this.#draw();
  }

  /** Reports the open room to the page, by attribute and event. There is none while nobody is signed in. */
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

  /** Draws at once when hidden: no animation frame comes until the page is shown again. */
  #shown(visible) {
    this.#session?.shown(visible);
    if (!visible) this.#draw();
  }

  #viewed(inView) {
    this.#inView = inView;
    this.#session?.viewed(inView);
  }

  #draw() {
    this.#drawn = 0;
    this.#openSomeRoom();
    const state = this.#shownState();
    this.#app?.draw(state, (state.user && this.#session?.unsent) || [], { single: this.hasAttribute('single') });
    this.#follow();
    this.#tell(state);
    this.#openWanted(state);
  }

  /** The state that may be shown. Until the server has confirmed the person, nothing of the previous session. */
  #shownState() {
    const state = this.#session?.state ?? initial;
    return state.user === null && this.#person !== null ? { ...initial, connection: state.connection } : state;
  }

  /** Without a requested room, opens the one that the person had open last, or their first one, or the first in the list. */
  #openSomeRoom() {
    const state = this.#session?.state ?? initial;
    if (state.open || !state.listed) return;
    const rooms = [...state.rooms.values()];
    const last = this.#session?.lastRoom;
    const first = rooms.find((room) => room.id === last) ?? rooms.find((room) => isMember(room) && !room.hidden) ?? rooms[0];
    if (first) this.#session?.open(first.id);
  }

  #tell(state) {
    const [before, now] = [this.#unread, { unread: unread(state), mentions: mentions(state) }];
    this.#unread = now;
    if (now.unread !== before.unread || now.mentions !== before.mentions) this.#fire('parley-unread', now);
    const { phase, by } = state.connection;
    const out = phase === 'signed-out';
    if (out && !this.#toldSignedOut) this.#fire('parley-signed-out', { by });
    this.#toldSignedOut = out;
  }

  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** Whether the person reloaded the page. */
function wasReloaded() {
  const [navigation] = performance.getEntriesByType('navigation');
  return /** @type {PerformanceNavigationTiming | undefined} */ (navigation)?.type === 'reload';
}
