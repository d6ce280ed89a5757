/**
 * The room's name and topic, the state of the connection, and the number of people online. No countdown in its live region: a screen reader
 * would announce it every second.
 */
import { ongoing } from '../call/access.js';
import { statusOf } from '../people/people.js';
import { locale, strings } from '../strings.js';
import { asSheet, h, icon, setAll, setText } from './dom.js';

export class RoomHeader {
  #kind = null;

  constructor(actions) {
    this.menu = h('button', { type: 'button', class: 'round menu', 'aria-label': strings.showRooms, title: strings.showRooms, on: { click: () => actions.drawer(true) } }, icon('menu'));
    this.emblem = h('span', { class: 'emblem' });
    this.name = h('h2', { dir: 'auto' });
    this.topic = h('p', { class: 'topic', dir: 'auto' });
    this.status = h('span', { class: 'status', role: 'status', 'aria-label': strings.connectionLabel }, h('span'));
    this.online = h('span', { class: 'long' });
    this.count = h('span', { class: 'short' });
    this.people = h('button', { type: 'button', class: 'people', on: { click: () => actions.panel() } }, icon('people'), this.online, this.count);
    this.pins = h('button', { type: 'button', class: 'round pins-button', 'data-icon': 'pin', 'aria-label': strings.pins.show, title: strings.pins.show, on: { click: () => actions.pinsPanel() } }, icon('pin'));
    this.files = h('button', { type: 'button', class: 'round files-button', 'data-icon': 'clip', 'aria-label': strings.files.show, title: strings.files.show, on: { click: () => actions.filesPanel() } }, icon('clip'));
    this.documents = h('button', { type: 'button', class: 'round documents-button', 'data-icon': 'page', 'aria-label': strings.documents, title: strings.documents, on: { click: () => actions.documentsPanel() } }, icon('page'));
    this.callers = h('span');
    this.call = h('button', { type: 'button', class: 'round call-button', on: { click: () => actions.call() } }, icon('phone'), this.callers);
    this.search = h('button', { type: 'button', class: 'round search-button', 'data-icon': 'search', 'aria-label': strings.search.open, title: strings.search.open, 'aria-haspopup': 'dialog', on: { click: () => actions.search(false) } }, icon('search'));
    this.more = h('button', { type: 'button', class: 'round more-button', 'aria-label': strings.acts.more, title: strings.acts.more, 'aria-haspopup': 'menu', on: { click: () => this.#unfold(actions) } }, icon('more'));
    this.node = h('header', { class: 'header' }, this.menu, this.emblem, h('div', { class: 'title' }, this.name, this.topic), this.status, this.call, this.search, this.documents, this.files, this.pins, this.more, this.people);
  }

  /** `panel` is the name of the open panel, or null. */
  update({ room, connection, panel, pins, files = false, documents = false, calls = false, inCall = null, search = false, news = false, person = null }) {
    this.#showRoom(room, person);
    setAll(this.menu, { 'data-news': news, 'aria-label': news ? strings.notices.news : strings.showRooms });
    setText(this.status.firstChild, strings.phases[connection.phase]);
    setAll(this.status, { 'data-phase': connection.phase, title: strings.phases[connection.phase] });
    this.search.hidden = !search;
    this.people.hidden = !room;
    this.pins.hidden = !room || !pins;
    this.files.hidden = !room || !files;
    setAll(this.documents, { 'aria-expanded': String(panel === 'documents' || panel === 'document') });
    this.documents.hidden = !room || !documents;
    this.call.hidden = !room || !calls;
    if (calls) this.#showCall(room, inCall);
    setAll(this.node, { 'data-folds': this.#folded.length > 1 });
    setAll(this.files, { 'aria-expanded': String(panel === 'files') });
    setAll(this.pins, { 'aria-expanded': String(panel === 'pins') });
    if (!room) return;
    const online = Array.isArray(room.online) ? room.online.length : room.online;
    setText(this.online, online === null ? strings.members : strings.online(online));
    // Where there is no room for the word, the label still has it.
    setText(this.count, online === null ? '' : online.toLocaleString(locale()));
    setAll(this.people, { 'aria-expanded': String(panel === 'members'), 'aria-label': strings.showMembers(online), title: online === null ? strings.members : strings.online(online) });
  }

  #showCall(room, inCall) {
    const people = ongoing(room)?.people.length ?? 0;
    const label = inCall === room.id ? strings.call.back : people ? strings.call.join(people) : strings.call.start;
    setAll(this.call, { 'aria-label': label, title: label, 'data-on': people > 0, 'aria-current': inCall === room.id ? 'true' : null });
    setText(this.callers, people ? people.toLocaleString(locale()) : '');
  }

  /** The buttons of the panels. Where there is no space for them, a menu has them. */
  get #folded() {
    return [this.documents, this.files, this.pins].filter(({ hidden }) => !hidden);
  }

  #unfold(actions) {
    const search = !this.search.hidden && getComputedStyle(this.search).display === 'none' ? [this.search] : [];
    const items = [...search, ...this.#folded].map((button) => ({ icon: button.dataset.icon, text: button.title, act: () => button.click() }));
    actions.popup.show(this.more, { label: strings.acts.more, items, sheet: asSheet() });
  }

  /** In a direct room of two, the status of the other person stands in place of a topic. */
  #showRoom(room, person) {
    const status = statusOf(person);
    const topic = status ? [status.emoji, status.text].filter(Boolean).join(' ') : (strings.people.availabilities[person?.availability] ?? room?.topic ?? '');
    setText(this.name, room ? (room.name ?? room.id) : strings.rooms);
    setText(this.topic, topic);
    this.topic.hidden = !topic;
    setAll(this.topic, { title: topic || null });
    this.emblem.hidden = !room;
    if (room?.kind === this.#kind) return;
    this.#kind = room?.kind;
    this.emblem.replaceChildren(icon({ private: 'lock', direct: 'people' }[room?.kind] ?? 'hash'));
  }
}
