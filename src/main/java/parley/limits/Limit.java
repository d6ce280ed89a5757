package parley.limits;

import java.util.Locale;

/** What is limited. The names are in metrics and between nodes. */
public enum Limit {
    /** Handshakes of an address in a minute. */
    HANDSHAKES,
    /** Connections of a user that are open. */
    USER_CONNECTIONS,
    /** Connections of an address that are open. */
    ADDRESS_CONNECTIONS,
    /** What a user's commands cost in a minute: {@link CommandCosts}. */
    COMMANDS,
    /** Calls of a user over HTTP in a minute. */
    USER_CALLS,
    /** Calls of an address over HTTP in a minute. */
    ADDRESS_CALLS;

    /** Its name outside the program. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The limit of this name; an {@link IllegalArgumentException} when there is none. */
    public static Limit of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
