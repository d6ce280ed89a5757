/** Times in the reader's locale and time zone, never the server's. */
import { serverNow } from '../clock.js';
import { strings } from '../strings.js';

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const DAY_OF_YEAR = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const DEADLINE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const SHORT = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

export const clock = (at) => CLOCK.format(new Date(at));
export const full = (at) => FULL.format(new Date(at));
/** Short enough for a label: "Nov 27, 2026, 5:40 PM". */
export const deadline = (at) => DEADLINE.format(new Date(at));

/** As short as possible: the time of day, the day of this year, or the date. */
export function shortly(at, now = new Date(serverNow())) {
  if (dayKey(at) === dayKey(now)) return clock(at);
  return (new Date(at).getFullYear() === now.getFullYear() ? SHORT : DATE).format(new Date(at));
}

/** A value that is equal for times on the same calendar day of the reader. */
export const dayKey = (at) => new Date(at).toDateString();

/** Milliseconds until the reader's next day begins. */
export function untilMidnight(now = new Date(serverNow())) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime();
}

export function day(at, now = new Date(serverNow())) {
  const date = new Date(at);
  if (dayKey(date) === dayKey(now)) return strings.today;
  // By the calendar: a day is 23 or 25 hours long when the clocks change.
  if (dayKey(date) === dayKey(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return strings.yesterday;
  return (date.getFullYear() === now.getFullYear() ? DAY : DAY_OF_YEAR).format(date);
}
