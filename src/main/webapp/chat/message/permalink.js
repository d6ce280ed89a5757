/** Links to a message or a document: `#/room/offset` or `#/room/document/id` behind the page's address. */
const LINK = /^#\/([\w-]{1,64})\/(?:(\d{1,15})|document\/([\w-]{1,64}))$/;

/**
 * The room and message of an address's fragment, `{room, offset}`, or the room and document, `{room, document}`; otherwise null.
 *
 * @param {string} hash
 * @returns {{ room: string, offset: number, document?: undefined } | { room: string, document: string, offset?: undefined } | null}
 */
export function readPermalink(hash) {
  const [, room, offset, document] = LINK.exec(hash) ?? [];
  if (document) return { room, document };
  return room && Number(offset) > 0 ? { room, offset: Number(offset) } : null;
}

/** The address of a message on this page. The query may carry what is nobody else's, but a page may need it to show the chat. */
export function permalink(room, offset, page = location.href) {
  return linked(`#/${room}/${offset}`, page);
}

/** The address of a document on this page. */
export function documentPermalink(room, document, page = location.href) {
  return linked(`#/${room}/document/${document}`, page);
}

function linked(hash, page) {
  const address = new URL(page);
  address.hash = hash;
  return address.href;
}
