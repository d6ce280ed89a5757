/**
 * The style sheets, fetched once for all elements of the page. A constructed style sheet needs no permission in the page's `style-src`, and
 * its origin is one that the chat connects to anyway.
 */
import { delay } from '../backoff.js';

const FILES = ['../element.css', '../message/message.css', '../rooms/rooms.css', '../people/people.css', '../notify/notify.css'];

let sheets = null;

/** Reserves the element's space until the sheet is loaded, so that nothing jumps and no unstyled content shows. */
export const frame = new CSSStyleSheet();
frame.replaceSync(':host { display: block; height: var(--parley-height, min(36em, 100dvh)); } .app { visibility: hidden; }');

/** A registered length inherits its computed value, so that sizes depend on the element's own font size, not on the surrounding text. */
try {
  CSS.registerProperty({ name: '--parley-px', syntax: '<length>', inherits: true, initialValue: '1px' });
} catch {
  // Another copy of this module has registered it.
}

/** Resolves to the sheets. Retries with backoff until they are loaded. */
export function styleSheets() {
  return (sheets ??= Promise.all(FILES.map(loaded)));
}

async function loaded(file) {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(new URL(file, import.meta.url), { credentials: 'omit' });
      if (response.ok) return await made(await response.text());
    } catch {
      // Retry, as after an error status.
    }
    await new Promise((resolve) => setTimeout(resolve, delay(attempt)));
  }
}

function made(text) {
  return new CSSStyleSheet().replace(text);
}
