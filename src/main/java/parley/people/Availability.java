package parley.people;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a person can be disturbed, as they say: {@link #AUTO} is decided by their presence, {@link #BUSY} is do-not-disturb. */
public enum Availability {
    AUTO, AWAY, BUSY;

    /** The name on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The availability of that name, if there is one. */
    public static Optional<Availability> of(String wire) {
        return Stream.of(values()).filter(one -> one.wire().equals(wire)).findFirst();
    }
}
