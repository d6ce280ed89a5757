/** The style sheets, made once for all elements of the page. A constructed style sheet needs no permission in the page's `style-src`. */
import { styleTexts } from './style-texts.js';

let sheets = null;

/** Reserves the element's space until the sheets are there, so that nothing jumps and no unstyled content shows. */
export const frame = new CSSStyleSheet();
frame.replaceSync(':host { display: block; height: var(--parley-height, min(36em, 100dvh)); } .app { visibility: hidden; }');

/** A registered length inherits its computed value, so that sizes depend on the element's own font size, not on the surrounding text. */
try {
  CSS.registerProperty({ name: '--parley-px', syntax: '<length>', inherits: true, initialValue: '1px' });
} catch {
  // Another copy of this module has registered it.
}

/** Resolves to the sheets. */
export function styleSheets() {
  return (sheets ??= styleTexts().then((texts) => Promise.all(texts.map((text) => new CSSStyleSheet().replace(text)))));
}
