package parley.protocol;

import java.util.Locale;

/**
 * What a person is in a room, from the highest down; {@link #NONE} is someone who is not a member and only listens to a
 * public room, {@link #BANNED} someone for whom the room does not exist.
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
