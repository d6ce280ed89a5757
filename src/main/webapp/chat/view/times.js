/** Times in the locale of the words and the reader's time zone, never the server's. */
import { serverNow } from '../clock.js';
import { locale, strings } from '../strings.js';

const weekday = format({ weekday: 'long', day: 'numeric', month: 'long' });
const dayOfYear = format({ day: 'numeric', month: 'long', year: 'numeric' });
const short = format({ month: 'short', day: 'numeric' });
const date = format({ dateStyle: 'medium' });

export const clock = format({ hour: 'numeric', minute: '2-digit' });
export const full = format({ dateStyle: 'full', timeStyle: 'medium' });
/** Short enough for a label: "Nov 27, 2026, 5:40 PM". */
export const deadline = format({ dateStyle: 'medium', timeStyle: 'short' });

/**
 * A format is made once for each locale: making one is slow.
 *
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(options) {
  let [made, of] = [new Intl.DateTimeFormat(locale(), options), locale()];
  return (at) => {
    if (of !== locale()) [made, of] = [new Intl.DateTimeFormat(locale(), options), locale()];
    return made.format(new Date(at));
  };
}

/** As short as possible: the time of day, the day of this year, or the date. */
export function shortly(at, now = new Date(serverNow())) {
  if (dayKey(at) === dayKey(now)) return clock(at);
  return new Date(at).getFullYear() === now.getFullYear() ? short(at) : date(at);
}

/** A value that is equal for times on the same calendar day of the reader. */
export const dayKey = (at) => new Date(at).toDateString();

/** Milliseconds until the reader's next day begins. */
export function untilMidnight(now = new Date(serverNow())) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime();
}

export function day(at, now = new Date(serverNow())) {
  if (dayKey(at) === dayKey(now)) return strings.today;
  // By the calendar: a day is 23 or 25 hours long when the clocks change.
  if (dayKey(at) === dayKey(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return strings.yesterday;
  return new Date(at).getFullYear() === now.getFullYear() ? weekday(at) : dayOfYear(at);
}
