/**
 * Finds the web addresses in a message. Only plain http and https become links. Everything else that looks like an address stays text:
 * `javascript:`, a user name or password before the host, characters that change the text direction.
 */
const CANDIDATE = /https?:\/\/[^\s<>"'`\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const CLOSING = /[.,;:!?*_~\])}]/;
const OPENING = { ')': '(', ']': '[', '}': '{' };

/**
 * Splits the text into parts `{text}` or `{text, href}`, in order and without loss.
 *
 * @param {string} text
 */
export function split(text) {
  /** @type {{ text: string, href?: string }[]} */
  const parts = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(CANDIDATE)) {
    const shown = withoutClosing(found);
    const href = address(shown);
    if (!href) continue;
    if (index > from) parts.push({ text: text.slice(from, index) });
    parts.push({ text: shown, href });
    from = index + shown.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** Removes trailing punctuation. A closing bracket stays if the address opened it: `https://a.example/b_(c)`. */
function withoutClosing(found) {
  const surplus = Object.fromEntries(Object.entries(OPENING).map(([close, open]) => [close, count(found, close) - count(found, open)]));
  let end = found.length;
  while (CLOSING.test(found[end - 1])) {
    const last = found[end - 1];
    if (last in surplus && surplus[last]-- <= 0) break;
    end--;
  }
  return found.slice(0, end);
}

function count(text, character) {
  return text.split(character).length - 1;
}

function address(shown) {
  try {
    const url = new URL(shown);
    const plain = (url.protocol === 'http:' || url.protocol === 'https:') && !url.username && !url.password;
    return plain ? url.href : null;
  } catch {
    return null;
  }
}
