package parley.hub;

import parley.protocol.Event;

/** CDI event: a user of this instance started or stopped typing. The log never contains it. */
public record TypingChanged(Event.Typing typing) {}
