package parley.people;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The hours of each day in which a person wants no notifications, in their time zone. They may go past midnight.
 *
 * @param from the first minute
 * @param to the first minute after them; different from {@code from}
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

    /** Whether this time is in them. */
    public boolean contain(Instant time) {
        LocalTime local = LocalTime.ofInstant(time, zone);
        boolean afterStart = !local.isBefore(from);
        boolean beforeEnd = local.isBefore(to);
        return from.isBefore(to) ? afterStart && beforeEnd : afterStart || beforeEnd;
    }
}
