/** The members of the open room, online ones first, and how long it keeps messages. Moderators can manage people here, owners the room. */
import { shownName } from '../people/erased.js';
import { isMuted, mayModerate, moderates } from '../authority.js';
import { keeps } from '../rooms/retention.js';
import { badge } from '../slash/bot.js';
import { isMember } from '../store.js';
import { locale, strings } from '../strings.js';
import { avatar } from './avatar.js';
import { arrange, h, icon, setText } from './dom.js';
import { deadline } from './times.js';

export class MembersPanel {
  #actions;
  #shown = /** @type {Record<string, any>} */ ({});

  constructor(actions) {
    this.#actions = actions;
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => actions.panel(false) } }, icon('close'));
    this.lists = h('div', { class: 'lists' });
    this.kept = h('p', { class: 'kept' });
    this.more = h('button', { type: 'button', class: 'earlier', on: { click: () => actions.moreMembers() } }, strings.moreMembers);
    this.settings = act('gear', strings.roomSettings, () => actions.roomSettings());
    this.invite = act('plus', strings.invite, () => actions.invite());
    this.ban = act('stop', strings.people.ban, () => actions.banSomeone(), 'grave');
    this.leave = act('door', strings.leave, () => actions.leave(), 'grave');
    this.closeRoom = act('close', strings.closeRoom, () => actions.closeRoom(), 'grave');
    this.node = h('aside', { class: 'members', 'aria-label': strings.members, hidden: true }, h('header', {}, h('h2', {}, strings.members), this.close), this.lists, h('footer', {}, this.kept, this.settings, this.invite, this.ban, this.leave, this.closeRoom));
  }

  update({ room, user, open }) {
    this.node.hidden = !open || !room;
    if (this.node.hidden) return;
    const direct = room.kind === 'direct';
    this.invite.hidden = direct || !moderates(room.role);
    this.ban.hidden = this.invite.hidden || !this.#actions.hasProfiles?.();
    this.leave.hidden = direct || !isMember(room);
    this.closeRoom.hidden = this.settings.hidden = direct || room.role !== 'owner';
    this.kept.hidden = !room.retention;
    setText(this.kept, room.retention ? keeps(room.retention) : '');
    const { members, bans, role, membersAfter, bansAfter } = room;
    const now = { members, bans, role, more: membersAfter !== null || bansAfter !== null };
    if (Object.keys(now).every((key) => now[key] === this.#shown[key])) return;
    this.#shown = now;
    this.#keepingFocus(() => arrange(this.lists, members ? this.#groups(room, user) : [skeleton()]));
  }

  focus() {
    this.close.focus();
  }

  /** Focuses the button that manages this user, or the close button if there is none. */
  focusOn(user, options = {}) {
    const button = [...this.lists.querySelectorAll('[data-manages]')].find(({ dataset }) => dataset.manages === user);
    (button ?? this.close).focus(options);
  }

  /**
   * Restores the focus to the same person's button after the list is rebuilt, or to the close button if the person is gone. The portal may have
   * been scrolled meanwhile, and stays where it is.
   */
  #keepingFocus(change) {
    const before = this.node.getRootNode().activeElement;
    change();
    if (before?.dataset?.manages && !before.isConnected) this.focusOn(before.dataset.manages, { preventScroll: true });
    else if (before === this.more && !before.isConnected) this.close.focus({ preventScroll: true });
  }

  #groups({ members, bans, role }, user) {
    const sorted = byName(members);
    const people = (list) => list.map((member) => this.#person(member, user, role));
    return [
      group(strings.onlineHeading, people(sorted.filter((member) => member.online))),
      group(strings.offlineHeading, people(sorted.filter((member) => !member.online))),
      moderates(role) && group(strings.bannedHeading, people(byName(bans ?? []))),
      this.#shown.more && this.more,
    ].filter(Boolean);
  }

  #person(member, user, role) {
    const { user: someone, online } = member;
    const mine = someone.id === user?.id;
    return h(
      'li',
      { 'data-online': Boolean(online) },
      avatar(someone),
      this.#name(member, mine),
      badge(someone.id),
      isMuted(member) && h('span', { class: 'role', title: strings.mutedUntil(deadline(member.muted)) }, strings.muted),
      strings.roles[member.role] && h('span', { class: 'role' }, strings.roles[member.role]),
      !mine && mayModerate(role, member.role) && this.#manage(member, role),
    );
  }

  #name(member, mine) {
    const shown = [h('bdi', {}, nameOf(member)), mine && h('span', { class: 'you' }, ` (${strings.you})`)];
    if (!this.#actions.hasProfiles?.()) return h('bdi', { class: 'name' }, nameOf(member), shown[1]);
    const button = h('button', { type: 'button', class: 'name', 'aria-haspopup': 'dialog', on: { click: () => this.#actions.profile(member.user, button) } }, shown);
    return button;
  }

  #manage(member, role) {
    const label = strings.manage(nameOf(member));
    const attributes = { type: 'button', class: 'round more', 'aria-label': label, title: label, 'aria-haspopup': 'dialog', 'data-manages': member.user.id };
    return h('button', { ...attributes, on: { click: () => this.#actions.manage(member, role) } }, icon('more'));
  }
}

function act(emblem, text, click, style = '') {
  return h('button', { type: 'button', class: `act ${style}`, on: { click } }, icon(emblem), text);
}

function byName(people) {
  return [...people].sort((a, b) => nameOf(a).localeCompare(nameOf(b), locale()));
}

function group(title, people) {
  if (!people.length) return null;
  return h('section', {}, h('h3', {}, title, h('span', { class: 'count' }, String(people.length))), h('ul', {}, people));
}

function nameOf({ user }) {
  return shownName(user);
}

function skeleton() {
  return h('div', { class: 'skeleton', 'aria-hidden': 'true' }, [64, 48, 56].map((width) => h('i', { style: { width: `${width}%` } })));
}
