package parley.people;

import java.util.List;
import java.util.Optional;

/**
 * What a person chose for themselves.
 *
 * @param receipts whether others see what they read, and they see what others read
 * @param quiet the hours without notifications
 * @param keywords words that notify them, at most {@value #MOST_KEYWORDS}
 */
public record Preference(boolean receipts, Optional<QuietHours> quiet, List<String> keywords, Availability availability) {

    /** The most keywords of a person. */
    public static final int MOST_KEYWORDS = 20;
    /** The longest keyword, in UTF-16 units. */
    public static final int LONGEST_KEYWORD = 50;

    /** The preference of a person who chose nothing. */
    public static final Preference USUAL = new Preference(true, Optional.empty(), List.of(), Availability.AUTO);
}
