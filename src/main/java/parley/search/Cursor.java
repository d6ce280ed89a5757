package parley.search;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the results of a search: after this message. It holds the place in the order and no number of a document, so it means the same
 * on every instance.
 *
 * @param asOf the time of the first page, in milliseconds: by it, newer messages rank higher
 * @param score how well the message matches; 0 in an order by time
 * @param at the time of the message, in milliseconds
 */
record Cursor(long asOf, float score, long at, long offset, String room) {

    // A room id has no period.
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,18})\\.([0-9a-f]{1,8})\\.([0-9]{1,18})\\.([0-9]{1,18})\\.([A-Za-z0-9_-]{1,64})");

    /** The cursor of this text; empty if it is none, or if it belongs to another order. */
    static Optional<Cursor> of(String text, boolean byTime) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        float score = Float.intBitsToFloat(Integer.parseUnsignedInt(matcher.group(2), 16));
        return Optional.of(new Cursor(Long.parseLong(matcher.group(1)), score, Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4)), matcher.group(5))).filter(cursor -> byTime ? score == 0 : score > 0);
    }

    String text() {
        return asOf + "." + Integer.toHexString(Float.floatToIntBits(score)) + "." + at + "." + offset + "." + room;
    }
}
