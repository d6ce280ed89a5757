/**
 * All views of one person's chat: `draw` passes the state down, actions go up to the session. An App belongs to one person, so that no
 * draft, dialog or list reaches the next one. It doesn't know the page around the element.
 */
import { isMuted, rolesToGive } from '../authority.js';
import { mayCall, ongoing } from '../call/access.js';
import { serverNow } from '../clock.js';
import { keepEmojiOf } from '../emoji/recent.js';
import { onDrop } from '../file/picker.js';
import { messageCommands } from '../message/commands.js';
import { Editing } from '../message/editing.js';
import { isInRoom, known } from '../message/fold.js';
import { readPermalink } from '../message/permalink.js';
import { Menu } from '../message/menu.js';
import { PINS, actsOn } from '../message/rights.js';
import { slowUntil } from '../moderation/posting.js';
import { Bell, titleOf } from '../notify/bell.js';
import { Desktop } from '../notify/desktop.js';
import { Push } from '../notify/push.js';
import { READ } from '../rooms/fold.js';
import { roomCommands } from '../rooms/menu.js';
import { isAttentive, isMember, isOver, openRoom } from '../store.js';
import { sentence, strings } from '../strings.js';
import { Composer } from './composer.js';
import { Confirm } from './confirm.js';
import { ConnectionBar } from './connection-bar.js';
import { Directory } from './directory.js';
import { composes, h, isFocusFree, onTouch, setAll, setText } from './dom.js';
import { Invite } from './invite.js';
import { ManagePerson } from './manage-person.js';
import { MembersPanel } from './members-panel.js';
import { NewRoom } from './new-room.js';
import { Notice } from './notice.js';
import { RoomHeader } from './room-header.js';
import { RoomList } from './room-list.js';
import { Timeline } from './timeline.js';
import { untilMidnight } from './times.js';

const ALERT_LASTS = 8_000;
/** The longest delay of a browser timer. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Features of the server. */
const SEARCH = 'search';
const SCHEDULE = 'schedule';

/** Phases in which only the notice is shown. */
const NOBODY = ['idle', 'signed-out'];

export class App {
  #session;
  #redraw;
  /** The room that was open with the last draw. @type {string | null} */
  #room = null;
  #links;
  #showLink;
  #actions;
  #drawer = false;
  /** @type {'members' | 'pins' | 'files' | 'documents' | 'document' | null} */
  #panel = null;
  #alertTimer = 0;
  #muteTimer = 0;
  #dayTimer = 0;
  /** The person of the open direct room whose profile was asked for. */
  #looked = '';
  /** The view of calls, once a room has had one. */
  #calls = /** @type {any} */ (null);
  #callsLoading = /** @type {Promise<any> | null} */ (null);
  /** The private answers of bots, once there was one. @type {any} */
  #answers = null;
  #answersLoading = false;
  /** The banners of announcements, once there was one. @type {any} */
  #banners = null;
  #bannersLoading = false;
  /** The last call for which the view was loaded. */
  #callSeen = '';
  /** Panels and dialogs that are loaded on first use. */
  #parts = /** @type {Record<string, any>} */ ({});

  /**
   * `session()` returns the current session or null; `redraw()` requests a call of `draw`; `links()` is whether the page's address may name
   * a message; `show({room, offset})` opens a room at a message, and `show({room, document})` a document.
   */
  constructor({ session, redraw, links = () => true, show = (/** @type {{ room: string, offset?: number, document?: string }} */ _link) => {} }) {
    this.#session = session;
    this.#redraw = redraw;
    this.#links = links;
    this.#showLink = show;
    this.directory = new Directory(session, (id) => this.#choose(id));
    this.menu = new Menu();
    this.editing = new Editing((room, offset, text) => this.#saveEdit(room, offset, text), (_, ended) => this.#edited(ended), () => session()?.own ?? null);
    const actions = (this.#actions = this.#makeActions());
    this.bell = new Bell(session, { scheduled: () => this.#show('scheduled'), open: (room, offset, why, text) => this.#followNotice(room, offset, why, text), roomName: (id) => this.directory.roomName(id), preferences: () => this.#show('preferences') });
    this.push = new Push(() => session().notices);
    this.desktop = new Desktop({ own: actions.own, open: (room, offset) => this.goTo(room, offset), registration: () => this.push.registration() });
    this.list = new RoomList(actions);
    this.list.tools.prepend(this.bell.button);
    Object.assign(actions, roomCommands(session, {
      menu: this.menu,
      list: this.list,
      say: (text) => this.#say(text),
      redraw: () => this.#redraw(),
      moderate: (room) => this.#show('moderation', room),
      askSection: async (name) => (await this.#part('section')).ask(name, this.list.sections.filter((one) => one.name).map((one) => one.name)),
    }));
    this.header = new RoomHeader(actions);
    this.bar = new ConnectionBar(actions);
    this.timeline = new Timeline(actions);
    this.composer = new Composer(actions);
    this.members = new MembersPanel(actions);
    this.notice = new Notice(actions);
    this.newRoom = new NewRoom((room) => session().createRoom(room));
    this.invite = new Invite();
    this.closeRoom = new Confirm({ id: 'close-room-title', title: strings.closeRoom, about: strings.closeRoomAbout }, (room) => session().closeRoom(room));
    this.leave = new Confirm({ id: 'leave-title', title: strings.leave, about: strings.leaveAbout, words: strings.leaving }, (room) => session().leave(room));
    this.manage = new ManagePerson((user) => this.members.focusOn(user));
    for (const { node } of [this.closeRoom, this.leave]) node.addEventListener('close', () => this.members.focus());
    this.composer.node.addEventListener('keydown', (event) => this.#editLast(event));
    this.alert = h('div', { class: 'alert', role: 'alert' });
    const conversation = [this.header, this.bar, this.notice, this.timeline, this.composer].map(({ node }) => node);
    this.main = h('section', { class: 'main' }, conversation);
    onDrop(this.main, () => this.composer.takesFiles, (files) => this.composer.attach(files));
    this.scrim = h('div', { class: 'scrim', on: { click: () => this.#closePanels() } });
    const parts = [this.list.node, this.main, this.members.node, this.scrim, this.alert, this.menu.node, this.bell.node, this.bell.said, ...[this.newRoom, this.invite, this.manage, this.closeRoom, this.leave].map(({ node }) => node)];
    this.node = h('div', { class: 'app', on: { keydown: (event) => this.#pressed(event), click: (event) => this.#followed(event) } }, parts);
    // A panel covers the conversation in a narrow element only.
    new ResizeObserver(() => this.#cover()).observe(this.node);
    keepEmojiOf(this.node, () => session()?.own ?? null);
  }

  /** Loads the rest of the code before it is needed. */
  prepare() {
    panels().catch(() => {});
  }

  /** Shows the state and the unsent messages. With `single`, the room list is hidden. */
  draw(state, unsent, { single }) {
    // The session opens rooms too: one that was made here, another in place of one that is gone.
    if (state.open && state.open !== this.#room) this.roomChanged();
    this.directory.update(state);
    this.#drawRoom(state, unsent);
    this.list.update(state, unsent);
    this.bell.update(state);
    this.bar.update(state.connection);
    this.#drawBanners(state);
    const nobody = NOBODY.includes(state.connection.phase);
    if (nobody) this.#closeAbove();
    this.header.node.hidden = nobody;
    this.list.node.hidden = single || nobody;
    setAll(this.node, { 'data-drawer': this.#drawer, 'data-panel': this.#shownPanel(state, openRoom(state)), 'data-single': single || nobody });
    this.#cover();
  }

  /** What an open drawer or panel covers is out of reach of the keyboard and of screen readers, too. */
  #cover() {
    const isOpen = this.#drawer || this.node.hasAttribute('data-panel');
    const covers = isOpen && getComputedStyle(this.scrim).display !== 'none';
    this.main.inert = covers;
    this.list.node.inert = covers && !this.#drawer;
  }

  /** Another room was opened. */
  roomChanged() {
    this.#room = this.#session()?.state.open ?? null;
    this.menu.close();
    if (this.#panel === 'document') this.#panel = null;
    if (this.#panel) this.#load(this.#panel);
    this.#drawer = false;
  }

  /** The person was notified, or a notification was read or withdrawn. */
  noticed(event) {
    const state = this.#session()?.state;
    if (!state) return;
    if (event.type === 'withdrawn') return this.desktop.withdraw((id) => id <= (event.upto ?? 0) || Boolean(event.ids?.includes(id)));
    const title = titleOf(event, this.directory.roomName(event.room));
    this.desktop.show(event, { title, body: event.text ?? '', attentive: isAttentive(state) && document.hasFocus() });
  }

  /** The archive of an administrator's export, which has a text, is on the administration page. */
  #followNotice(room, offset, why, text) {
    if (why === 'unsent') this.#show('scheduled');
    else if (why !== 'export') this.goTo(room, offset);
    else if (text) open(this.#session().rest.page('administration/#/exports'), '_blank', 'noopener');
    else this.#show('preferences');
  }

  /** Opens a room, at a message unless the offset is 0. */
  goTo(room, offset) {
    if (offset) this.#showLink({ room, offset });
    else this.#choose(room);
  }

  /** Asks how to change a scheduled message. */
  changeScheduled(about) {
    return this.#show('change', about);
  }

  /** Opens a document in its room. */
  goToDocument(room, document) {
    this.#showLink({ room, document });
  }

  /** Opens a document of the open room. */
  openDocument(id) {
    return this.#attempt(async () => {
      const room = this.#session().state.open;
      const editor = await this.#part('document');
      if (this.#session()?.state.open !== room) return;
      editor.open(room, id);
      await this.#showPanel('document', this.header.documents);
    });
  }

  /** Tests how the relay of calls can be reached. */
  testCalls() {
    return this.#attempt(async () => {
      const view = await this.#loadCalls();
      if (view) view.settings.open();
      else this.#say(strings.call.notLoaded);
    });
  }

  /** Says it in the alert at the lower edge. */
  say(text) {
    this.#say(text);
  }

  /** A key that was pressed in the page while no field had the focus. */
  shortcut(event) {
    this.#shortcut(event);
  }

  /** The element has another place in the page. The browser has closed popovers, and dialogs are no longer modal. */
  moved() {
    this.#closeAbove();
    for (const { timeline } of [this, this.#parts.thread].filter(Boolean)) timeline.moved();
  }

  /** Closes dialogs and panels when the session ends. */
  close() {
    clearTimeout(this.#muteTimer);
    clearTimeout(this.#dayTimer);
    this.#dayTimer = 0;
    clearTimeout(this.#alertTimer);
    this.#closeAbove();
    this.#parts.document?.update(null, false);
    this.#parts.documents?.update(null, false, {});
    this.#calls?.close();
    this.#calls = this.#callsLoading = null;
    this.#callSeen = '';
    this.#answers?.update([]);
    this.editing.drop();
    this.composer.drop();
    panels().then(({ releaseAll }) => releaseAll(), () => {});
    this.bar.stop();
    this.#drawer = false;
    this.#panel = null;
  }

  /** Closes what is open above the page. It may show texts of a person who is signed out. */
  #closeAbove() {
    for (const dialog of this.node.querySelectorAll('dialog')) dialog.close();
    for (const one of [this.menu, this.bell, this.#parts.card]) one?.close();
  }

  #makeActions() {
    const session = this.#session;
    return {
      ...messageCommands(session, {
        say: (text) => this.#say(text),
        menu: this.menu,
        edit: (message, inThread) => this.#edit(message, inThread),
        insert: (change, inThread) => (inThread ? this.#parts.thread : this).composer.insert(change),
        focusOn: (offset, selector) => this.#focusOn(offset, selector),
        threadOpened: () => this.#threadOpened(),
        showVersions: (message) => this.#show('versions', this.#inRoom(message)),
        report: (message) => this.#show('report', this.#inRoom(message)),
        links: this.#links,
        profile: (user, anchor) => this.#profile(user, anchor),
        remind: ({ offset, text }) => this.#show('remind', { room: session().state.open, offset, text }),
      }),
      showPinned: (offset) => this.#showPinned(offset),
      closeThread: () => this.#closeThread(),
      earlierReplies: () => this.#attempt(() => session().acts.earlierReplies(session().state.open)),
      thread: () => this.#openRoom()?.thread?.root,
      editLast: (event, inThread) => this.#editLast(event, inThread),
      later: () => this.#attempt(() => session().later()),
      latest: () => session().acts.latest(session().state.open),
      jumpToDate: (at) => this.#show('date', at),
      files: () => (session()?.files.on ? session().files : null),
      pictures: () => session()?.files ?? null,
      filesPanel: (open = this.#panel !== 'files') => this.#showPanel(open ? 'files' : null, this.header.files),
      documentsPanel: (open = !['documents', 'document'].includes(this.#panel ?? '')) => this.#attempt(() => this.#showPanel(open ? 'documents' : null, this.header.documents)),
      call: () => this.#attempt(() => this.#call()),
      closeDocument: () => this.#showPanel(null, this.header.documents),
      openDocument: (id) => this.openDocument(id),
      say: (text) => this.#say(text),
      hasLinks: this.#links,
      popup: this.menu,
      pinsPanel: (open = this.#panel !== 'pins') => this.#showPanel(open ? 'pins' : null, this.header.pins),
      open: (id) => this.#choose(id),
      join: (id) => this.#attempt(() => this.#join(id), strings.joining),
      leave: () => this.#leaveRoom(),
      invite: () => this.#invite(),
      manage: (person, role) => this.manage.open(person, role, session().moderation()),
      closeRoom: () => this.closeRoom.open(this.#openRoom()?.name, this.#openRoom()?.id),
      moreMembers: () => this.#attempt(() => session().moreMembers(session().state.open)),
      roomSettings: () => this.#show('settings', this.#openRoom()),
      send: (text, options) => (text.startsWith('/') && !options?.files?.length ? this.#command(text, options) : this.#send(text, options)),
      schedules: () => Boolean(session()?.state.features.includes(SCHEDULE)),
      scheduled: () => this.#show('scheduled'),
      sendLater: (text, options, taken) => (options.files ? this.#attempt(async () => this.#say((await schedules()).scheduleWords().files)) : this.#show('later', { room: session().state.open, text, options, taken })),
      pressBot: (of, action, values) => session().slash.press(session().state.open, of, action, values),
      dismiss: (call) => this.#dismiss(call),
      directory: this.directory,
      own: () => session()?.own ?? null,
      redraw: () => this.#redraw(),
      begin: (people) => this.#direct(people),
      drafted: (room) => session()?.drafts.wrote(room),
      retry: (key) => session().retry(key),
      discard: (key) => session().discard(key),
      undoDiscard: (key) => session().undoDiscard(key),
      typing: (on) => session()?.typing(on),
      earlier: () => this.#attempt(() => session().earlier()),
      reconnect: () => session().reconnect(),
      newRoom: () => this.newRoom.open(this.#session().state.limits.retention),
      hasProfiles: () => Boolean(session()?.people.on),
      profile: (user, anchor) => this.#profile(user, anchor),
      preferences: () => this.#show('preferences'),
      stats: () => this.#show('stats'),
      newDirect: () => this.#show('direct'),
      search: (everywhere = !this.#openRoom()) => this.#show('search', everywhere),
      banSomeone: () => this.#ban(),
      browse: (text) => this.#show('browse', text),
      shown: (offset, end, target, first) => session()?.showed(offset, end, target, first),
      drawer: (open) => this.#showDrawer(open),
      panel: (open = this.#panel !== 'members') => this.#showPanel(open ? 'members' : null, this.header.people),
    };
  }

  #choose(id) {
    this.#session().open(id);
    this.roomChanged();
    this.#redraw();
    // On a touch screen the focus would open the keyboard over the conversation.
    (this.composer.input.disabled || onTouch() ? this.timeline.log : this.composer).focus();
  }

  /** By name where the server has a directory, otherwise by id. */
  #invite() {
    const role = this.#openRoom()?.role;
    const { giveRole } = this.#session().moderation();
    if (!this.#session().people.on) return this.invite.open(role, giveRole);
    this.#attempt(async () => (await this.#part('choose')).open(rolesToGive(role ?? 'none').map((value) => [value, strings.roleNames[value]]), 'member', giveRole));
  }

  #ban() {
    const { ban } = this.#session().moderation();
    return this.#attempt(async () => (await this.#part('ban')).open(strings.people.bans, 'ban', (user, length) => ban(user, length === 'ban' ? null : Number(length))));
  }

  #profile(user, anchor) {
    return this.#attempt(async () => (await this.#part('card')).open(user, anchor));
  }

  async #direct(people) {
    await this.#session().direct(people);
    this.roomChanged();
    this.#redraw();
    this.#focusAfter(this.composer);
  }

  /** Begins a message that mentions the person. */
  mention({ id, name }) {
    this.composer.insert((before) => `${before}${before && !/\s$/.test(before) ? ' ' : ''}@${name || id} `);
  }

  /** Begins a direct conversation, and says why if it can't. */
  message(person) {
    return this.#attempt(() => this.#direct([person]), { ...strings.people.problems, ...strings.joining });
  }

  /** Asks first where the person couldn't come back alone. */
  async #leaveRoom() {
    const { id, name, kind } = this.#openRoom() ?? {};
    if (kind === 'private') return this.leave.open(name, id);
    await this.#attempt(() => this.#session().leave(id), strings.leaving);
    this.#focusAfter(this.members);
  }

  async #join(id) {
    await this.#session().join(id);
    this.#redraw();
    this.#focusAfter(this.composer);
  }

  #send(text, options) {
    const session = this.#session();
    const taken = session.send(text, options);
    if (!taken) this.#say(strings.outboxFull);
    else if (!options?.thread) {
      if (this.#openRoom()?.window) session.acts.latest(session.state.open);
      this.timeline.follow();
    }
    return taken;
  }

  /** A text that begins with a slash: a command, or else a message. What is refused returns to the box. */
  #command(text, options) {
    const session = this.#session();
    const room = session.state.open;
    const post = (said) => this.#session() === session && session.state.open === room && this.#send(said, options);
    const again = () => session.state.open === room && (options?.thread ? this.#parts.thread : this).composer.insert((typed) => typed || text);
    this.#attempt(async () => {
      const { carryOut, slashWords } = await slashes();
      try {
        const { done, said, again: wrong } = await carryOut(session, text, { post, people: this.directory.people(), remind: () => this.#show('remind', { room }) });
        if (!done) post(text);
        if (said) this.#say(said);
        if (wrong) again();
      } catch (problem) {
        again();
        this.#say(sentence(problem, { ...slashWords().problems, ...strings.moderation }));
      }
    });
    return true;
  }

  #dismiss(call) {
    this.#session()?.slash.dismiss(call);
    this.composer.focus();
  }

  /** The private answers of the open room; the view is loaded with the first. */
  #drawAnswers(room) {
    const { slash } = this.#session() ?? {};
    if (this.#answers) return this.#answers.update(slash?.answers(room?.id) ?? []);
    if (!slash?.any || this.#answersLoading) return;
    this.#answersLoading = true;
    this.#makeAnswers().then(this.#redraw, () => (this.#answersLoading = false));
  }

  async #makeAnswers() {
    const { Answers } = await slashes();
    const view = new Answers(this.#actions);
    this.composer.node.before(view.node);
    await view.styled();
    this.#answers = view;
  }

  /** The banners above the conversation; the view is loaded with the first. */
  #drawBanners({ user, announcements }) {
    const list = user ? announcements : [];
    if (this.#banners) return this.#banners.update(list);
    if (!list.length || this.#bannersLoading) return;
    this.#bannersLoading = true;
    this.#makeBanners().then(this.#redraw, () => (this.#bannersLoading = false));
  }

  async #makeBanners() {
    const { Banners } = await import('../announcements.js');
    const view = new Banners((id) => this.#session()?.dismiss(id));
    this.main.prepend(view.node);
    await view.styled();
    this.#banners = view;
  }

  #showDrawer(open) {
    this.#drawer = open;
    this.#redraw();
    if (open) this.list.focus();
    else this.header.menu.focus();
  }

  /** Opens a panel, or with null closes it and focuses its button. One panel is open at a time. */
  async #showPanel(panel, button) {
    const { thread, id } = this.#openRoom() ?? {};
    if (thread && panel) this.#session().acts.closeThread(id);
    this.#panel = panel;
    if (panel) this.#load(panel);
    if (panel && panel !== 'members') await this.#part(panel);
    this.#redraw();
    if (panel) (panel === 'members' ? this.members : this.#parts[panel]).focus();
    else (button.checkVisibility() ? button : this.header.more).focus();
  }

  /** Where the panel covers the conversation, it closes. */
  #showPinned(offset) {
    if (this.#panel && getComputedStyle(this.#parts[this.#panel].node).position === 'absolute') this.#panel = null;
    this.#redraw();
    return this.#actions.showMessage(offset);
  }

  /** A link to a document on this page needs no other page. */
  #followed(event) {
    const address = event.composedPath().find((node) => node.nodeName === 'A')?.href;
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!address || !plain || !this.#links() || !address.startsWith(`${location.href.split('#')[0]}#`)) return;
    const link = readPermalink(new URL(address).hash);
    if (!link?.document || (this.node.hasAttribute('data-single') && link.room !== this.#openRoom()?.id)) return;
    event.preventDefault();
    this.#showLink(link);
  }

  /** Joins the call of the open room, starts one, or goes to the one in which this page is. */
  async #call() {
    const { open } = this.#session().state;
    const view = await this.#loadCalls();
    if (!view) return this.#say(strings.call.notLoaded);
    const { calls, state } = this.#session();
    const entered = (await calls.load()).enter(open, !ongoing(state.rooms.get(open)));
    this.#redraw();
    view.focus();
    await entered;
  }

  /** Resolves to the view of calls, or to null if its code can't be loaded. */
  #loadCalls() {
    this.#callsLoading ??= this.#makeCalls().catch(() => (this.#callsLoading = null));
    return this.#callsLoading;
  }

  async #makeCalls() {
    const session = this.#session();
    const [{ CallView }, calls] = await Promise.all([loadCalls(), session.calls.load()]);
    const view = new CallView({
      open: (room) => this.#choose(room),
      redraw: () => this.#redraw(),
      left: () => this.header.call.focus(),
      enter: () => this.#actions.call(),
      name: (room) => this.directory.roomName(room),
      turn: () => session.turn(),
    }, calls);
    this.bar.node.after(view.bar.node, view.panel.node);
    this.node.append(view.settings.node);
    await view.styled();
    // Meanwhile another person may have signed in.
    if (session === this.#session()) this.#calls = view;
    else view.close();
    return this.#calls;
  }

  #drawCalls(state, room) {
    if (this.#calls) return this.#calls.update(state, room);
    const { calls } = this.#session() ?? {};
    const call = calls?.room ?? (mayCall(room) && ongoing(room)?.call);
    // What can't be loaded is tried again for the next call, and when the person wants to call.
    if (!calls?.on || !call || this.#callSeen === call) return;
    this.#callSeen = call;
    this.#loadCalls().then(this.#redraw, () => {});
  }

  #load(panel) {
    if (panel === 'files' || panel === 'documents' || panel === 'document') return;
    const { open } = this.#session().state;
    this.#attempt(() => (panel === 'pins' ? this.#session().acts.loadPins(open) : this.#session().members(open)));
  }

  /** The panel that is shown beside the room. Messages are shown only with the room. */
  #shownPanel(state, room) {
    if (noticeFor(state, room)) return this.#panel === 'members' ? 'members' : null;
    return room?.thread ? 'thread' : this.#panel;
  }

  async #threadOpened() {
    await this.#attempt(() => this.#part('thread'));
    this.#panel = null;
    this.#redraw();
    this.#parts.thread?.focus();
  }

  #closeThread() {
    const { id, thread } = this.#openRoom() ?? {};
    if (!thread) return;
    if (this.editing.current?.inThread) this.editing.drop();
    this.#session().acts.closeThread(id);
    this.#redraw();
    const article = this.timeline.articleOf(thread.root);
    (article?.querySelector('.replies') ?? article ?? this.composer).focus();
  }

  /** Draws, and focuses a message or a part of it: in the thread if the focus is there. */
  #focusOn(offset, selector) {
    const { thread } = this.#parts;
    const inThread = thread?.node.contains(this.#focused);
    this.#redraw();
    const article = (inThread && thread.articleOf(offset)) || this.timeline.articleOf(offset) || thread?.articleOf(offset);
    const part = (selector && article?.querySelector(selector)) || article;
    if (part) this.#focusAfter(part);
  }

  /** A panel or dialog, loaded on first use. */
  async #part(name) {
    if (this.#parts[name]) return this.#parts[name];
    const made = await PARTS[name](this.#actions, this.#session, this);
    if (!this.#parts[name]) {
      this.#parts[name] = made;
      this.node.append(made.node);
    }
    return this.#parts[name];
  }

  /** A message with its room: another one may be open when a dialog about the message ends. */
  #inRoom({ offset }) {
    return { room: this.#session().state.open, offset };
  }

  /** Opens a dialog. */
  #show(name, about) {
    return this.#attempt(async () => (await this.#part(name)).open(about));
  }

  /**
   * Edits a message in its place.
   *
   * @param {import('../types.d.ts').Message} message
   */
  #edit({ offset, text = '' }, inThread = false) {
    const { open, limits } = this.#session().state;
    this.editing.start({ room: open, offset, inThread }, text, limits.text);
    if (!inThread && !this.timeline.articleOf(offset)) this.#attempt(() => this.#session().acts.show(open, offset));
    this.#redraw();
    this.editing.focus();
  }

  /** The new text decides who is mentioned; namesakes of people who were mentioned already come second. */
  #saveEdit(room, offset, text) {
    const open = this.#openRoom();
    const before = (open && known(open, offset)?.mentions) ?? [];
    const { mentions = [] } = this.directory.mentioned(text, before.map((id) => ({ id, name: this.directory.nameOf(id) })));
    return this.#session().acts.edit(room, offset, text, mentions);
  }

  #edited({ room, offset, inThread }) {
    const had = this.editing.node.contains(this.#focused);
    this.#redraw();
    // The person may have gone on while the server worked.
    if (room !== this.#session()?.state.open || (!had && !isFocusFree())) return;
    if (inThread) this.#parts.thread?.focus();
    else if (this.timeline.articleOf(offset)) this.composer.focus();
  }

  get #focused() {
    return /** @type {ShadowRoot} */ (this.node.getRootNode()).activeElement;
  }

  /** Focuses a part after the server has answered. A field of the portal that has got the focus meanwhile keeps it. */
  #focusAfter(part) {
    if (this.#focused || isFocusFree()) part.focus();
  }

  /** ArrowUp in an empty box edits the person's last message in the room, or in the open thread. */
  #editLast(event, inThread = false) {
    const { key, target, shiftKey, ctrlKey, altKey, metaKey, isComposing } = event;
    if (key !== 'ArrowUp' || target.value !== '' || shiftKey || ctrlKey || altKey || metaKey || isComposing) return;
    const { user, features, limits } = this.#session().state;
    const room = this.#openRoom();
    const last = (inThread ? room?.thread : room)?.messages?.findLast((message) => message.by.id === user.id && !message.deleted && !room?.deleting.has(message.offset));
    if (!room || (room.window && !inThread) || !last || !actsOn(last, { room, user, features, limits }).edit) return;
    event.preventDefault();
    this.#edit(last, inThread);
  }

  /** Closes what was opened last. Returns whether there was something. */
  #closePanels() {
    if (this.#drawer) this.#showDrawer(false);
    else if (this.#openRoom()?.thread) this.#closeThread();
    else if (!this.#panel) return false;
    else this.#showPanel(null, { members: this.header.people, pins: this.header.pins, files: this.header.files, documents: this.header.documents, document: this.header.documents }[this.#panel]);
    return true;
  }

  #pressed(event) {
    // An input method, a dialog, a popover or a list of completions takes the key.
    const taken = composes(event) || event.defaultPrevented || this.node.querySelector('dialog[open], :popover-open');
    if (taken) return;
    if (event.key === 'Escape') {
      // The element may be in a dialog of the portal, which stays open.
      if (this.#closePanels()) event.preventDefault();
    } else if (!this.#searches(event)) this.#shortcut(event);
  }

  /** Only while the focus is in the chat: elsewhere in the page, the browser searches. */
  #searches(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const state = this.#session()?.state;
    if (key.toLowerCase() !== 'f' || !(ctrlKey || metaKey) || altKey || !state?.features.includes(SEARCH) || NOBODY.includes(state.connection.phase)) return false;
    event.preventDefault();
    this.#actions.search(shiftKey || !this.#openRoom());
    return true;
  }

  #shortcut(event) {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const state = this.#session()?.state;
    if (event.defaultPrevented || !state || altKey || NOBODY.includes(state.connection.phase)) return;
    const types = target.closest?.('input, textarea, select, [role=textbox]');
    const help = key === '?' && !ctrlKey && !metaKey && !types;
    const switches = key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !target.closest?.('textarea, [role=textbox]');
    const stats = key === 'F8' && !ctrlKey && !metaKey;
    if (!stats && !(state.listed && (help || switches))) return;
    event.preventDefault();
    if (stats) this.#show('stats');
    else if (help) this.#show('help');
    else this.#show('switcher', state);
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
    const session = this.#session();
    return session ? openRoom(session.state) : undefined;
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
    const panel = this.#shownPanel(state, room);
    this.header.update({ room, connection: state.connection, panel, pins: state.features.includes(PINS), files: state.features.includes('files'), documents: state.features.includes('documents'), calls: this.#session()?.calls.on && mayCall(room), inCall: this.#session()?.calls.room ?? null, search: state.features.includes(SEARCH) && state.listed, news: isNew(state), person: this.#personOf(state, room) });
    this.#drawCalls(state, room);
    this.members.update({ room, user: state.user, open: panel === 'members' });
    this.#parts.pins?.update(room, panel === 'pins');
    this.#parts.files?.update(room, panel === 'files');
    this.#parts.documents?.update(room, panel === 'documents', state);
    this.#parts.document?.update(room, panel === 'document');
    if (this.#parts.thread && panel !== 'thread') this.#parts.thread.node.hidden = true;
    const shown = room && !kind;
    this.timeline.node.hidden = this.composer.node.hidden = !shown;
    if (!shown) return this.#answers?.update([]);
    const connected = state.connection.phase === 'connected';
    const editing = this.#editingIn(room);
    this.timeline.update({ room, unsent: ofRoom.filter(isInRoom), user: state.user, connected, editing: editing?.inThread ? null : editing, blocked: state.blocked });
    if (room.thread) this.#drawThread(state, ofRoom, { editing: editing?.inThread ? editing : null, connected, member: isMember(room) });
    this.#drawAnswers(room);
    this.composer.update({ room, limit: state.limits.text, member: isMember(room), until: slowUntil(room, state.user?.id) });
    this.#awaitMuteEnd(room);
    this.#awaitMidnight();
  }

  /** The profile of the other person in a direct room of two. It is asked for once. */
  #personOf({ user }, room) {
    const others = room?.kind === 'direct' ? (room.people ?? []).filter(({ id }) => id !== user?.id) : [];
    const people = this.#session()?.people;
    if (others.length !== 1 || !people?.on) return null;
    const [{ id }] = others;
    const known = people.known(id);
    if (!known && this.#looked !== id) people.one(id).then(() => this.#redraw(), () => {});
    this.#looked = id;
    return known ?? null;
  }

  /** The message of this room that is being edited, and the editor. */
  #editingIn({ id }) {
    const { current, node } = this.editing;
    return current?.room === id ? { ...current, node } : null;
  }

  #drawThread(state, unsent, context) {
    if (this.#parts.thread) this.#parts.thread.update(state, unsent, context);
    else this.#part('thread').then(this.#redraw, () => {});
  }

  /** At midnight "Today" becomes "Yesterday". */
  #awaitMidnight() {
    this.#dayTimer ||= setTimeout(() => {
      this.#dayTimer = 0;
      this.#redraw();
    }, untilMidnight());
  }

  /** No event reports the end of a mute, so a timer does. */
  #awaitMuteEnd(room) {
    clearTimeout(this.#muteTimer);
    if (!isMuted(room)) return;
    this.#muteTimer = setTimeout(() => this.#redraw(), Math.min(Date.parse(room.muted) - serverNow() + 1, LONGEST_TIMER));
  }
}

/** Loaded soon after the first paint, or on first use. */
const panels = () => import('../panels.js');
/** Loaded on first use. */
const documents = () => import('../documents.js');
const loadCalls = () => import('../calls.js');
const slashes = () => import('../slashes.js');
const schedules = () => import('../schedules.js');
const moderations = () => import('../moderations.js');

/** Each is made with the actions of the app and the session. */
const PARTS = {
  thread: async (actions) => new (await panels()).ThreadPanel(actions),
  pins: async (actions) => new (await panels()).PinsPanel(actions),
  files: async (actions) => new (await panels()).FilesPanel(actions, actions.files),
  documents: async (actions, session) => new (await documents()).DocumentList(actions, () => session().documents.load()),
  document: async (actions, session) => new (await documents()).Editor(actions, () => session().documents.load()),
  versions: async (_, session) => new (await panels()).Versions(({ room, offset }) => session().acts.versions(room, offset)),
  report: async (_, session, app) => new (await panels()).ReportDialog(({ room, offset }, reason, note) => session().acts.report(room, offset, reason, note), () => app.say(strings.report.done)),
  date: async (_, session) => new (await panels()).JumpDate((at) => session().acts.showAt(session().state.open, at)),
  stats: async (_, session) => new (await panels()).StatsDialog(session),
  help: async () => new (await panels()).Help(),
  browse: async (actions, session) => new (await panels()).Browse(session, actions),
  card: async (actions, session, app) => new (await panels()).Card(session, { message: (person) => app.message(person), mention: (person) => app.mention(person), preferences: actions.preferences, say: (text) => app.say(text) }),
  preferences: async ({ own, redraw }, session, app) => new (await panels()).Preferences({ session, own, redraw, calls: session().calls.on ? () => app.testCalls() : null, files: session().files.on ? new (await panels()).Usage(() => session().files) : null, notices: session().notices.on ? new (await panels()).NoticeSettings(app.desktop, app.push) : null, data: new (await panels()).MyData({ rest: () => session().files.rest, say: (text) => app.say(text) }) }),
  direct: async ({ begin }, session, app) => new (await panels()).NewDirect({ begin, done: () => app.composer.focus(), find: (text) => session().people.find(text) }),
  choose: async (_, session) => new (await panels()).ChoosePerson({ id: 'choose-title', title: strings.invite, about: strings.inviteAbout, label: strings.role, submit: strings.inviteNow, find: (text) => session().people.find(text) }),
  ban: async (_, session) => new (await panels()).ChoosePerson({ id: 'ban-title', title: strings.people.ban, about: strings.people.banAbout, label: strings.people.banFor, submit: strings.people.ban, grave: true, find: (text) => session().people.find(text) }),
  settings: async (_, session, app) => new (await panels()).RoomSettings((id, change) => session().changeRoom(id, change), () => app.members.focus(), () => session().state.limits.retention),
  search: async (_, session, app) => new (await panels()).Search({ session, goTo: (room, offset) => app.goTo(room, offset), openDocument: (room, id) => app.goToDocument(room, id), roomName: (id) => app.directory.roomName(id), learn: (user) => app.directory.learn(user) }),
  later: async ({ say }, session, app) => new (await schedules()).LaterDialog(await scheduling(session, say, app)),
  remind: async ({ say }, session, app) => new (await schedules()).RemindDialog(await scheduling(session, say, app)),
  change: async ({ say }, session, app) => new (await schedules()).ChangeDialog(await scheduling(session, say, app)),
  scheduled: async ({ say }, session, app) => new (await schedules()).ScheduleList(await scheduling(session, say, app)),
  moderation: async (_, session) => new (await moderations()).ModerationDialog(() => session().rest, () => session().state.user?.id),
  section: async () => new (await panels()).SectionDialog(),
  switcher: async ({ open }, session) => new (await panels()).Switcher(open, session().rooms.counts ? async (text) => (await session().browse(text)).rooms : null),
};

/** What the dialogs of scheduled messages and reminders use. */
async function scheduling(session, say, app) {
  const { ScheduleAccess } = await schedules();
  const mentioned = (text, ids) => app.directory.mentioned(text, ids.map((id) => ({ id, name: app.directory.nameOf(id) })));
  return { access: () => new ScheduleAccess(session().rest), say, mentioned, roomName: (id) => app.directory.roomName(id), goTo: (room, offset) => app.goTo(room, offset), change: (about) => app.changeScheduled(about) };
}

/** Whether other rooms or the bell have something for the person: shown where the rooms are behind a button. */
function isNew({ rooms, open, notices, features }) {
  if (!features.includes(READ)) return false;
  return notices.unread > 0 || [...rooms.values()].some(({ id, mentions, unread, kind, level }) => id !== open && level !== 'nothing' && (mentions > 0 || (kind === 'direct' && unread > 0)));
}

function noticeFor({ connection, listed, rooms }, room) {
  if (connection.phase === 'idle') return 'not-signed-in';
  if (connection.phase === 'signed-out' || connection.phase === 'stopped') return connection.phase;
  if (room && isOver(room)) return room.problem?.code === 'gone' ? 'closed' : 'refused';
  if (!room) return listed && !rooms.size ? 'no-room' : null;
  return null;
}
