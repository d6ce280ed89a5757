/** The members of the open room, online ones first, and how long it keeps messages. Moderators can manage people here, owners the room. */
import { shownName } from '../people/erased.js';
import { isMuted, mayModerate, moderates } from '../authority.js';
import { keeps } from '../rooms/retention.js';
import { badge } from '../slash/bot.js';
import { isMember } from '../store.js';
import { locale, strings } from '../strings.js';
import { avatar } from './avatar.js';
import { arrange, h, icon, setAll, setText } from './dom.js';
import { deadline } from './times.js';

export class MembersPanel {
  #actions;
  #shown = /** @type {Record<string, any>} */ ({});
  /** The rows by person, with what each shows, and the groups by their headings. */
  #rows = new Map();
  #sections = new Map();

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
  focusOn(user) {
    const button = [...this.lists.querySelectorAll('[data-manages]')].find(({ dataset }) => dataset.manages === user);
    (button ?? this.close).focus();
  }

  /**
   * Restores the focus to the same person's button after the list has changed, or to the close button if the person is gone. The portal may
   * have been scrolled meanwhile, and stays where it is.
   */
  #keepingFocus(change) {
    const root = this.node.getRootNode();
    const before = root.activeElement;
    const had = before && this.lists.contains(before);
    const row = had && [...this.#rows].find(([, { node }]) => node.contains(before))?.[0];
    change();
    if (!had || root.activeElement === before) return;
    // A row that moves to another group loses the focus.
    const button = before.isConnected ? before : this.#rows.get(row)?.node.querySelector(before.dataset.manages ? '[data-manages]' : 'button.name');
    (button ?? this.close).focus({ preventScroll: true });
  }

  #groups({ members, bans, role }, user) {
    const sorted = byName(members);
    const people = (list) => list.map((member) => this.#person(member, user, role));
    const banned = moderates(role) ? byName(bans ?? []) : [];
    const known = new Set([...members, ...banned].map(rowOf));
    for (const row of this.#rows.keys()) if (!known.has(row)) this.#rows.delete(row);
    return [
      this.#group(strings.onlineHeading, people(sorted.filter((member) => member.online))),
      this.#group(strings.offlineHeading, people(sorted.filter((member) => !member.online))),
      this.#group(strings.bannedHeading, people(banned)),
      this.#shown.more && this.more,
    ].filter(Boolean);
  }

  #group(title, people) {
    if (!people.length) return null;
    let group = this.#sections.get(title);
    if (!group) {
      const [count, list] = [h('span', { class: 'count' }), h('ul')];
      this.#sections.set(title, (group = { count, list, node: h('section', {}, h('h3', {}, title, count), list) }));
    }
    setText(group.count, String(people.length));
    arrange(group.list, people);
    return group.node;
  }

  /** The row of a person. One that shows the same stays, so that a press on it is not lost when others come and go. */
  #person(member, user, role) {
    const { online, ...rest } = member;
    const key = JSON.stringify([rest, isMuted(member), user?.id, role, Boolean(this.#actions.hasProfiles?.())]);
    let row = this.#rows.get(rowOf(member));
    if (row?.key !== key) this.#rows.set(rowOf(member), (row = { key, node: this.#newPerson(member, user, role) }));
    setAll(row.node, { 'data-online': Boolean(online) });
    return row.node;
  }

  #newPerson(member, user, role) {
    const { user: someone } = member;
    const mine = someone.id === user?.id;
    return h(
      'li',
      {},
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

/** A person may be a member and banned, for a moment. */
function rowOf({ user, role }) {
  return JSON.stringify([role === 'banned', user.id]);
}

function act(emblem, text, click, style = '') {
  return h('button', { type: 'button', class: `act ${style}`, on: { click } }, icon(emblem), text);
}

function byName(people) {
  return [...people].sort((a, b) => nameOf(a).localeCompare(nameOf(b), locale()));
}

function nameOf({ user }) {
  return shownName(user);
}

function skeleton() {
  return h('div', { class: 'skeleton', 'aria-hidden': 'true' }, [64, 48, 56].map((width) => h('i', { style: { width: `${width}%` } })));
}
