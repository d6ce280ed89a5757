package parley.settings;

import static parley.settings.Setting.number;

/**
 * What is counted for administrators.
 *
 * @param kept days that are kept; 0 if nothing is counted
 * @param smallestGroup the fewest people whom a number may be about
 */
public record AnalyticsSettings(int kept, int smallestGroup) {

    private static final int USUAL_DAYS = 365;
    private static final int MOST_DAYS = 1_000;
    private static final int USUAL_GROUP = 5;
    private static final int SMALLEST_GROUP = 3;
    private static final int LARGEST_GROUP = 1_000;

    static AnalyticsSettings read(Reading in) {
        return new AnalyticsSettings(
                in.read(number("parley.analytics.days", USUAL_DAYS, 0, MOST_DAYS, "days",
                        "How long the [numbers of a day](analytics.md) are kept. With 0, nothing is counted.")),
                in.read(number("parley.analytics.smallest-group", USUAL_GROUP, SMALLEST_GROUP, LARGEST_GROUP, "people",
                        "A day with fewer active people is absent from the [analytics](analytics.md).")));
    }

    /** Whether days are counted. */
    public boolean isOn() {
        return kept > 0;
    }
}
