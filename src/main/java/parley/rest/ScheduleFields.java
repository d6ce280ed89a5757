package parley.rest;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.schedule.When;

/** Reads the fields that scheduled messages and reminders share. */
final class ScheduleFields {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_TIME = 100;
    private static final int MOST_MENTIONS = 50;

    private ScheduleFields() {
    }

    /** {@code id}, which a client chooses, so that repeating a request adds nothing. */
    static String id(Fields fields) {
        String id = fields.line("id", LONGEST_TIME);
        if (!ID.matcher(id).matches()) {
            fields.wrong(Problem.badRequest("`id` must be 1 to 64 letters, digits, _ or -."));
        }
        return id;
    }

    /** {@code at}, and {@code zone} if it is a local time. */
    static Instant at(Fields fields, Instant now) {
        Optional<ZoneId> zone = zone(fields);
        return moment(fields, When.of(fields.line("at", LONGEST_TIME), zone, now));
    }

    /** {@code zone}, if it is there. */
    static Optional<ZoneId> zone(Fields fields) {
        if (!fields.has("zone")) {
            return Optional.empty();
        }
        Optional<ZoneId> zone = When.zone(fields.line("zone", LONGEST_TIME));
        if (zone.isEmpty()) {
            fields.wrong(Problem.badRequest("`zone` must be a time zone of the IANA database, such as Europe/Berlin."));
        }
        return zone;
    }

    /** The moment of a time that was read. */
    static Instant moment(Fields fields, When read) {
        return switch (read) {
            case When.At found -> found.at();
            case When.Refused refused -> {
                fields.wrong(refused.problem());
                yield Instant.EPOCH;
            }
        };
    }

    /** {@code mentions}. */
    static List<String> mentions(Fields fields) {
        return fields.lines("mentions", MOST_MENTIONS, TextRules.LONGEST_USER);
    }
}
