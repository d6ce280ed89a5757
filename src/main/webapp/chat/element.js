/**
 * `<parley-chat>`: the web component. It wires a session to its views: state comes down, acts go up.
 *
 * Attributes: `server` (the application's URL; otherwise where this module came from), `room` (the one to open first),
 * `theme` (`light`, `dark` or `auto`). Property: `tokenProvider`, an async function that gives the caller's token, asked
 * before every connect and before that one expires; null signs out. Events: `parley-signed-out` when the server refuses the token, and
 * `parley-unread` with `{unread}` in its detail.
 * It must never reach outside its shadow root but through those events.
 */
import { Session } from './session.js';
import { initial, isMember, isOver, unread } from './store.js';
import { sentence, strings } from './strings.js';
import { Composer } from './view/composer.js';
import { ConnectionBar } from './view/connection-bar.js';
import { h, setAll, setText } from './view/dom.js';
import { MembersPanel } from './view/members-panel.js';
import { NewRoom } from './view/new-room.js';
import { Notice } from './view/notice.js';
import { RoomHeader } from './view/room-header.js';
import { RoomList } from './view/room-list.js';
import { Timeline } from './view/timeline.js';

const ALERT_LASTS = 8_000;

export class ParleyChat extends HTMLElement {
  static observedAttributes = ['server', 'room'];

  #provider = null;
  #session = null;
  #drawn = 0;
  #drawer = false;
  #panel = false;
  #unread = 0;
  #alertTimer = 0;
  #toldSignedOut = false;
  #visibility = () => this.#shown(!document.hidden);

  constructor() {
    super();
    const actions = this.#actions();
    this.list = new RoomList(actions);
    this.header = new RoomHeader(actions);
    this.bar = new ConnectionBar(actions);
    this.timeline = new Timeline(actions);
    this.composer = new Composer(actions);
    this.members = new MembersPanel(actions);
    this.notice = new Notice(actions);
    this.newRoom = new NewRoom((room) => this.#session.createRoom(room));
    this.alert = h('div', { class: 'alert', role: 'alert' });
    this.attachShadow({ mode: 'open' }).append(...this.#content());
  }

  get tokenProvider() {
    return this.#provider;
  }

  set tokenProvider(provider) {
    this.#provider = provider;
    this.#restart();
  }

  connectedCallback() {
    this.#adoptEarlyProvider();
    document.addEventListener('visibilitychange', this.#visibility);
    this.#restart();
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#visibility);
    this.#end();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#session) return;
    if (name === 'server') this.#restart();
    else if (now) this.#open(now);
  }

  /** The page may have set the property before this class was there. */
  #adoptEarlyProvider() {
    if (!Object.hasOwn(this, 'tokenProvider')) return;
    const provider = this.tokenProvider;
    delete this.tokenProvider;
    this.#provider = provider;
  }

  #content() {
    const css = h('link', { rel: 'stylesheet', href: new URL('element.css', import.meta.url).href });
    this.main = h('section', { class: 'main' }, this.header.node, this.bar.node, this.notice.node, this.timeline.node, this.composer.node);
    this.scrim = h('div', { class: 'scrim', on: { click: () => this.#closePanels() } });
    const app = h('div', { class: 'app', hidden: true, on: { keydown: (event) => this.#pressed(event) } }, this.list.node, this.main, this.members.node, this.scrim, this.alert, this.newRoom.node);
    // Without its style sheet the page would show, for a moment, a heap of bare elements.
    for (const outcome of ['load', 'error']) css.addEventListener(outcome, () => (app.hidden = false));
    this.app = app;
    return [css, app];
  }

  #actions() {
    return {
      open: (id) => this.#open(id, true),
      join: (id) => this.#attempt(() => this.#join(id)),
      leave: () => this.#attempt(() => this.#session.leave(this.#session.state.open)).then(() => this.members.focus()),
      send: (text) => this.#send(text),
      retry: (key) => this.#session.retry(key),
      discard: (key) => this.#session.discard(key),
      typing: (on) => this.#session?.typing(on),
      earlier: () => this.#attempt(() => this.#session.earlier()),
      reconnect: () => this.#session.reconnect(),
      newRoom: () => this.newRoom.open(),
      drawer: (open) => this.#showDrawer(open),
      panel: (open = !this.#panel) => this.#showPanel(open),
    };
  }

  #restart() {
    this.#end();
    if (!this.#provider || !this.isConnected) return this.#draw();
    const server = new URL(this.getAttribute('server') || new URL('..', import.meta.url), document.baseURI);
    if (!server.pathname.endsWith('/')) server.pathname += '/';
    this.#session = new Session({ server: server.href, provider: this.#provider, onChange: () => this.#changed() });
    this.#session.shown(!document.hidden);
    if (this.getAttribute('room')) this.#session.open(this.getAttribute('room'));
    this.#session.start();
  }

  #end() {
    const session = this.#session;
    this.#session = null;
    session?.stop();
    this.bar.stop();
    this.#drawer = this.#panel = false;
  }

  #open(id, chosen = false) {
    this.#session.open(id);
    if (this.#panel) this.#loadMembers();
    this.#drawer = false;
    this.#draw();
    if (chosen) (this.composer.input.disabled ? this.timeline.log : this.composer).focus();
  }

  async #join(id) {
    await this.#session.join(id);
    this.#draw();
    this.composer.focus();
  }

  #send(text) {
    const taken = this.#session.send(text);
    if (taken) this.timeline.follow();
    else this.#say(strings.outboxFull);
    return taken;
  }

  #showDrawer(open) {
    this.#drawer = open;
    this.#draw();
    if (open) this.list.focus();
    else this.header.menu.focus();
  }

  #showPanel(open) {
    this.#panel = open;
    if (open) this.#loadMembers();
    this.#draw();
    if (open) this.members.focus();
    else this.header.people.focus();
  }

  #loadMembers() {
    this.#attempt(() => this.#session.members(this.#session.state.open));
  }

  #closePanels() {
    if (this.#drawer) this.#showDrawer(false);
    else if (this.#panel) this.#showPanel(false);
  }

  #pressed(event) {
    if (event.key === 'Escape' && !this.newRoom.node.open) this.#closePanels();
  }

  /** Runs what may be refused, and says so if it is. */
  async #attempt(act) {
    try {
      await act();
    } catch (problem) {
      this.#say(sentence(problem));
    }
  }

  #say(text) {
    clearTimeout(this.#alertTimer);
    setText(this.alert, text);
    this.#alertTimer = setTimeout(() => setText(this.alert, ''), ALERT_LASTS);
  }

  /** Many events, one drawing. A hidden page gets no frames but must still count what is unread. */
  #changed() {
    if (this.#drawn) return;
    const next = document.hidden ? setTimeout : requestAnimationFrame;
    this.#drawn = next(() => this.#draw());
  }

  /** A drawing that waits for a frame would wait as long as the page is hidden. */
  #shown(visible) {
    this.#session?.shown(visible);
    if (!visible) this.#draw();
  }

  #draw() {
    this.#drawn = 0;
    this.#openSomeRoom();
    const state = this.#session?.state ?? initial;
    this.#drawRoom(state);
    this.list.update(state, this.#session?.unsent ?? []);
    this.bar.update(state.connection);
    setAll(this.app, { 'data-drawer': this.#drawer, 'data-panel': this.#panel });
    this.main.inert = this.#drawer;
    this.#tell(state);
  }

  #drawRoom(state) {
    const room = state.rooms.get(state.open);
    const kind = noticeFor(state, room);
    const unsent = this.#session?.unsent.filter((entry) => entry.room === room?.id) ?? [];
    this.notice.update(kind, { unsent, user: state.user });
    this.header.update({ room, connection: state.connection, panel: this.#panel });
    this.members.update({ room, user: state.user, open: this.#panel });
    const shown = room && !kind;
    this.timeline.node.hidden = this.composer.node.hidden = !shown;
    if (!shown) return;
    const connected = state.connection.phase === 'connected';
    this.timeline.update({ room, unsent, user: state.user, connected });
    this.composer.update({ room, limit: state.limits.text, member: isMember(room) });
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
    const out = state.connection.phase === 'signed-out';
    if (out && !this.#toldSignedOut) this.#fire('parley-signed-out');
    this.#toldSignedOut = out;
  }

  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

function noticeFor({ connection, listed, rooms }, room) {
  if (connection.phase === 'idle') return 'not-signed-in';
  if (connection.phase === 'signed-out' || connection.phase === 'stopped') return connection.phase;
  if (room && isOver(room)) return 'refused';
  if (!room) return listed && !rooms.size ? 'no-room' : null;
  return null;
}
