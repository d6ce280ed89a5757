/**
 * Draws the text of a message. Each node of the tree becomes one element from a fixed list; there is no way for a text to choose an element
 * or an attribute. A message is read once, however often it is drawn.
 */
import { strings } from '../strings.js';
import { h, icon, setAll, setText } from '../view/dom.js';
import { highlight } from './highlight.js';
import { target } from './links.js';
import { parse, textOf } from './parse.js';

const COPIED_FOR = 2_000;
/** Messages that stay unfolded when they are drawn again. */
const MOST_UNFOLDED = 200;

/** @type {WeakMap<object, { key: string, tree: ReturnType<typeof parse> }>} */
const read = new WeakMap();
/** @type {Set<string>} */
const unfolded = new Set();

/** What messages need to know when nothing is known: nobody has a name and no room exists. */
const NOTHING = { user: null, nameOf: () => undefined, roomName: () => undefined, open() {}, learn() {}, awaitNames() {} };

/**
 * The element with a message's text. `directory` names people and rooms: see view/directory.js.
 *
 * @param {{ text: string, by?: import('../types.d.ts').User, mentions?: string[], everyone?: boolean }} message
 * @param {any} [directory]
 * @returns {HTMLElement}
 */
export function formatted(message, directory = NOTHING) {
  const element = h('div', { class: 'text' });
  if (message.by) directory.learn(message.by);
  fillText(element, message, directory);
  return element;
}

function fillText(element, message, directory) {
  const { mentions = [], everyone } = message;
  const people = mentions.map((id) => ({ id, name: directory.nameOf(id) }));
  const { parts, large, long, rooms } = treeOf(message, people, Boolean(everyone));
  setAll(element, { 'data-large': large, 'data-folded': null });
  element.replaceChildren(...parts.map((part) => drawn(part, directory)));
  if (long) fold(element, message.text);
  const unnamed = { people: people.filter(({ name }) => name === undefined).map(({ id }) => id), rooms: rooms.filter((id) => directory.roomName(id) === undefined) };
  if (unnamed.people.length || unnamed.rooms.length) directory.awaitNames(unnamed, () => element.isConnected && fillText(element, message, directory));
}

/** Names may become known later, and then the same text has more mentions. */
function treeOf(message, people, everyone) {
  const { text = '' } = message;
  const key = JSON.stringify([text, people, everyone]);
  const known = read.get(message);
  if (known?.key === key) return known.tree;
  const tree = parse(text, { people, everyone });
  read.set(message, { key, tree });
  return tree;
}

/** Elements that are drawn as they are. The directed ones find their text direction by their first letter. */
const PLAIN = ['strong', 'em', 'del', 'li', 'thead', 'tbody', 'tr', 'hr'];
const DIRECTED = ['p', 'h3', 'h4', 'h5', 'h6'];
/** Elements with paragraphs: `auto` passes over those, and the marks would be on the wrong side. */
const AROUND = ['blockquote', 'ul'];
const FIRST_LETTER = /\p{L}/u;
const TO_THE_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** @type {Record<string, (node: any, directory: any) => Node | string>} */
const DRAWN = {
  ...Object.fromEntries(PLAIN.map((tag) => [tag, (node, directory) => h(tag, {}, children(node, directory))])),
  ...Object.fromEntries(DIRECTED.map((tag) => [tag, (node, directory) => h(tag, { dir: 'auto' }, children(node, directory))])),
  ...Object.fromEntries(AROUND.map((tag) => [tag, (node, directory) => h(tag, { dir: direction(node) }, children(node, directory))])),
  ol: numbered,
  code: (node) => h('code', { dir: 'auto' }, textOf(node)),
  table: (node, directory) => h('div', { class: 'table', tabindex: '0', role: 'group', 'aria-label': strings.table }, h('table', {}, children(node, directory))),
  th: (node, directory) => h('th', { dir: 'auto', scope: 'col', 'data-align': node.align }, children(node, directory)),
  td: (node, directory) => h('td', { dir: 'auto', 'data-align': node.align }, children(node, directory)),
  task: ({ done }) => h('span', { class: 'task', role: 'img', 'aria-label': done ? strings.done : strings.open, 'data-done': done }),
  a: link,
  pre: block,
  mention,
  room,
  emoji: ({ children: [text] }, directory) => directory.emoji?.(text) ?? text,
};

/** A node that isn't in the list is shown as its text. */
function drawn(part, directory) {
  if (typeof part === 'string') return document.createTextNode(part);
  return Object.hasOwn(DRAWN, part.tag) ? DRAWN[part.tag](part, directory) : textOf(part);
}

function children({ children: parts = [] }, directory) {
  return parts.map((part) => drawn(part, directory));
}

function link(node, directory) {
  const host = target(textOf(node), node.href);
  const attributes = { href: node.href, title: node.href, target: '_blank', rel: 'noopener noreferrer nofollow' };
  if (host === null) return h('a', attributes, children(node, directory));
  return h('a', attributes, h('span', { class: 'named' }, children(node, directory)), ' ', h('span', { class: 'host', dir: 'ltr' }, `(${host})`));
}

/** The indentation has space for the longest number. */
function numbered(node, directory) {
  const { start } = node;
  const last = String(start + node.children.length - 1);
  return h('ol', { dir: direction(node), start: start === 1 ? null : start, style: { '--digits': String(last.length) } }, children(node, directory));
}

function direction(node) {
  const letter = FIRST_LETTER.exec(textOf(node))?.[0];
  return letter ? (TO_THE_LEFT.test(letter) ? 'rtl' : 'ltr') : null;
}

function mention({ id, children: [text] }, { user }) {
  const own = id === null || id === user?.id;
  return h('span', { class: 'mention', 'data-own': own, title: id, dir: 'auto' }, text);
}

/** A room that the person doesn't have is plain text. */
function room({ id, children: [text] }, directory) {
  const name = directory.roomName(id);
  if (name === undefined) return text;
  return h('button', { type: 'button', class: 'room-link', title: text, on: { click: () => directory.open(id) } }, h('bdi', {}, `#${name}`));
}

function block({ text, language }) {
  const code = h('code', { dir: 'ltr' }, text);
  const label = h('span', { class: 'language' }, language ?? '');
  const said = h('span', { class: 'spoken', role: 'status' });
  const copy = h('button', { type: 'button', class: 'copy', 'aria-label': strings.copyCode, title: strings.copyCode }, icon('copy'));
  copy.addEventListener('click', () => copied(copy, code, said));
  if (language) highlight(code, text, language, (name) => setText(label, name));
  return h('div', { class: 'code' }, h('div', { class: 'about-code' }, label, copy, said), h('pre', { tabindex: '0', dir: 'ltr' }, code));
}

async function copied(button, code, said) {
  const done = await copy(code);
  setText(said, done ? strings.copied : strings.notCopied);
  setAll(button, { 'data-done': done });
  button.replaceChildren(icon(done ? 'check' : 'copy'));
  setTimeout(() => {
    setText(said, '');
    setAll(button, { 'data-done': false });
    button.replaceChildren(icon('copy'));
  }, COPIED_FOR);
}

/** Pages over plain HTTP may not write to the clipboard: there the code is selected, for the person to copy. */
async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  } catch {
    getSelection()?.selectAllChildren(code);
    return false;
  }
}

function fold(element, text) {
  const content = h('div', { class: 'content' }, ...element.childNodes);
  const button = h('button', { type: 'button', class: 'unfold' });
  const show = (open) => {
    setAll(element, { 'data-folded': !open });
    setAll(button, { 'aria-expanded': String(open) });
    setText(button, open ? strings.showLess : strings.showMore);
    if (open) remember(text);
    else unfolded.delete(text);
  };
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
  // The focus must not be where nobody sees it.
  content.addEventListener('focusin', () => content.scrollHeight > content.clientHeight && show(true));
  element.replaceChildren(content, button);
  show(unfolded.has(text));
}

function remember(text) {
  unfolded.add(text);
  if (unfolded.size > MOST_UNFOLDED) unfolded.delete(/** @type {string} */ (unfolded.values().next().value));
}
