/** Who belongs to the open room, those online first. */
import { isMember } from '../store.js';
import { strings } from '../strings.js';
import { avatar } from './avatar.js';
import { arrange, h, icon } from './dom.js';

export class MembersPanel {
  #shown = null;

  constructor(actions) {
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': strings.close, title: strings.close, on: { click: () => actions.panel(false) } }, icon('close'));
    this.lists = h('div', { class: 'lists' });
    this.leave = h('button', { type: 'button', class: 'leave', on: { click: () => actions.leave() } }, icon('door'), strings.leave);
    this.node = h('aside', { class: 'members', 'aria-label': strings.members, hidden: true }, h('header', {}, h('h2', {}, strings.members), this.close), this.lists, h('footer', {}, this.leave));
  }

  update({ room, user, open }) {
    this.node.hidden = !open || !room;
    if (this.node.hidden) return;
    this.leave.hidden = !isMember(room);
    if (this.#shown === room.members) return;
    this.#shown = room.members;
    arrange(this.lists, room.members ? groups(room.members, user) : [skeleton()]);
  }

  focus() {
    this.close.focus();
  }
}

function groups(members, user) {
  const sorted = [...members].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  const online = sorted.filter((member) => member.online);
  const offline = sorted.filter((member) => !member.online);
  return [group(strings.onlineHeading, online, user), group(strings.offlineHeading, offline, user)].filter(Boolean);
}

function group(title, members, user) {
  if (!members.length) return null;
  return h('section', {}, h('h3', {}, title, h('span', { class: 'count' }, String(members.length))), h('ul', {}, members.map((member) => person(member, user))));
}

function person(member, user) {
  const { user: someone, role, online } = member;
  return h(
    'li',
    { 'data-online': Boolean(online) },
    avatar(someone),
    h('bdi', { class: 'name' }, nameOf(member), someone.id === user?.id && h('span', { class: 'you' }, ` (${strings.you})`)),
    strings.roles[role] && h('span', { class: 'role' }, strings.roles[role]),
  );
}

function nameOf({ user }) {
  return user.name || user.id;
}

function skeleton() {
  return h('div', { class: 'skeleton', 'aria-hidden': 'true' }, [64, 48, 56].map((width) => h('i', { style: { width: `${width}%` } })));
}
