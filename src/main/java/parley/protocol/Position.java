package parley.protocol;

/**
 * A place in a room's log: everything up to and including {@code offset} has been seen.
 *
 * @param epoch the identity of the log; an offset means nothing in another epoch
 * @param offset 0 (before the first event) or the offset of an event
 */
public record Position(String epoch, long offset) {}
