package parley.hold;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.User;

/**
 * A legal hold.
 *
 * @param id in the order of time
 * @param by the administrator who made it
 * @param release who released it, and when; empty while it is in force
 */
public record Hold(String id, String name, Scope scope, User by, Instant at, Optional<Release> release) {

    /** The most characters of a name. */
    public static final int LONGEST_NAME = 100;
    /** The most people of a hold. */
    public static final int MOST_PEOPLE = 100;
    /** The most rooms of a hold. */
    public static final int MOST_ROOMS = 500;
    /** The most words of a hold. */
    public static final int MOST_WORDS = 100;
    /** The most characters of a word. */
    public static final int LONGEST_WORD = 100;

    /** The end of a hold. */
    public record Release(User by, Instant at) {}
}
