package parley.protocol;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How the server writes times, in frames and over HTTP: RFC 3339, UTC, always with milliseconds. */
public final class WireTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private WireTime() {
    }

    /** The time as text. What is less than a millisecond is cut. */
    public static String text(Instant at) {
        return FORMAT.format(at);
    }
}
