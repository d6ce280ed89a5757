/**
 * Reads a message's text as CommonMark with GitHub's tables, strikethrough, task lists and autolinks, and returns plain data: a tree of
 * strings and nodes `{tag, children}`. A line break stays a line break. HTML stays text. What is too deep or takes too long to read becomes
 * one paragraph of text. It never throws.
 */
import { Lexer, Tokenizer } from '../parts/marked.js';
import { address, autolink } from './links.js';
import { labelsOf, mentionAt } from './mentions.js';

/** Quotes, lists and emphasis inside each other. */
export const DEEPEST = 16;
/** Longer texts are not formatted. */
export const LONGEST = 50_000;
/** How many characters the lexer may read for each character of the text. */
const PASSES = 40;
/** More emoji than this are a text. */
const MOST_LARGE = 12;
/** A longer message is folded: in lines, about. */
const MOST_LINES = 24;
const LINE = 90;

const BLOCK = new Set(['p', 'h3', 'h4', 'h5', 'h6', 'hr', 'blockquote', 'pre', 'ol', 'ul', 'li', 'table', 'thead', 'tbody', 'tr']);

const ONLY_EMOJI = /^(?:\p{RGI_Emoji}|\s)+$/v;
const LANGUAGE = /^[\w+#.-]{1,24}/;
const ROOM = /^#[\w-]{1,64}/;
const REFERENCE = /(?<![\p{L}\p{N}\p{M}_.+&/-])[@#]/u;
/** A sign after one of these is a part of an address or a character reference. */
const ATTACHED = /[\p{L}\p{N}\p{M}_.+&/-]$/u;
/** What may be a custom emoji: not within times or addresses. */
const CUSTOM = /((?<![\p{L}\p{N}/]):[a-z0-9_+-]{2,32}:(?![\p{L}\p{N}/]))/u;
const ALIGNS = ['left', 'center', 'right'];

/**
 * @typedef {string | Node} Part
 * @typedef {{ tag: string, children?: Part[], text?: string, href?: string, id?: string | null, language?: string, start?: number, done?: boolean, align?: string | null }} Node
 */

/**
 * The tree of a text. `people` and `everyone` are whom a message mentions: see mentions.js. `large` is set for a few emoji without other
 * text, `long` for a message that is folded; `rooms` are the ids of rooms in the text.
 *
 * @param {string} text
 * @param {{ people?: import('../types.d.ts').User[], everyone?: boolean }} [mentioned]
 * @returns {{ parts: Part[], large: boolean, long: boolean, rooms: string[] }}
 */
export function parse(text, { people = [], everyone = false } = {}) {
  const parts = trees(text, labelsOf(people, everyone)) ?? [plain(text)];
  return { parts, large: isLarge(text), long: lines(parts) > MOST_LINES, rooms: idsOf('room', parts) };
}

/**
 * Whom the text mentions: ids of these people, in order, and whether everyone. A mention in code is none.
 *
 * @param {string} text
 * @param {import('../types.d.ts').User[]} people
 */
export function mentionsIn(text, people) {
  const found = idsOf('mention', trees(text, labelsOf(people, true)) ?? []);
  return { mentions: [...new Set(found.filter((id) => id !== null))], everyone: found.includes(null) };
}

/** @param {Part} part */
export function textOf(part) {
  return typeof part === 'string' ? part : (part.text ?? (part.children ?? []).map(textOf).join(''));
}

/** What nodes of this kind refer to, in order. */
function idsOf(tag, parts) {
  return parts.flatMap((part) => (part.tag === tag ? [part.id] : idsOf(tag, part.children ?? [])));
}

/** Null if the text can't be formatted, or if nothing would be left of it to see. */
function trees(text, labels) {
  if (text.length > LONGEST) return null;
  try {
    const parts = blocks(new BoundedLexer(text, labels).lex(text));
    return parts.some((part) => textOf(part).trim() !== '') ? parts : null;
  } catch {
    return null;
  }
}

function plain(text) {
  return { tag: 'p', children: [text] };
}

function isLarge(text) {
  const trimmed = text.trim();
  return trimmed.length <= MOST_LARGE * 16 && ONLY_EMOJI.test(trimmed) && trimmed.match(/\p{RGI_Emoji}/gv).length <= MOST_LARGE;
}

/** About how many lines these parts take. Strings and inline nodes that follow each other share theirs. */
function lines(parts) {
  if (!parts.some((part) => BLOCK.has(part.tag))) return parts.map(textOf).join('').split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE)), 0);
  return parts.reduce((sum, part) => sum + lines(BLOCK.has(part.tag) && part.children ? part.children : [textOf(part)]), 0);
}

class Unreadable extends Error {}

/** A lexer that stops at a depth and after an amount of work. */
class BoundedLexer extends Lexer {
  #depth = 0;
  #left;

  constructor(text, labels) {
    super({ gfm: true, breaks: true, tokenizer: new TextTokenizer(), extensions: references(labels) });
    this.#left = PASSES * text.length + 1_000;
  }

  blockTokens(source, ...more) {
    return this.#bounded(source, () => super.blockTokens(source, ...more));
  }

  inlineTokens(source, ...more) {
    return this.#bounded(source, () => super.inlineTokens(source, ...more));
  }

  #bounded(source, read) {
    this.#left -= source.length;
    if (this.#left < 0 || this.#depth === DEEPEST) throw new Unreadable();
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
}

/** Leaves HTML as text and finds addresses by the client's own rules. */
class TextTokenizer extends Tokenizer {
  html() {
    return undefined;
  }

  tag() {
    return undefined;
  }

  /** @returns {any} */
  url(source) {
    const found = autolink(source);
    if (!found) return undefined;
    const text = { type: 'text', raw: found.text, text: found.text, escaped: false };
    return found.href === null ? text : { type: 'link', raw: found.text, href: found.href, text: found.text, tokens: [text] };
  }
}

/** Mentions and `#room` in the text: read before emphasis, because an id may contain `_` or `*`. */
function references(labels) {
  const read = (source, before) => {
    if (source[0] !== '@' && source[0] !== '#') return undefined;
    if (ATTACHED.test(before.at(-1)?.raw ?? '')) return undefined;
    if (source[0] === '#') return room(source);
    const mention = mentionAt(source, labels);
    return mention ? { type: 'mention', raw: mention.text, id: mention.id } : undefined;
  };
  return {
    inline: [read],
    startInline: [(source) => source.search(REFERENCE)],
    renderers: {},
    childTokens: {},
  };
}

function room(source) {
  const raw = ROOM.exec(source)?.[0];
  return raw && { type: 'room', raw, id: raw.slice(1) };
}

/** @type {Record<string, (token: any) => Part[]>} */
const BLOCKS = {
  paragraph: ({ tokens }) => [{ tag: 'p', children: inline(tokens) }],
  text: ({ tokens, text }) => (tokens ? inline(tokens) : [text]),
  heading: ({ depth, tokens }) => [{ tag: `h${Math.min(6, depth + 2)}`, children: inline(tokens) }],
  hr: () => [{ tag: 'hr' }],
  blockquote: ({ tokens }) => [{ tag: 'blockquote', children: blocks(tokens) }],
  code: ({ text, lang }) => [{ tag: 'pre', text, language: LANGUAGE.exec(lang ?? '')?.[0].toLowerCase() }],
  list: ({ ordered, start, items }) => [{ tag: ordered ? 'ol' : 'ul', start: ordered ? Number(start) : undefined, children: items.map(item) }],
  table: ({ header, rows }) => [{ tag: 'table', children: [group('thead', 'th', [header]), group('tbody', 'td', rows)] }],
  checkbox: ({ checked }) => [{ tag: 'task', done: checked }],
  space: () => [],
  // Not shown, as everywhere: it only gives an address to `[text][name]`.
  def: () => [],
};

function blocks(tokens) {
  return joined(tokens.flatMap((token) => BLOCKS[token.type]?.(token) ?? [token.raw]));
}

function item({ tokens, task, checked }) {
  const children = blocks(tokens);
  if (task && !JSON.stringify(tokens.slice(0, 1)).includes('"checkbox"')) children.unshift({ tag: 'task', done: Boolean(checked) });
  return { tag: 'li', children };
}

function group(tag, cell, rows) {
  const cells = (row) => row.map(({ tokens, align }) => ({ tag: cell, align: ALIGNS.includes(align) ? align : null, children: inline(tokens) }));
  return { tag, children: rows.map((row) => ({ tag: 'tr', children: cells(row) })) };
}

/** @type {Record<string, (token: any, inLink: boolean) => Part[]>} */
const INLINES = {
  // As it was typed: the lexer decodes some character references.
  text: ({ raw }) => [raw],
  escape: ({ text }) => [text],
  br: () => ['\n'],
  codespan: ({ text }) => [{ tag: 'code', children: [text] }],
  strong: ({ tokens }, inLink) => [{ tag: 'strong', children: inline(tokens, inLink) }],
  em: ({ tokens }, inLink) => [{ tag: 'em', children: inline(tokens, inLink) }],
  del: ({ tokens }, inLink) => [{ tag: 'del', children: inline(tokens, inLink) }],
  link: (token, inLink) => link(token, inline(token.tokens, true), inLink),
  // A picture would be loaded from a foreign host: it is shown as a link.
  image: (token, inLink) => link(token, [token.text || token.href], inLink),
  mention: ({ raw, id }) => [{ tag: 'mention', id, children: [raw] }],
  room: ({ raw, id }) => [{ tag: 'room', id, children: [raw] }],
  checkbox: ({ checked }) => [{ tag: 'task', done: checked }],
};

function inline(tokens, inLink = false) {
  return joined(tokens.flatMap((token) => INLINES[token.type]?.(token, inLink) ?? [token.raw])).flatMap((part) => (typeof part === 'string' ? withEmoji(part) : [part]));
}

/** Names between colons may be custom emoji. */
function withEmoji(text) {
  return text.split(CUSTOM).map((part, n) => (n % 2 ? { tag: 'emoji', children: [part] } : part)).filter(Boolean);
}

/** What must not become a link is shown as it was written. */
function link({ href, raw }, children, inLink) {
  if (inLink) return children;
  const to = address(href);
  if (to === null) return [raw];
  return [{ tag: 'a', href: to, children: children.length ? children : [to] }];
}

/** Joins strings that follow each other. */
function joined(parts) {
  const all = [];
  for (const part of parts) {
    if (typeof part === 'string' && typeof all.at(-1) === 'string') all[all.length - 1] += part;
    else all.push(part);
  }
  return all;
}

