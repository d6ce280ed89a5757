/** The text of a document: one Yjs text, named `text`. */
const NAME = 'text';
/** Another client may have put objects into the text, which count as one character. */
export const OBJECT = '\uFFFC';

export function textIn(doc) {
  return doc.getText(NAME);
}

/** The characters, as many as the text is long. */
export function charactersOf(text) {
  return text.toDelta().map(({ insert }) => (typeof insert === 'string' ? insert : OBJECT)).join('');
}

/** Makes others' changes understandable to the editor, which knows only characters. To be called before the editor observes the text. */
export function withoutObjects(text) {
  text.observe((event) => {
    for (const part of event.delta) if (part.insert !== undefined && typeof part.insert !== 'string') part.insert = OBJECT;
  });
}

/** Changes as little as possible, so that the cursors of others stay where they are. */
export function replace(doc, wanted) {
  const text = textIn(doc);
  const now = charactersOf(text);
  let [start, end] = [0, 0];
  const most = Math.min(now.length, wanted.length);
  while (start < most && now[start] === wanted[start]) start++;
  while (end < most - start && now.at(-1 - end) === wanted.at(-1 - end)) end++;
  // Not within a character of two units.
  if (isHigh(now, start - 1) || isHigh(wanted, start - 1)) start--;
  if (end > 0 && (isHigh(now, now.length - end - 1) || isHigh(wanted, wanted.length - end - 1))) end--;
  doc.transact(() => {
    if (now.length > start + end) text.delete(start, now.length - start - end);
    if (wanted.length > start + end) text.insert(start, wanted.slice(start, wanted.length - end));
  });
}

function isHigh(text, at) {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff;
}
