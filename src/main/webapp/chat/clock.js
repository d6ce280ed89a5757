/**
 * Time as the client measures it. Durations come from the browser's monotonic clock, and times of day from the server: the computer's own
 * clock may be hours off, or be set while the page is open.
 */
let ahead = 0;

/** Milliseconds for durations. Tabs of one browser agree on it closely enough for what they show. */
export const elapsed = () => performance.timeOrigin + performance.now();

/** The server's time in milliseconds since 1970; the computer's until a server has said its own. */
export const serverNow = () => elapsed() + ahead;

/**
 * The server said that it is this time now.
 *
 * @param {string | undefined} now ISO time; anything else changes nothing
 */
export function setServerTime(now) {
  const at = Date.parse(now ?? '');
  if (Number.isFinite(at)) ahead = at - elapsed();
}
