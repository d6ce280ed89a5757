/** Links to a message: `#/room/offset` behind the page's address. */
const LINK = /^#\/([\w-]{1,64})\/(\d{1,15})$/;

/**
 * The room and message of an address's fragment, or null.
 *
 * @param {string} hash
 */
export function readPermalink(hash) {
  const [, room, offset] = LINK.exec(hash) ?? [];
  return room && Number(offset) > 0 ? { room, offset: Number(offset) } : null;
}

/** The address of a message on this page. The query may carry what is nobody else's, but a page may need it to show the chat. */
export function permalink(room, offset, page = location.href) {
  const address = new URL(page);
  address.hash = `#/${room}/${offset}`;
  return address.href;
}
