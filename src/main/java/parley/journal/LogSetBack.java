package parley.journal;

import java.util.Map;
import parley.protocol.Position;

/**
 * The locked heads of logs are behind what this instance knew. A view holds only committed events, so this proves that the database lost
 * commits, as after a failover. The next events would get offsets that clients already know.
 */
final class LogSetBack extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Map<String, Position> known;

    /** @param known what this instance knew, by room */
    LogSetBack(Map<String, Position> known) {
        super("The database lost commits of the rooms " + known.keySet());
        this.known = Map.copyOf(known);
    }

    Map<String, Position> known() {
        return known;
    }
}
