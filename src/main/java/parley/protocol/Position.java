package parley.protocol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a room's log: everything up to and including {@code offset} has been seen.
 *
 * @param epoch the identity of the log; an offset means nothing in another epoch
 * @param offset 0 (before the first event) or the offset of an event
 */
public record Position(String epoch, long offset) {

    /** The most characters of an epoch. */
    static final int LONGEST_EPOCH = 64;

    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9_-]{1," + LONGEST_EPOCH + "}):([0-9]{1,15})");

    /** A position as text, such as {@code epoch:42}; empty if the text is something else. */
    public static Optional<Position> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? Optional.of(new Position(matcher.group(1), Long.parseLong(matcher.group(2)))) : Optional.empty();
    }

    /** The position as text, which {@link #of} reads. */
    public String text() {
        return epoch + ":" + offset;
    }
}
