/** German: the texts of announcements. */

/** @param {import('../../language/grammar.js').Grammar} _grammar */
export const words = (_grammar) => ({
  announcements: 'Ankündigungen',
  kinds: { info: 'Neuigkeit', warning: 'Warnung', maintenance: 'Wartung' },
  details: 'Mehr dazu',
  detailsOf: (text) => `Mehr dazu: ${text}`,
  dismiss: 'Ausblenden',
  dismissThis: (text) => `Ausblenden: ${text}`,
});
