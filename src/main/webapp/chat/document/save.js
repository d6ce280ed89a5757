/** Saves a text as a file of the person. */
import { h } from '../view/dom.js';

const KEPT_FOR = 60_000;
const LONGEST = 100;

export function saveMarkdown(title, text) {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/markdown;charset=utf-8' }));
  h('a', { href, download: fileName(title) }).click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_FOR);
}

/** A title is free text: what means something in a path, or turns the direction of the text, becomes a hyphen. */
export function fileName(title) {
  const name = title.replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, '-').replace(/^[\s.-]+|[\s.-]+$/g, '');
  return `${[...name].slice(0, LONGEST).join('') || 'document'}.md`;
}
