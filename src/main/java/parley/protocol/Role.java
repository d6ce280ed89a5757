package parley.protocol;

import java.util.Locale;

/** What a person is in a room; {@link #NONE} is someone who is not a member and only listens to a public room. */
public enum Role {
    OWNER, MODERATOR, MEMBER, GUEST, NONE;

    /** The name on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name; an unknown one is a defect of whoever wrote it. */
    public static Role of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
