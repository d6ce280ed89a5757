package parley.call;

import parley.protocol.Event;

/**
 * A signal on its way to a person, on this instance or another. As a CDI event: it was sent here, and may concern other instances.
 *
 * @param to the person's id
 * @param participant the one participant of that person that gets it; empty for all
 */
public record SignalSent(Event.Signal signal, String to, String participant) {}
