package parley.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a room keeps its messages: {@code forever}, a number of days such as {@code 30d}, or {@code none}, which stores no
 * message and holds the latest ones in memory for clients that resume.
 *
 * @param days 1 to {@link #MOST_DAYS}; 0 for none, -1 for forever
 */
public record Retention(int days) {

    /** Messages are never removed. */
    public static final Retention FOREVER = new Retention(-1);
    /** Nothing is stored. */
    public static final Retention NONE = new Retention(0);
    /** A hundred years. */
    public static final int MOST_DAYS = 36_500;

    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");

    /** The name on the wire and in the database. */
    public String wire() {
        return equals(FOREVER) ? "forever" : equals(NONE) ? "none" : days + "d";
    }

    /** The retention of that name, if it is one. */
    public static Optional<Retention> of(String wire) {
        Matcher matcher = DAYS.matcher(wire);
        return switch (wire) {
            case "forever" -> Optional.of(FOREVER);
            case "none" -> Optional.of(NONE);
            default -> matcher.matches() ? ofDays(Integer.parseInt(matcher.group(1))) : Optional.empty();
        };
    }

    /** The time before which messages are removed; empty if the room keeps all. */
    public Optional<Instant> cutoff(Instant now) {
        return equals(FOREVER) ? Optional.empty() : Optional.of(now.minus(Duration.ofDays(days)));
    }

    private static Optional<Retention> ofDays(int days) {
        return days > MOST_DAYS ? Optional.empty() : Optional.of(new Retention(days));
    }
}
