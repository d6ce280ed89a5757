/**
 * One message as an article: author, time, text and delivery state. `format/message.js` draws the text.
 */
import { formatted } from '../format/message.js';
import { sentence, strings } from '../strings.js';
import { avatar } from './avatar.js';
import { fill, h, hidden, icon, setAll } from './dom.js';
import { clock, full } from './times.js';

/**
 * Fills `article` with a row `{message, first, state, mine, connected}`. `message` comes from the log or the outbox; `first` means that it
 * starts a group of messages by the same author.
 *
 * @param {HTMLElement} article
 * @param {import('../types.d.ts').MessageRow} row
 * @param {{ retry(key?: string): void, discard(key?: string): void, directory?: object }} actions
 */
export function fillMessage(article, row, actions) {
  const { message, first, state, mine } = row;
  setAll(article, {
    class: ['message', first && 'first', mine && 'mine', message.deleted && 'deleted'].filter(Boolean).join(' '),
    'data-offset': message.offset ?? null,
    'data-state': state,
    'data-key': message.key ?? null,
    // Screen readers don't read the person's own message back. The timeline announces its delivery state.
    'aria-live': mine ? 'off' : null,
  });
  fill(article, margin(row), h('div', { class: 'body' }, heading(row), text(message, actions), chips(message), failure(row, actions)), progress(row));
}

function margin({ message, first }) {
  return first ? avatar(message.by) : h('time', { class: 'aside', datetime: message.at, title: full(message.at) }, clock(message.at));
}

function heading({ message, first }) {
  const name = message.by.name || message.by.id;
  if (!first) return hidden(`${name}: `);
  return h(
    'header',
    {},
    h('bdi', { class: 'author', title: message.by.id }, name),
    h('time', { datetime: message.at, title: full(message.at) }, clock(message.at)),
  );
}

/**
 * @param {any} message
 * @param {{ directory?: object }} actions
 */
function text(message, actions) {
  if (message.deleted) return h('p', { class: 'text' }, strings.deleted);
  const shown = formatted(message, actions.directory);
  return message.edited ? h('div', {}, shown, edited(message)) : shown;
}

function edited({ edited: at }) {
  return h('span', { class: 'edited', title: full(at) }, strings.edited);
}

/** @param {import('../types.d.ts').MessageRow['message']} message */
function chips({ pinned, reactions }) {
  const all = Object.entries(reactions ?? {}).map(([emoji, ids]) => h('span', { class: 'chip' }, strings.reaction(emoji, ids.length)));
  if (pinned) all.unshift(h('span', { class: 'chip' }, strings.pinned));
  return all.length > 0 && h('div', { class: 'chips' }, all);
}

function failure(row, actions) {
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
  if (!row.mine || row.state === 'failed') return null;
  const label = deliveryText(row);
  return h('span', { class: 'progress', title: label }, icon(row.state === 'sent' ? 'check' : 'clock'), hidden(label));
}

/** The delivery state of the person's own message, as text. */
export function deliveryText({ message, state, connected }) {
  if (state === 'failed') return strings.failed(sentence({ code: message.problem }, message.everyone ? strings.everyoneRefused : {}));
  if (state === 'sent') return strings.delivered;
  return connected ? strings.pending : strings.queued;
}
