/** Which word at the caret asks for completion. */
import { isInFence } from './edits.js';

/** The text before the caret that is looked at. */
const LOOKED_AT = 64;
const PATTERNS = {
  '/': /^\/([a-z0-9_-]{0,32})$/,
  '@': /(?:^|[\s([{"'*_~])@((?:[^\s@#]+(?: [^\s@#]*){0,2})?)$/,
  '#': /(?:^|[\s([{"'*_~])#([\p{L}_-][\p{L}\p{N}_-]*|)$/u,
  ':': /(?:^|[^\p{L}\p{N}:/])(?::)([a-z+-][a-z0-9_+-]+)$/iu,
};
/** A code that is complete: `:tada:`. */
const WHOLE = /(?:^|[^\p{L}\p{N}:/]):([a-z0-9+-][a-z0-9_+-]*):$/iu;

/**
 * The word before the caret: its kind (`@`, `#`, `:`, `/`, or `::` for a complete code), where it begins, and what follows the sign. Null
 * if there is none, or in a code block.
 *
 * @param {string} value
 * @param {number} caret
 * @returns {{ kind: string, from: number, query: string } | null}
 */
export function wordAt(value, caret) {
  const before = value.slice(Math.max(0, caret - LOOKED_AT), caret);
  // A command begins the text: what is looked at here begins it too, because a name is short.
  const found = wholeCode(before) ?? Object.entries(PATTERNS).map(([kind, pattern]) => word(kind, pattern.exec(before))).find(Boolean);
  if (!found || isInFence(value, caret)) return null;
  const length = found.query.length + found.kind.length;
  return { ...found, from: caret - length };
}

function wholeCode(before) {
  return word('::', WHOLE.exec(before));
}

function word(kind, match) {
  return match && { kind, query: match[1] };
}
