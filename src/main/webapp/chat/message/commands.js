/**
 * What the views call when a person acts on a message of the open room. It knows the rights, asks for what an act needs, and says what was
 * refused. The acts themselves are the session's.
 */
import { moderates } from '../authority.js';
import { NOTIFICATIONS } from '../notify/fold.js';
import { openRoom } from '../store.js';
import { sentence, strings } from '../strings.js';
import { permalink } from './permalink.js';
import { quoted } from './quote.js';
import { USUAL } from './reactions.js';
import { actsOn } from './rights.js';

const words = strings.acts;
/** Shown as a picture that may be deleted, so it is not offered in the toolbar. */
const isCustom = (emoji) => emoji[0] === ':';
/** The feature of the server. */
const SCHEDULE = 'schedule';

/**
 * `view` has what acts change on the page: `say(text)`, `menu`, `edit(message, inThread)`, `insert(text, inThread)`, `threadOpened()`,
 * `showVersions(message)`, `report(message)`, `focusOn(offset, selector?)`, `links()`, `profile(user, anchor)`, `remind(message)`.
 */
export function messageCommands(session, view) {
  let usual = USUAL[0];
  const state = () => session().state;
  const room = () => /** @type {import('../types.d.ts').Room} */ (openRoom(state()));
  const rights = (message, of = room()) => actsOn(message, { room: of, user: state().user, features: state().features, limits: state().limits });

  async function attempt(act, special = {}) {
    try {
      await act();
    } catch (problem) {
      view.say(problem.lost ? words.offline : sentence(problem, { ...words.problems, ...special }));
    }
  }

  /** Who may delete depends on the author's role. */
  async function withMembers() {
    const { id, role, members } = room();
    if (moderates(role) && members === null) await session().members(id);
  }

  /** Whether this room is still open after the server has answered. */
  const isOpen = (id) => session()?.state.open === id;

  function toggleReaction(message, emoji, id = room().id) {
    const { reactions } = message;
    const mine = Boolean(reactions && Object.hasOwn(reactions, emoji) && reactions[emoji].mine);
    if (!mine && !isCustom(emoji)) usual = emoji;
    return attempt(() => session().acts.react(id, message.offset, emoji, !mine), words.reactionsFull);
  }

  function addReaction(message, emoji, id) {
    const known = message.reactions && Object.hasOwn(message.reactions, emoji) && message.reactions[emoji].mine;
    if (!isCustom(emoji)) usual = emoji;
    if (!known) toggleReaction(message, emoji, id);
  }

  /** The picker is loaded on first use. Where that fails, six usual emoji are offered. */
  async function pickReaction(message, anchor) {
    const { id } = room();
    const chosen = (emoji) => addReaction(message, emoji, id);
    const article = anchor.closest('article');
    const back = () => (anchor.isConnected && anchor.matches('button') ? anchor : article)?.focus();
    const picker = await import('../panels.js').catch(() => null);
    if (picker) picker.openPicker(anchor, chosen, back, session().files);
    else view.menu.show(anchor, { label: words.react, emoji: USUAL.map((emoji) => ({ emoji, label: words.reactWith(emoji), act: () => chosen(emoji) })) });
  }

  async function copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
      view.say(done);
    } catch {
      view.say(words.notCopied);
    }
  }

  function pin(message) {
    return attempt(() => session().acts.pin(room().id, message.offset, !message.pinned), words.pinsFull);
  }

  async function removePreview(message, url) {
    const { id } = room();
    await attempt(() => session().acts.unpreview(id, message.offset, url));
    if (isOpen(id)) view.focusOn(message.offset);
  }

  async function remove(message) {
    const { id } = room();
    await attempt(withMembers);
    const of = session()?.state.rooms.get(id);
    if (!of || !rights(message, of).delete) return;
    session().acts.delete(id, message.offset);
    if (isOpen(id)) view.focusOn(message.offset, '.undo button');
  }

  function undoDelete(offset) {
    session().acts.undoDelete(room().id, offset);
    view.focusOn(offset);
  }

  function copyLink(message) {
    if (view.links()) copy(permalink(room().id, message.offset), words.linkCopied);
  }

  function openThread(root) {
    const opening = session().acts.openThread(room().id, root);
    view.threadOpened();
    return attempt(() => opening);
  }

  function items(message, may, inThread, anchor) {
    const { by } = message;
    return [
      may.reply && !inThread && { icon: 'reply', text: words.reply, keys: 'T', act: () => openThread(message.thread ?? message.offset) },
      may.edit && { icon: 'pencil', text: words.edit, keys: 'E', act: () => view.edit(message, inThread) },
      may.quote && { icon: 'quote', text: words.quote, keys: 'Q', act: () => quote(message, inThread) },
      message.text && { icon: 'copy', text: words.copy, act: () => copy(message.text, words.copied) },
      view.links() && { icon: 'link', text: words.link, keys: 'L', act: () => copyLink(message) },
      (may.pin || may.unpin) && { icon: 'pin', text: may.pin ? words.pin : words.unpin, keys: 'P', act: () => pin(message) },
      may.unread && !inThread && { icon: 'unread', text: strings.reading.markUnread, keys: 'U', act: () => markUnread(message) },
      view.remind && state().features.includes(SCHEDULE) && state().features.includes(NOTIFICATIONS) && { icon: 'bell', text: words.remind, act: () => view.remind(message) },
      view.profile && session().people.on && { icon: 'people', text: strings.people.profile(by.name || by.id), act: () => view.profile(by, anchor) },
      may.versions && { icon: 'clock', text: words.versions, act: () => view.showVersions(message) },
      may.report && { icon: 'flag', text: words.report, act: () => view.report(message) },
      may.delete && { icon: 'bin', text: words.delete, keys: words.deleteKey, grave: true, act: () => remove(message) },
    ].filter(Boolean);
  }

  function markUnread(message) {
    session().markUnread(room().id, message.offset);
  }

  function quote(message, inThread) {
    view.insert((before) => quoted(message.text ?? '', before), inThread);
  }

  /** All that can be done with a message. A sheet also offers the usual emoji. */
  async function menu(message, anchor, { inThread = false, sheet = false }) {
    const { id } = room();
    await attempt(withMembers);
    if (!isOpen(id)) return;
    const may = rights(message);
    /** @type {any[]} */
    const emoji = USUAL.map((one) => ({ emoji: one, label: words.reactWith(one), act: () => addReaction(message, one, id) }));
    emoji.push({ emoji: '', icon: 'smile', label: words.react, act: () => pickReaction(message, anchor) });
    view.menu.show(anchor, { label: words.toolbar, items: items(message, may, inThread, anchor), emoji: sheet && may.react ? emoji : [], sheet });
  }

  return {
    actsOn: (message) => rights(message),
    usualEmoji: () => usual,
    nameOf: (id) => session()?.nameOf(id) ?? id,
    menuIsOpen: () => view.menu.open,
    toggleReaction,
    pickReaction,
    menu,
    copyLink,
    quote,
    markUnread,
    pin,
    openThread,
    edit: view.edit,
    delete: remove,
    removePreview,
    undoDelete,
    versions: view.showVersions,
    showMessage: (offset) => attempt(() => session().acts.show(room().id, offset)),
  };
}
