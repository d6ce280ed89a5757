/**
 * The style sheet, fetched once for all elements of the page. Made by script, it needs nothing of a page's `style-src`;
 * the address that it comes from is one that the chat speaks to in any case.
 */
import { delay } from '../backoff.js';

let sheet = null;

/** The element's place in the page before the sheet is there: nothing jumps, and no heap of bare elements shows. */
export const frame = new CSSStyleSheet();
frame.replaceSync(':host { display: block; height: var(--parley-height, min(36em, 100dvh)); } .app { visibility: hidden; }');

/** A length that inherits as it was computed, so that the sheet's sizes are the element's and not those of the text around them. */
try {
  CSS.registerProperty({ name: '--parley-px', syntax: '<length>', inherits: true, initialValue: '1px' });
} catch {
  // The page has loaded another copy of this module.
}

/** A promise of the sheet. Where it does not come it is tried again, for as long as the page is there. */
export function styleSheet() {
  return (sheet ??= loaded());
}

async function loaded() {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(new URL('../element.css', import.meta.url), { credentials: 'omit' });
      if (response.ok) return await made(await response.text());
    } catch {
      // As after an error status.
    }
    await new Promise((resolve) => setTimeout(resolve, delay(attempt)));
  }
}

function made(text) {
  return new CSSStyleSheet().replace(text);
}
