/** A message as a quotation for the composer. */
const MOST_LINES = 8;

/**
 * @param {string} text
 * @param {string} before what the composer holds already
 */
export function quoted(text, before = '') {
  const lines = text.split('\n');
  const shown = lines.slice(0, MOST_LINES).map((line) => (line ? `> ${line}` : '>'));
  if (lines.length > MOST_LINES) shown.push('> …');
  const start = before.trimEnd();
  return `${start}${start ? '\n\n' : ''}${shown.join('\n')}\n\n`;
}
