package parley.people;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person says about themselves for a while.
 *
 * @param text 1 to {@value #LONGEST_TEXT} characters
 * @param until when it ends; empty for never
 */
public record Status(String text, Optional<String> emoji, Optional<Instant> until) {

    /** The longest text, in code points. */
    public static final int LONGEST_TEXT = 100;

    /** Whether it still holds at that time. */
    public boolean holds(Instant now) {
        return until.isEmpty() || until.get().isAfter(now);
    }
}
