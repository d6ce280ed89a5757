package parley.notify;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The time of each day in which a person is not notified. It may span midnight. Equal times mean no quiet hours.
 *
 * @param from the first quiet moment
 * @param to the first moment after it
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

    /** Whether this moment is quiet, by the clock of the zone. */
    boolean contains(Instant moment) {
        LocalTime time = LocalTime.ofInstant(moment, zone);
        return from.isBefore(to) ? !time.isBefore(from) && time.isBefore(to)
                : from.isAfter(to) && (!time.isBefore(from) || time.isBefore(to));
    }
}
