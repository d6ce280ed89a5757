/** Adds the style sheet of calls to the element, once. */
import { callStyles } from './sheet.js';

/** @type {Promise<CSSStyleSheet> | null} */
let sheet = null;

/** @param {Node} node in the shadow root that needs the styles */
export async function addStyles(node) {
  sheet ??= callStyles().then((text) => new CSSStyleSheet().replace(text));
  sheet.catch(() => (sheet = null));
  const made = await sheet;
  const root = node.getRootNode();
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(made)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, made];
}
