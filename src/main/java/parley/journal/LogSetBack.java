package parley.journal;

import java.util.Map;
import parley.protocol.Position;

/**
 * Thrown if the locked heads of logs are behind the views of this instance. A view holds only committed events, so the database has lost
 * commits, for example in a failover. The next events would get offsets that clients already know.
 */
final class LogSetBack extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Map<String, Position> known;

    /** @param known the positions of this instance's views, by room */
    LogSetBack(Map<String, Position> known) {
        super("The database lost commits of the rooms " + known.keySet());
        this.known = Map.copyOf(known);
    }

    Map<String, Position> known() {
        return known;
    }
}
