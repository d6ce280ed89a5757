package parley.settings;

import static parley.settings.Setting.number;
import static parley.settings.Setting.parsed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long rooms keep messages in this installation, in days.
 *
 * @param standard for a room whose creator chooses nothing; {@link #ALL} for everything, 0 for nothing
 * @param floor the least that a room may choose; 0 without a floor
 * @param ceiling the most that a room may choose; {@link #ALL} without a ceiling
 */
public record KeptDays(int standard, int floor, int ceiling) {

    /** No message is ever removed. */
    public static final int ALL = Integer.MAX_VALUE;

    private static final int MOST = 36_500;
    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");

    public KeptDays {
        if (floor > ceiling) {
            throw new IllegalStateException("parley.retention.floor-days is `%d`. It must not be greater than "
                    .formatted(floor) + "parley.retention.ceiling-days, which is `%d`.".formatted(ceiling));
        }
        if (standard < floor || standard > ceiling) {
            throw new IllegalStateException("parley.retention.default must not be below parley.retention.floor-days or above "
                    + "parley.retention.ceiling-days.");
        }
    }

    static KeptDays read(Reading in) {
        int standard = in.read(parsed("parley.retention.default", "forever", KeptDays::days,
                "`forever`, `none`, or 1 to 36500 days such as `365d`",
                "How long a new room keeps messages if its creator chooses nothing. Direct rooms keep everything up to the ceiling."));
        int floor = in.read(number("parley.retention.floor-days", 0, 0, MOST, "days",
                "A room can't keep messages for less. Rooms that chose less before keep them as long as this. `0` means no floor."));
        int ceiling = in.read(number("parley.retention.ceiling-days", 0, 0, MOST, "days",
                "A room can't keep messages for longer. The next sweep deletes what is older, in every room. `0` means no ceiling."));
        return new KeptDays(standard, floor, ceiling == 0 ? ALL : ceiling);
    }

    private static Optional<Integer> days(String written) {
        Matcher matcher = DAYS.matcher(written.strip());
        return switch (written.strip()) {
            case "forever" -> Optional.of(ALL);
            case "none" -> Optional.of(0);
            default -> Optional.of(matcher).filter(Matcher::matches).map(days -> Integer.parseInt(days.group(1)))
                    .filter(days -> days <= MOST);
        };
    }
}
