package parley.watch;

import java.util.function.Consumer;
import parley.protocol.Event;

/**
 * CDI event: a connection watches from now on. Observers may wait for the database.
 *
 * @param user whose connection it is
 * @param tell sends an event to this connection, after the reply to its command
 */
public record WatchBegan(String user, Consumer<Event> tell) {}
