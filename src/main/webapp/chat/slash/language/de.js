/** German: the texts of slash commands and bots. */

/** @param {import('../../language/grammar.js').Grammar} _grammar */
export const words = (_grammar) => ({
  answers: 'Private Antworten von Bots',
  onlyYou: 'Nur Sie sehen das',
  dismiss: 'Ausblenden',
  sent: (name) => `${name} weiß Bescheid.`,
  invited: (name) => `${name} wurde eingeladen.`,
  muted: (name) => `${name} wurde stummgeschaltet.`,
  usage: (line) => `Schreiben Sie ${line}`,
  needed: '(nötig)',
  missing: (label) => `${label} fehlt.`,
  choose: 'Auswählen …',
  sending: 'Wird gesendet …',
  pressed: 'Gesendet.',
  problems: {
    unavailable: 'Der Bot ist gerade nicht verbunden. Versuchen Sie es später noch einmal.',
    conflict: 'Diesen Knopf gibt es nicht mehr.',
    rate_limited: 'Sie haben Bots zu oft gefragt. Warten Sie eine Weile.',
    forbidden: 'Das dürfen Sie hier nicht.',
  },
  builtIn: {
    me: { description: 'Sagt, was Sie tun', hint: 'was Sie tun' },
    remind: { description: 'Erinnert Sie zu einer Zeit', hint: 'in 20 minutes | at 15:00 | tomorrow 9:00 Text' },
    topic: { description: 'Ändert das Thema des Raums', hint: 'Thema' },
    invite: { description: 'Macht eine Person zum Mitglied', hint: '@Person' },
    mute: { description: 'Schaltet eine Person stumm, eine Stunde oder so lange, wie Sie sagen', hint: '@Person 30m' },
  },
});
