/** English: the texts of slash commands and bots. */

/** @param {import('../../language/grammar.js').Grammar} _grammar */
export const words = (_grammar) => ({
  answers: 'Private answers of bots',
  onlyYou: 'Only you see this',
  dismiss: 'Dismiss',
  sent: (name) => `${name} was told.`,
  invited: (name) => `${name} was invited.`,
  muted: (name) => `${name} was muted.`,
  usage: (line) => `Write ${line}`,
  needed: '(required)',
  missing: (label) => `${label} is required.`,
  choose: 'Choose…',
  sending: 'Sending…',
  pressed: 'Sent.',
  problems: {
    unavailable: 'The bot is not connected now. Try again later.',
    conflict: 'This button is no longer there.',
    rate_limited: 'You asked bots too often. Wait a while.',
    forbidden: "You can't do this here.",
  },
  builtIn: {
    me: { description: 'Says what you do', hint: 'what you do' },
    remind: { description: 'Reminds you at a time', hint: 'in 20 minutes | at 15:00 | tomorrow 9:00 text' },
    topic: { description: 'Changes the topic of the room', hint: 'topic' },
    invite: { description: 'Makes a person a member', hint: '@person' },
    mute: { description: 'Mutes a person, for an hour or as long as you say', hint: '@person 30m' },
  },
});
