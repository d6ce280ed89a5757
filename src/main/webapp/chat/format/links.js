/**
 * Which addresses become links: http, https and mail. Everything else that looks like an address stays text: `javascript:`, a user name or
 * password before the host, characters that change the text direction or are invisible.
 */
const CANDIDATE = /^(?:https?:\/\/|www\.)[^\s<>"'`\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/i;
const MAIL = /^[\w.!#$%&'*+/=?^{|}~-]{1,64}@[a-z\d-]+(?:\.[a-z\d-]+)+/i;
const UNSAFE = /[\s\p{Cc}\p{Cf}]/u;
const CLOSING = /[.,;:!?*_~\])}]/;
const OPENING = { ')': '(', ']': '[', '}': '{' };

/**
 * The address at the start of the text, or null if there is none. `text` is the part that stands for it; without `href` it stays text.
 *
 * @param {string} source
 * @returns {{ text: string, href: string | null } | null}
 */
export function autolink(source) {
  const web = CANDIDATE.exec(source);
  const text = web ? withoutClosing(web[0]) : withoutDots(MAIL.exec(source)?.[0]);
  if (!text) return null;
  return { text, href: address(!web ? `mailto:${text}` : /^www\./i.test(text) ? `http://${text}` : text) };
}

/**
 * The address as a browser writes it, or null if it must not become a link.
 *
 * @param {string} written
 */
export function address(written) {
  if (UNSAFE.test(written)) return null;
  const url = URL.parse ? URL.parse(written) : parsed(written);
  if (url === null || url.username || url.password) return null;
  if (url.protocol === 'mailto:') return MAIL.test(url.pathname) ? url.href : null;
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/**
 * What a link must show of its target besides its text: the host or mail address that the text doesn't have, or null.
 *
 * @param {string} text
 * @param {string} href
 */
export function target(text, href) {
  const url = new URL(href);
  const host = url.protocol === 'mailto:' ? url.pathname : url.host;
  const named = hostNamed(text);
  return named === host ? null : host;
}

/** The host that a link's text names, if it names one. Letters beyond ASCII may look like others, so they name none. */
function hostNamed(text) {
  const found = text.trim().split(/\s+/).filter((word) => /[.:@]/.test(word)).map(hostIn);
  return found.length === 1 ? found[0] : null;
}

function hostIn(word) {
  const href = (autolink(word) ?? autolink(`http://${word}`))?.href;
  if (!href || /[^\x21-\x7e]/.test(word)) return null;
  const url = new URL(href);
  return url.protocol === 'mailto:' ? url.pathname : url.host;
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

function withoutDots(mail) {
  return mail?.replace(/[-.]+$/, '');
}

function count(text, character) {
  return text.split(character).length - 1;
}

function parsed(written) {
  try {
    return new URL(written);
  } catch {
    return null;
  }
}
