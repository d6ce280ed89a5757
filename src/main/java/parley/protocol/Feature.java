package parley.protocol;

import java.util.Locale;

/** A part of the product that a deployment can switch off. The order is that of {@code hello.features}. */
public enum Feature {
    EDIT, REACTIONS, THREADS, PINS, READ, DIRECT, PEOPLE, FILES, SEARCH, NOTIFICATIONS, PREVIEWS,
    DOCUMENTS, CALLS, HOOKS, SCHEDULE;

    /** The name on the wire and in the setting. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
