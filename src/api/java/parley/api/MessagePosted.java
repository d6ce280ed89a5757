package parley.api;

import java.time.Instant;

/**
 * CDI event: someone posted a message. Observe it with {@link InRoom}, or without for all rooms. In a cluster, the instance that committed
 * the message fires it, on one thread for each application, in the order of the room; so use it for what may be missed, as while the
 * application or the instance restarts. If an application observes so slowly that 10,000 events wait, later ones are dropped and the
 * server's log says so.
 *
 * @param room the room's id
 * @param offset the message's number in the room
 * @param user the author's user id
 * @param name the author's name
 * @param thread the offset of the message that it answers; 0 for none
 */
public record MessagePosted(String room, long offset, Instant at, String user, String name, String text, long thread) {}
