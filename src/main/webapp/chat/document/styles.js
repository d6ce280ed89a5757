/** Adds the style sheet of documents to the element, once. */
import { documentStyles } from './sheet.js';

/** @type {Promise<CSSStyleSheet> | null} */
let sheet = null;

/** Loads the style sheet. */
export function loadStyles() {
  sheet ??= documentStyles().then((text) => new CSSStyleSheet().replace(text));
  sheet.catch(() => (sheet = null));
  return sheet;
}

/** @param {Node} node in the shadow root that needs the styles */
export async function addStyles(node) {
  const made = await loadStyles();
  const root = node.getRootNode();
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(made)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, made];
}
