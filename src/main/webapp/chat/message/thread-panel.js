/** One thread beside the room: its root, the replies, and a composer of its own. */
import { openRoom } from '../store.js';
import { strings } from '../strings.js';
import { slowUntil } from '../moderation/posting.js';
import { Composer } from '../view/composer.js';
import { h, icon, setText } from '../view/dom.js';
import { fillMessage } from '../view/message.js';
import { Timeline } from '../view/timeline.js';
import { Acting } from './acting.js';

const words = strings.thread;

export class ThreadPanel {
  #actions;
  #root = /** @type {any} */ (null);

  /** `actions.send(text, options)` sends; `actions.earlierReplies()` loads more; `actions.closeThread()` closes. */
  constructor(actions) {
    this.#actions = actions;
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': words.close, title: words.close, on: { click: () => actions.closeThread() } }, icon('close'));
    this.about = h('p', { class: 'topic', dir: 'auto' });
    this.article = h('article', { tabindex: '-1' });
    this.count = h('p', { class: 'divider count' }, h('span'));
    this.root = h('div', { class: 'root', tabindex: '0', role: 'region', 'aria-label': words.title }, this.article);
    this.acting = new Acting(this.root, actions, () => ({ message: this.#root, inThread: true }));
    this.timeline = new Timeline({ ...actions, earlier: () => actions.earlierReplies(), later() {}, latest() {} });
    this.also = h('input', { type: 'checkbox' });
    this.alsoText = h('span');
    this.composer = new Composer({ ...actions, typing() {}, send: (text, options) => this.#send(text, options) });
    this.composer.node.addEventListener('keydown', (event) => actions.editLast(event, true));
    const check = h('label', { class: 'also' }, this.also, this.alsoText);
    const header = h('header', {}, h('div', { class: 'title' }, h('h2', {}, words.title), this.about), this.close);
    this.composer.node.prepend(check);
    this.check = check;
    this.node = h('aside', { class: 'thread', 'aria-label': words.title, hidden: true }, header, this.root, this.count, this.timeline.node, this.composer.node);
  }

  update(state, unsent, { editing, connected, member }) {
    const room = openRoom(state);
    const thread = room?.thread;
    this.node.hidden = !thread;
    if (!room || !thread) return;
    const name = room.name ?? room.id;
    setText(this.about, name);
    this.#showRoot(room, thread, state.user, editing);
    const replies = unsent.filter((entry) => entry.thread === thread.root);
    const list = { ...room, id: JSON.stringify([room.id, thread.root]), window: null, target: thread.target, messages: thread.messages, earlier: thread.earlier, loading: thread.loading, newAfter: thread.newAfter, unreadThreads: undefined };
    this.timeline.update({ room: list, unsent: replies, user: state.user, connected, editing, inThread: true, blocked: state.blocked });
    this.composer.update({ room: { ...room, typing: new Map() }, thread: thread.root, limit: state.limits.text, member, until: slowUntil(room, state.user?.id), label: words.reply });
    setText(this.alsoText, words.also(name));
    this.check.hidden = this.composer.input.disabled;
  }

  focus() {
    (this.composer.input.disabled ? this.close : this.composer).focus();
  }

  /** The row of a message, if it is shown. */
  articleOf(offset) {
    return offset === this.#root?.offset ? this.article : this.timeline.articleOf(offset);
  }

  #showRoot(room, { root, message }, user, editing) {
    const changed = root !== this.#root?.offset;
    if (changed) this.also.checked = false;
    this.root.hidden = message === null;
    this.#root = message;
    const count = message?.replies?.count ?? 0;
    this.count.hidden = count === 0;
    setText(this.count.firstChild, words.replies(count));
    if (!message) return;
    const editor = editing?.offset === root ? editing.node : null;
    const deleting = room.deleting.has(root);
    fillMessage(this.article, { message, first: true, state: 'sent', mine: false, connected: true, editor, deleting, inThread: true }, this.#actions);
    this.acting.changed(this.article);
  }

  #send(text, options) {
    const sent = this.#actions.send(text, { ...options, also: this.also.checked });
    if (sent) {
      this.also.checked = false;
      this.timeline.follow();
    }
    return sent;
  }
}
