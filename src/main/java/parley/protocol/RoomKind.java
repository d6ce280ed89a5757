package parley.protocol;

import java.util.Locale;
import java.util.Optional;

/**
 * Who can see a room: {@link #PUBLIC} everyone who is signed in, {@link #PRIVATE} only its members, {@link #DIRECT} only the 2 to 9 people
 * whom it was opened for, which never change.
 */
public enum RoomKind {
    PUBLIC, PRIVATE, DIRECT;

    /** The name on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that name, if there is one. */
    public static Optional<RoomKind> of(String wire) {
        for (RoomKind kind : values()) {
            if (kind.wire().equals(wire)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
