package parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which messages of a room to read: the newest ones, those just before an offset, those just after one, or those on both sides of an
 * offset or time. Always answered in ascending order.
 *
 * @param before only messages with a smaller offset, 0 for no such bound
 * @param after only messages with a greater offset, and the oldest of those; -1 for no such bound
 * @param around half of the page before this offset, the rest from it on; 0 for no such place
 * @param at the same for the first message at this time or later
 * @param thread only the replies to the message of this offset; 0 for the room's messages, with replies that are shown there too
 * @param pinned only pinned messages
 * @param limit how many at most, 1 to {@link #LARGEST}
 */
public record HistoryPage(long before, long after, long around, Optional<Instant> at, long thread, boolean pinned, int limit) {

    /** The most messages that one page holds. */
    public static final int LARGEST = 100;
    /** The size of a page without a {@code limit}. */
    public static final int USUAL = 50;

    /** The page that these fields ask for, on the socket and over HTTP. */
    public static HistoryPage of(Fields fields) {
        if (List.of("before", "after", "around", "at").stream().filter(fields::has).count() > 1) {
            fields.wrong(Problem.badRequest("Only one of `before`, `after`, `around` and `at` is allowed."));
        }
        int limit = (int) fields.number("limit", 1, LARGEST, USUAL);
        return new HistoryPage(fields.number("before", 1, 0), fields.number("after", 0, -1), fields.number("around", 1, 0),
                fields.has("at") ? Optional.of(fields.moment("at")) : Optional.empty(), fields.number("thread", 1, 0),
                fields.flag("pinned", false), limit);
    }

    /** The newest messages up to and including an offset. */
    public static HistoryPage upTo(long offset, int limit) {
        return new HistoryPage(offset + 1, -1, 0, Optional.empty(), 0, false, limit);
    }

    /** The features that it needs. */
    public Set<Feature> features() {
        return pinned ? Set.of(Feature.PINS) : Set.of();
    }

    /** Whether it reads from old to new. */
    public boolean forward() {
        return after >= 0;
    }

    /** Whether it reads on both sides of a place. */
    public boolean bothSides() {
        return around > 0 || at.isPresent();
    }
}
