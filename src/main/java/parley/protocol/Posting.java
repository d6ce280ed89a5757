package parley.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may post in a room, and how often. Moderators, owners, bots and hooks may always post.
 *
 * @param who may post
 * @param slow the seconds between two messages of one person, at most {@link #SLOWEST}; 0 for no limit
 */
public record Posting(Who who, int slow) {

    /** Everyone may post, as often as they like. */
    public static final Posting OPEN = new Posting(Who.EVERYONE, 0);
    /** Six hours. */
    public static final int SLOWEST = 21_600;

    /** Who of the members may post. */
    public enum Who {
        /** Everyone but guests. */
        EVERYONE,
        /** Moderators and owners; others only replies in threads. */
        THREADS,
        /** Moderators and owners. */
        MODERATORS;

        /** The name on the wire and in the database. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Who has this name. */
        public static Optional<Who> of(String wire) {
            return Arrays.stream(values()).filter(who -> who.wire().equals(wire)).findFirst();
        }
    }
}
