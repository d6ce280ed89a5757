package parley.protocol;

import java.util.Locale;
import java.util.Optional;

/**
 * What a person is notified of in a room: what concerns the person and, in a direct room, each message; only what concerns the person; or
 * nothing.
 */
public enum Level {
    ALL, MENTIONS, NOTHING;

    /** The name on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of that name, if there is one. */
    public static Optional<Level> of(String wire) {
        for (Level level : values()) {
            if (level.wire().equals(wire)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
