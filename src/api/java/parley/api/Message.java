package parley.api;

import java.time.Instant;

/**
 * A message of a room.
 *
 * @param offset its number in the room
 * @param user the author's user id
 * @param name the author's name
 * @param text its present text; empty if it was deleted
 * @param thread the offset of the message that it answers; 0 for none
 */
public record Message(long offset, Instant at, String user, String name, String text, long thread, boolean deleted) {}
