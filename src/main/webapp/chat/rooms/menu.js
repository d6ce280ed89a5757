/** What can be done with a room in the sidebar: a menu, and the moves that it and the keyboard make. */
import { moderates } from '../authority.js';
import { sentence, strings } from '../strings.js';
import { asSheet } from '../view/dom.js';
import { levelsOf } from './levels.js';

const words = strings.sidebar;

/**
 * The actions of the sidebar. `view` has `menu`, `say(text)`, `list` (the RoomList), `askSection(name)` which resolves to a name, to an empty
 * text for no section, or to null, `moderate(room)`, `leave(id)` and `redraw()`.
 */
export function roomCommands(session, view) {
  const roomOf = (id) => session().state.rooms.get(id);
  const set = (id, settings) => session().rooms.set(id, settings);

  function menu(id, anchor) {
    const room = roomOf(id);
    if (!room) return;
    const counted = room.unread > 0 || room.mentions > 0;
    const items = [
      counted && { icon: 'check', text: words.markRead, act: () => session().rooms.markRead(id) },
      { icon: 'star', text: room.favourite ? words.notFavourite : words.favourite, act: () => set(id, { favourite: !room.favourite, position: 0 }) },
      { icon: 'list', text: words.moveTo, act: () => moveTo(room) },
      room.kind !== 'direct' && { icon: 'up', text: words.up, keys: 'Alt ↑', act: () => shift(id, -1) },
      room.kind !== 'direct' && { icon: 'down', text: words.down, keys: 'Alt ↓', act: () => shift(id, 1) },
      { heading: words.notify },
      ...levelsOf(room).map(({ level, chosen }) => ({ icon: level === 'nothing' ? 'bell-off' : 'bell', text: words.levels[level], checked: chosen, act: () => set(id, { level }) })),
      { heading: '' },
      room.kind !== 'direct' && moderates(room.role) && { icon: 'flag', text: words.moderation, act: () => view.moderate(room) },
      { icon: 'eye-off', text: room.hidden ? words.unhide : words.hide, act: () => set(id, { hidden: !room.hidden }) },
      room.kind !== 'direct' && { icon: 'door', text: strings.leave, grave: true, act: () => leave(id) },
    ];
    view.menu.show(anchor, { label: words.options(room.name ?? room.id), items: items.filter(Boolean), sheet: asSheet() });
  }

  async function leave(id) {
    try {
      await session().leave(id);
    } catch (problem) {
      view.say(sentence(problem, strings.leaving));
    }
  }

  async function moveTo({ id, section }) {
    const name = await view.askSection(section ?? '');
    if (name !== null) set(id, { section: name, favourite: false, position: 0 });
  }

  function sectionOf(id) {
    return view.list.sections.find(({ rooms }) => rooms.some((room) => room.id === id));
  }

  /** Moves a room up or down in its section. */
  async function shift(id, step) {
    const section = sectionOf(id);
    if (!section || !isOrdered(section.key)) return;
    const at = section.rooms.findIndex((room) => room.id === id);
    const to = at + step;
    if (to < 0 || to >= section.rooms.length) return;
    await moveInto(id, section, to);
    view.list.focusOn(id);
  }

  /** Puts a room into a section, before another room. */
  function place(id, { section: key, before }) {
    const section = view.list.sections.find((one) => one.key === key);
    if (!section || (!isOrdered(key) && key !== 'direct') || before === id) return;
    const others = section.rooms.filter((room) => room.id !== id);
    const at = before === null ? others.length : others.findIndex((room) => room.id === before);
    moveInto(id, section, at < 0 ? others.length : at);
  }

  async function moveInto(id, { key, name, rooms }, at) {
    const into = { favourite: key === 'favourites', section: key.startsWith('own ') ? (name ?? '') : '' };
    await session().rooms.move(id, into, rooms.filter((room) => room.id !== id), at);
    view.redraw();
  }

  return { roomMenu: menu, shiftRoom: shift, placeRoom: place };
}

/** Direct rooms are in the order of their last messages. */
function isOrdered(key) {
  return key === 'favourites' || key === 'mine' || key.startsWith('own ');
}
