/**
 * One message as an article: author, time, text and delivery state. `format/message.js` draws the text.
 */
import { formatted } from '../format/message.js';
import { attached } from '../file/attached.js';
import { Reactions } from '../message/reactions.js';
import { repliesLink, threadLink } from '../message/replies.js';
import { shownName } from '../people/erased.js';
import { previews, textOf } from '../preview/previews.js';
import { badge } from '../slash/bot.js';
import { receipts } from '../rooms/receipts.js';
import { sentence, strings } from '../strings.js';
import { avatar } from './avatar.js';
import { arrange, h, hidden, icon, setAll } from './dom.js';
import { clock, full } from './times.js';

/** What each article shows, part by part, so that a change touches its part alone: a re-drawn button would lose the focus. */
const shown = new WeakMap();

/**
 * Fills `article` with a row `{message, first, state, mine, connected}`. `message` comes from the log or the outbox; `first` means that it
 * starts a group of messages by the same author. A toolbar in the article stays.
 *
 * @param {HTMLElement} article
 * @param {import('../types.d.ts').MessageRow} row
 * @param {any} actions
 */
export function fillMessage(article, row, actions) {
  const { message, first, state, mine, connected, editor = null, deleting = false, unread = false, inThread = false, seen, folded = false } = row;
  const { by, at, reactions, replies, thread } = message;
  setAll(article, {
    class: ['message', first && 'first', mine && 'mine', (message.deleted || deleting || folded || state === 'discarded') && 'deleted'].filter(Boolean).join(' '),
    'data-offset': message.offset ?? null,
    'data-state': state,
    'data-key': message.key ?? null,
    'data-editing': editor !== null,
    // Screen readers don't read the person's own message back. The timeline announces its delivery state.
    'aria-live': mine ? 'off' : null,
  });
  const profiled = Boolean(actions.hasProfiles?.());
  const before = shown.get(article) ?? { body: h('div', { class: 'body' }), reactions: new Reactions(actions) };
  const now = { body: before.body, reactions: before.reactions };
  const part = (name, key, make) => (now[name] = before[name]?.key.every((value, n) => value === key[n]) ? before[name] : { key, node: make() }).node;
  const chips = deleting || folded || !(reactions || message.pinned || before.chips) ? null : before.reactions.update(message);
  now.chips = chips;
  arrange(before.body, [
    part('heading', [first, by.id, by.name, at, profiled], () => heading(row, actions)),
    part('context', [inThread ? null : thread], () => (thread && !inThread ? threadLink(message, actions) : null)),
    part('text', [message.text, message.edited, message.deleted, deleting, editor, folded, state === 'discarded'], () => editor ?? body(row, actions)),
    part('files', [message.files?.map(({ id }) => id).join(' '), message.deleted, deleting, folded, state === 'discarded'], () => (message.files?.length && !message.deleted && !deleting && !folded && state !== 'discarded' ? attached(message.files, actions) : null)),
    part('previews', [textOf(message.previews), message.deleted, deleting, folded], () => (message.previews?.length && !message.deleted && !deleting && !folded ? previews(message, actions) : null)),
    part('form', [message.form && JSON.stringify(message.form), message.offset, message.deleted, deleting, folded], () => (message.form && !message.deleted && !deleting && !folded ? form(message, actions) : null)),
    chips,
    part('replies', [deleting, inThread, unread, replies], () => (replies && !deleting && !inThread ? repliesLink(message, unread, actions) : null)),
    part('seen', [seen?.join('\0')], () => (seen?.length ? receipts(seen, actions) : null)),
    part('failure', [state, message.problem], () => failure(row, actions)),
  ].filter(Boolean));
  const margins = part('margin', [first, by.id, by.name, at, profiled], () => margin(row, actions));
  const progressed = part('progress', [state, mine, connected, message.late], () => progress(row));
  arrange(article, [margins, before.body, progressed, article.querySelector(':scope > .toolbar')].filter(Boolean));
  shown.set(article, now);
}

/** With profiles, the pointer opens one at the picture; the name is the button for all. */
function margin({ message, first }, actions) {
  if (first && actions.hasProfiles?.()) {
    const face = avatar(message.by, { 'data-profile': '' });
    face.addEventListener('click', () => actions.profile(message.by, face));
    return face;
  }
  return first ? avatar(message.by) : h('time', { class: 'aside', datetime: message.at, title: full(message.at) }, clock(message.at));
}

function heading({ message, first }, actions) {
  const name = shownName(message.by);
  if (!first) return hidden(`${name}: `);
  return h(
    'header',
    {},
    actions.hasProfiles?.() ? author(message.by, name, actions) : h('bdi', { class: 'author', title: message.by.id }, name),
    badge(message.by.id),
    h('time', { datetime: message.at, title: full(message.at) }, clock(message.at)),
  );
}

/** For the pointer. The keyboard reaches profiles by the message's menu: another stop at each message would be in the way. */
function author(by, name, actions) {
  const button = h('button', { type: 'button', class: 'author', tabindex: '-1', title: by.id, 'aria-haspopup': 'dialog', on: { click: () => actions.profile(by, button) } }, h('bdi', {}, name));
  return button;
}

/**
 * In place of the text of a blocked person.
 *
 * @param {import('../types.d.ts').MessageRow} row
 */
function concealed({ message, reveal }) {
  return h('p', { class: 'text undo' }, strings.people.folded, ' ', h('button', { type: 'button', class: 'link', on: { click: () => reveal?.(message) } }, strings.people.reveal));
}

/** The text, or what stands in its place. */
function body(row, actions) {
  const { message, state, deleting, folded } = row;
  if (deleting) return undo(strings.acts.deleting, () => actions.undoDelete(message.offset));
  if (state === 'discarded') return undo(strings.discarded, () => actions.undoDiscard(message.key));
  return folded ? concealed(row) : text(message, actions);
}

/**
 * @param {any} message
 * @param {any} actions
 */
function text(message, actions) {
  if (message.deleted) return h('p', { class: 'text' }, strings.deleted);
  if (!message.text && message.files?.length) return message.edited ? edited(message, actions) : null;
  const shown = formatted(message, actions.directory);
  return message.edited ? h('div', { class: 'marked' }, shown, edited(message, actions)) : shown;
}

function edited(message, actions) {
  const title = full(message.edited);
  if (!actions?.versions || message.offset === undefined) return h('span', { class: 'edited', title }, strings.edited);
  return h('button', { type: 'button', class: 'edited', title: `${title}. ${strings.acts.versions}`, on: { click: () => actions.versions(message) } }, strings.edited);
}

/** In place of a message that is being deleted or discarded. */
function undo(what, act) {
  return h('p', { class: 'text undo' }, what, ' ', h('button', { type: 'button', class: 'link', 'aria-label': `${strings.acts.undo}. ${what}`, on: { click: act } }, strings.acts.undo));
}

/** What a bot lets people fill in and press. The code comes with the first one that is shown. */
function form(message, actions) {
  const place = h('div', { class: 'form-place' });
  import('../slashes.js').then(({ fillForm }) => fillForm(place, message, actions), () => {});
  return place;
}

function failure(row, actions) {
  if (row.state === 'held') return h('div', { class: 'failure held' }, icon('clock'), h('span', {}, strings.held));
  if (row.state !== 'failed') return null;
  const { key } = row.message;
  return h(
    'div',
    { class: 'failure' },
    icon('alert'),
    h('span', {}, deliveryText(row)),
    h('button', { type: 'button', class: 'link', on: { click: () => actions.retry(key) } }, strings.retry),
    h('button', { type: 'button', class: 'link quiet', on: { click: () => actions.discard(key) } }, strings.discard),
  );
}

function progress(row) {
  if (!row.mine || row.state === 'failed' || row.state === 'held' || row.state === 'discarded') return null;
  const label = deliveryText(row);
  return h('span', { class: 'progress', title: label }, icon(row.state === 'sent' ? 'check' : 'clock'), hidden(label));
}

/** The delivery state of the person's own message, as text. */
export function deliveryText({ message, state, connected }) {
  if (state === 'failed') return strings.failed(sentence({ code: message.problem }, message.everyone ? { ...strings.postRefused, ...strings.everyoneRefused } : strings.postRefused));
  if (state === 'held') return strings.held;
  if (state === 'discarded') return strings.discarded;
  if (state === 'sent') return strings.delivered;
  if (!connected) return strings.queued;
  return message.late ? strings.late : strings.pending;
}
