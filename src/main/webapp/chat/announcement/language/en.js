/** English: the texts of announcements. */

/** @param {import('../../language/grammar.js').Grammar} _grammar */
export const words = (_grammar) => ({
  announcements: 'Announcements',
  kinds: { info: 'News', warning: 'Warning', maintenance: 'Maintenance' },
  details: 'Details',
  detailsOf: (text) => `Details: ${text}`,
  dismiss: 'Dismiss',
  dismissThis: (text) => `Dismiss: ${text}`,
});
