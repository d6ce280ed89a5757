package parley.limits;

import java.util.Locale;

/** What is limited. The names appear in metrics and in messages between instances. */
public enum Limit {
    /** Handshakes of an address per minute. */
    HANDSHAKES,
    /** Open connections of a user. */
    USER_CONNECTIONS,
    /** Open connections of an address. */
    ADDRESS_CONNECTIONS,
    /** The cost of a user's commands per minute: {@link CommandCosts}. */
    COMMANDS,
    /** HTTP calls of a user per minute. */
    USER_CALLS,
    /** HTTP calls of an address per minute. */
    ADDRESS_CALLS;

    /** Its name outside the program. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The limit of this name; an {@link IllegalArgumentException} if there is none. */
    public static Limit of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
