package parley.hub;

import parley.protocol.Event;

/** CDI event: a user of this instance started or stopped typing. Ephemeral, never in the log. */
public record TypingChanged(Event.Typing typing) {}
