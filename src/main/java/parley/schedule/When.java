package parley.schedule;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.protocol.Problem;

/**
 * A time in the future, as a client or a person wrote it. A local time that the clocks skip is moved on by what they skip, and of two that
 * have the same name the earlier one counts, as {@link ZonedDateTime} has it.
 */
public sealed interface When {

    /** A time from which on a person wants something to happen, and what was written after it. */
    record At(Instant at, String text) implements When {}

    /** It can't be read, or it is too early or too late. */
    record Refused(Problem problem) implements When {}

    /** How far ahead a time may be. */
    Duration LONGEST = Duration.ofDays(366);
    /** The hour of a day without a time. */
    LocalTime USUAL = LocalTime.of(9, 0);
    /** What people may write. */
    String ALLOWED = "Begin with a time: `in 20 minutes`, `at 15:00`, `tomorrow 9:00`, `monday at 9am` or `2030-01-31 9:00`. Then write "
            + "the text.";

    Set<String> ZONES = ZoneId.getAvailableZoneIds();
    Pattern IN = Pattern.compile("in +(\\d{1,5}|an?) ?(m|mins?|minutes?|h|hours?|hrs?|d|days?|w|weeks?)(?= |$)");
    Pattern DAY = Pattern.compile("(?:on +)?(today|tomorrow|(?:next +)?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
            + "|\\d{4}-\\d\\d-\\d\\d)(?= |$)");
    /** After {@code at}, an hour alone is a time. */
    Pattern TIME = Pattern.compile("(?:at +(\\d{1,2})(?:[:.](\\d\\d))? ?(am|pm)?"
            + "|(\\d{1,2})[:.](\\d\\d) ?(am|pm)?|(\\d{1,2}) ?(am|pm))(?= |$)");
    Pattern BEFORE = Pattern.compile("(?:me +)?", Pattern.CASE_INSENSITIVE);

    /** The zone of this id of the IANA database, if there is one. */
    static Optional<ZoneId> zone(String id) {
        return ZONES.contains(id) ? Optional.of(ZoneId.of(id)) : Optional.empty();
    }

    /**
     * Reads a time that a program wrote.
     *
     * @param text a moment such as {@code 2030-01-31T12:00:00Z}, or with a zone a local time such as {@code 2030-01-31T13:00}
     */
    static When of(String text, Optional<ZoneId> zone, Instant now) {
        try {
            Instant at = zone.isPresent() ? LocalDateTime.parse(text).atZone(zone.get()).toInstant()
                    : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
            return checked(at.truncatedTo(ChronoUnit.MILLIS), "", now);
        } catch (DateTimeException unreadable) {
            return new Refused(Problem.badRequest(zone.isPresent() ? "`at` with a `zone` must be a local time such as 2030-01-31T12:00."
                    : "`at` must be a time such as 2030-01-31T12:00:00Z, or a local time with a `zone`."));
        }
    }

    /** Reads what a person wrote: {@code [me] TIME TEXT}. The text may be empty. */
    static When written(String line, ZoneId zone, Instant now) {
        String text = line.strip().replaceAll("\\s+", " ");
        Matcher before = BEFORE.matcher(text);
        String rest = before.lookingAt() ? text.substring(before.end()) : text;
        ZonedDateTime here = now.atZone(zone);
        Matcher in = IN.matcher(rest.toLowerCase(Locale.ROOT));
        try {
            return in.lookingAt() ? checked(in(in, here), rest(rest, in.end()), now) : onDay(rest, here, now);
        } catch (DateTimeException noSuchTime) {
            return new Refused(Problem.badRequest("There is no such time. " + ALLOWED));
        }
    }

    private static When onDay(String text, ZonedDateTime here, Instant now) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher day = DAY.matcher(lower);
        boolean named = day.lookingAt();
        int from = named ? Math.min(day.end() + 1, lower.length()) : 0;
        Matcher time = TIME.matcher(lower).region(from, lower.length());
        boolean timed = time.lookingAt();
        if (!named && !timed) {
            return new Refused(Problem.badRequest(ALLOWED));
        }
        LocalTime clock = timed ? time(time) : USUAL;
        LocalDate date = named ? date(day.group(1), here) : here.toLocalDate();
        ZonedDateTime at = date.atTime(clock).atZone(here.getZone());
        // A time without a day is the next one.
        ZonedDateTime next = named || at.isAfter(here) ? at : date.plusDays(1).atTime(clock).atZone(here.getZone());
        return checked(next.toInstant(), rest(text, timed ? time.end() : day.end()), now);
    }

    private static Instant in(Matcher in, ZonedDateTime here) {
        long count = in.group(1).startsWith("a") ? 1 : Long.parseLong(in.group(1));
        ZonedDateTime at = switch (in.group(2).charAt(0)) {
            case 'm' -> here.plusMinutes(count);
            case 'h' -> here.plusHours(count);
            case 'd' -> here.plusDays(count);
            default -> here.plusWeeks(count);
        };
        return at.toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static LocalDate date(String day, ZonedDateTime here) {
        return switch (day) {
            case "today" -> here.toLocalDate();
            case "tomorrow" -> here.toLocalDate().plusDays(1);
            default -> Character.isDigit(day.charAt(0)) ? LocalDate.parse(day) : here.toLocalDate().with(TemporalAdjusters.next(
                    DayOfWeek.valueOf(day.substring(day.lastIndexOf(' ') + 1).toUpperCase(Locale.ROOT))));
        };
    }

    private static LocalTime time(Matcher time) {
        int first = time.group(1) != null ? 1 : time.group(4) != null ? 4 : 7;
        int hour = Integer.parseInt(time.group(first));
        int minute = first == 7 || time.group(first + 1) == null ? 0 : Integer.parseInt(time.group(first + 1));
        String half = time.group(first == 7 ? 8 : first + 2);
        if (half == null) {
            return LocalTime.of(hour, minute);
        }
        if (hour < 1 || hour > 12) {
            throw new DateTimeException("There is no hour " + hour + " " + half);
        }
        return LocalTime.of(hour % 12 + (half.equals("pm") ? 12 : 0), minute);
    }

    // The line has only single blanks here.
    private static String rest(String line, int from) {
        return line.substring(from).strip();
    }

    private static When checked(Instant at, String text, Instant now) {
        if (!at.isAfter(now)) {
            return new Refused(Problem.badRequest("The time must be in the future."));
        }
        return at.isAfter(now.plus(LONGEST)) ? new Refused(Problem.badRequest("The time must be at most a year ahead."))
                : new At(at, text);
    }
}
