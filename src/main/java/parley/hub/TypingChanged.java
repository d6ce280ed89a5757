package parley.hub;

import parley.protocol.Event;

/** Told, as a CDI event, when someone at this instance types in a room or stops: nothing of it is in the log. */
public record TypingChanged(Event.Typing typing) {}
