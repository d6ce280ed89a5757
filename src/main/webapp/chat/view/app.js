/**
 * All views of one person's chat: `draw` passes the state down, actions go up to the session. An App belongs to one person, so that no
 * draft, dialog or list reaches the next one. It doesn't know the page around the element.
 */
import { isMuted } from '../authority.js';
import { keepEmojiOf } from '../emoji/recent.js';
import { isMember, isOver, openRoom } from '../store.js';
import { sentence, strings } from '../strings.js';
import { CloseRoom } from './close-room.js';
import { Composer } from './composer.js';
import { ConnectionBar } from './connection-bar.js';
import { Directory } from './directory.js';
import { h, setAll, setText } from './dom.js';
import { Invite } from './invite.js';
import { ManagePerson } from './manage-person.js';
import { MembersPanel } from './members-panel.js';
import { NewRoom } from './new-room.js';
import { Notice } from './notice.js';
import { RoomHeader } from './room-header.js';
import { RoomList } from './room-list.js';
import { Timeline } from './timeline.js';

const ALERT_LASTS = 8_000;
/** The longest delay of a browser timer. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Phases in which only the notice is shown. */
const NOBODY = ['idle', 'signed-out'];

export class App {
  #session;
  #redraw;
  #drawer = false;
  #panel = false;
  #alertTimer = 0;
  #muteTimer = 0;

  /** `session()` returns the current session or null; `redraw()` requests a call of `draw`. */
  constructor({ session, redraw }) {
    this.#session = session;
    this.#redraw = redraw;
    this.directory = new Directory(session, (id) => this.#choose(id));
    const actions = this.#actions();
    this.list = new RoomList(actions);
    this.header = new RoomHeader(actions);
    this.bar = new ConnectionBar(actions);
    this.timeline = new Timeline(actions);
    this.composer = new Composer(actions);
    this.members = new MembersPanel(actions);
    this.notice = new Notice(actions);
    this.newRoom = new NewRoom((room) => session().createRoom(room));
    this.invite = new Invite((user, role) => session().moderation().giveRole(user, role));
    this.closeRoom = new CloseRoom(() => session().closeRoom());
    this.manage = new ManagePerson(moderationOf(session), (user) => this.members.focusOn(user));
    this.closeRoom.node.addEventListener('close', () => this.members.focus());
    this.alert = h('div', { class: 'alert', role: 'alert' });
    const conversation = [this.header, this.bar, this.notice, this.timeline, this.composer].map(({ node }) => node);
    this.main = h('section', { class: 'main' }, conversation);
    this.scrim = h('div', { class: 'scrim', on: { click: () => this.#closePanels() } });
    const parts = [this.list.node, this.main, this.members.node, this.scrim, this.alert, ...this.#dialogs().map(({ node }) => node)];
    this.node = h('div', { class: 'app', on: { keydown: (event) => this.#pressed(event) } }, parts);
    keepEmojiOf(this.node, () => session()?.own ?? null);
  }

  /** Shows the state and the unsent messages. With `single`, the room list is hidden. */
  draw(state, unsent, { single }) {
    this.directory.update(state);
    this.#drawRoom(state, unsent);
    this.list.update(state, unsent);
    this.bar.update(state.connection);
    const nobody = NOBODY.includes(state.connection.phase);
    this.header.node.hidden = nobody;
    this.list.node.hidden = single || nobody;
    setAll(this.node, { 'data-drawer': this.#drawer, 'data-panel': this.#panel, 'data-single': single || nobody });
    this.main.inert = this.#drawer;
  }

  /** Another room was opened. */
  roomChanged() {
    if (this.#panel) this.#loadMembers();
    this.#drawer = false;
  }

  /** Closes dialogs and panels when the session ends. */
  close() {
    clearTimeout(this.#muteTimer);
    clearTimeout(this.#alertTimer);
    for (const { node } of this.#dialogs()) node.close();
    this.bar.stop();
    this.#drawer = this.#panel = false;
  }

  #dialogs() {
    return [this.newRoom, this.invite, this.manage, this.closeRoom];
  }

  #actions() {
    const session = this.#session;
    return {
      open: (id) => this.#choose(id),
      join: (id) => this.#attempt(() => this.#join(id)),
      leave: () => this.#attempt(() => session().leave(session().state.open), strings.leaving).then(() => this.members.focus()),
      invite: () => this.invite.open(this.#openRoom()?.role),
      manage: (person, role) => this.manage.open(person, role),
      closeRoom: () => this.closeRoom.open(this.#openRoom()?.name),
      send: (text, options) => this.#send(text, options),
      directory: this.directory,
      own: () => session()?.own ?? null,
      retry: (key) => session().retry(key),
      discard: (key) => session().discard(key),
      typing: (on) => session()?.typing(on),
      earlier: () => this.#attempt(() => session().earlier()),
      reconnect: () => session().reconnect(),
      newRoom: () => this.newRoom.open(),
      drawer: (open) => this.#showDrawer(open),
      panel: (open = !this.#panel) => this.#showPanel(open),
    };
  }

  #choose(id) {
    this.#session().open(id);
    this.roomChanged();
    this.#redraw();
    (this.composer.input.disabled ? this.timeline.log : this.composer).focus();
  }

  async #join(id) {
    await this.#session().join(id);
    this.#redraw();
    this.composer.focus();
  }

  #send(text, options) {
    const taken = this.#session().send(text, options);
    if (taken) this.timeline.follow();
    else this.#say(strings.outboxFull);
    return taken;
  }

  #showDrawer(open) {
    this.#drawer = open;
    this.#redraw();
    if (open) this.list.focus();
    else this.header.menu.focus();
  }

  #showPanel(open) {
    this.#panel = open;
    if (open) this.#loadMembers();
    this.#redraw();
    if (open) this.members.focus();
    else this.header.people.focus();
  }

  #loadMembers() {
    this.#attempt(() => this.#session().members(this.#session().state.open));
  }

  #closePanels() {
    if (this.#drawer) this.#showDrawer(false);
    else if (this.#panel) this.#showPanel(false);
  }

  #pressed(event) {
    if (event.key === 'Escape' && !this.#dialogs().some(({ node }) => node.open)) this.#closePanels();
  }

  /** Runs an action, and shows the problem if it is refused. */
  async #attempt(act, words) {
    try {
      await act();
    } catch (problem) {
      this.#say(sentence(problem, words));
    }
  }

  #openRoom() {
    return openRoom(this.#session().state);
  }

  #say(text) {
    clearTimeout(this.#alertTimer);
    setText(this.alert, text);
    this.#alertTimer = setTimeout(() => setText(this.alert, ''), ALERT_LASTS);
  }

  #drawRoom(state, unsent) {
    const room = openRoom(state);
    const kind = noticeFor(state, room);
    const ofRoom = unsent.filter((entry) => entry.room === room?.id);
    this.notice.update(kind, { unsent: ofRoom, user: state.user });
    this.header.update({ room, connection: state.connection, panel: this.#panel });
    this.members.update({ room, user: state.user, open: this.#panel });
    const shown = room && !kind;
    this.timeline.node.hidden = this.composer.node.hidden = !shown;
    if (!shown) return;
    const connected = state.connection.phase === 'connected';
    this.timeline.update({ room, unsent: ofRoom, user: state.user, connected });
    this.composer.update({ room, limit: state.limits.text, member: isMember(room) });
    this.#awaitMuteEnd(room);
  }

  /** No event reports the end of a mute, so a timer does. */
  #awaitMuteEnd(room) {
    clearTimeout(this.#muteTimer);
    if (!isMuted(room)) return;
    this.#muteTimer = setTimeout(() => this.#redraw(), Math.min(Date.parse(room.muted) - Date.now() + 1, LONGEST_TIMER));
  }
}

/** The moderation actions of whichever session is current when one is called. */
function moderationOf(session) {
  const acts = ['giveRole', 'remove', 'ban', 'liftBan', 'mute', 'unmute'];
  return Object.fromEntries(acts.map((act) => [act, (...given) => session().moderation()[act](...given)]));
}

function noticeFor({ connection, listed, rooms }, room) {
  if (connection.phase === 'idle') return 'not-signed-in';
  if (connection.phase === 'signed-out' || connection.phase === 'stopped') return connection.phase;
  if (room && isOver(room)) return room.problem?.code === 'gone' ? 'closed' : 'refused';
  if (!room) return listed && !rooms.size ? 'no-room' : null;
  return null;
}
