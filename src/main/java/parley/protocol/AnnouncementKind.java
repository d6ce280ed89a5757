package parley.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How an announcement looks. */
public enum AnnouncementKind {
    INFO, WARNING, MAINTENANCE;

    /** The name on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that name, if there is one. */
    public static Optional<AnnouncementKind> of(String wire) {
        return Stream.of(values()).filter(kind -> kind.wire().equals(wire)).findAny();
    }
}
