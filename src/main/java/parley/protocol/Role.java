package parley.protocol;

import java.util.Locale;

/**
 * The role of a person in a room, from highest to lowest. {@link #NONE} is not a member and can only read a public room; for {@link
 * #BANNED} the room does not exist.
 */
public enum Role {
    OWNER, MODERATOR, MEMBER, GUEST, NONE, BANNED;

    /** The name on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this role is above the other one. */
    public boolean isAbove(Role other) {
        return ordinal() < other.ordinal();
    }

    /** The role of that wire name; throws for an unknown one. */
    public static Role of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
