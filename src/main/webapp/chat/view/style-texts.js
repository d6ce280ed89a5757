/** The texts of the style sheets. The bundle has another module in this place (src/bundle), which contains them. */
import { delay, sleep } from '../backoff.js';

const FILES = ['../element.css', '../message/message.css', '../rooms/rooms.css', '../people/people.css', '../notify/notify.css', '../file/file.css', '../search/search.css', '../preview/preview.css'];

/** Fetches the sheets. Retries with backoff until they are loaded. The chat connects to their origin anyway. */
export function styleTexts() {
  return Promise.all(FILES.map(loaded));
}

/** @param {string} file */
async function loaded(file) {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(new URL(file, import.meta.url), { credentials: 'omit' });
      if (response.ok) return await response.text();
    } catch {
      // Retry, as after an error status.
    }
    await sleep(delay(attempt));
  }
}
