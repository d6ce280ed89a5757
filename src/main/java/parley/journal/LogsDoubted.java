package parley.journal;

import java.util.Set;

/**
 * CDI event: the log of these rooms may have events that nobody was told of, or may have lost some. Fired after a commit whose outcome is
 * unknown, after a batch that could not be delivered, and when the database may have lost commits. Observers must not delay the thread.
 *
 * @param rooms their ids; empty for all rooms
 */
public record LogsDoubted(Set<String> rooms) {

    /** All rooms are in doubt. */
    public static LogsDoubted all() {
        return new LogsDoubted(Set.of());
    }
}
