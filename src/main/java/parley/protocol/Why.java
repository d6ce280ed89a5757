package parley.protocol;

import java.util.Locale;

/** Why a person is notified. If several reasons apply, the first one counts. */
public enum Why {
    /** The message mentions the person or everyone. */
    MENTION,
    /** The message is a reply in a thread of the person. */
    REPLY,
    /** The message was posted to a direct room. */
    DIRECT,
    /** The message contains a keyword of the person. */
    KEYWORD,
    /** Another person made the person a member of a room. */
    INVITED,
    /** A call was started in a room of the person. */
    CALL,
    /** The person asked to be reminded. */
    REMINDER,
    /** A message that the person scheduled could not be posted. */
    UNSENT,
    /** An export that the person asked for is complete. */
    EXPORT;

    /** The name on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason of that name, which {@link #wire} wrote. */
    public static Why of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
