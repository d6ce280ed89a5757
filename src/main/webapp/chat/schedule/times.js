/** Times that a person can choose with one press, and what the server is told of a time. It doesn't know the page. */

const MINUTE = 60_000;
/** The hour at which a working day begins. */
const MORNING = 9;

/** The reader's time zone. */
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * What is offered at a moment, `{name, at}`: the name of its word, and the Date.
 *
 * @param {Date} now
 */
export function choices(now) {
  const later = (minutes) => new Date(Math.ceil((now.getTime() + minutes * MINUTE) / MINUTE) * MINUTE);
  // By the calendar: a day is 23 or 25 hours long when the clocks change.
  const morning = (days) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { name: 'soon', at: later(20) },
    { name: 'hour', at: later(60) },
    { name: 'hours', at: later(180) },
    { name: 'tomorrow', at: morning(1) },
    ...(toMonday > 1 ? [{ name: 'monday', at: morning(toMonday) }] : []),
  ];
}

/** As an input of the type `datetime-local` has it. @param {Date} date */
export function local(date) {
  const two = (n) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
