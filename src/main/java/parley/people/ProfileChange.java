package parley.people;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import parley.protocol.Fields;
import parley.protocol.Problem;

/**
 * A change of a profile. An empty component stays as it is.
 *
 * @param status empty inside to remove it
 * @param quiet empty inside to remove them
 * @param keywords the new list
 */
public record ProfileChange(Optional<Optional<Status>> status, Optional<Availability> availability, Optional<Boolean> receipts,
                            Optional<Optional<QuietHours>> quiet, Optional<List<String>> keywords) {

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final int LONGEST_WORD = 64;
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    /** The change that these fields describe. A field that is {@code null} removes the status or the quiet hours. */
    public static ProfileChange of(Fields fields, Instant now) {
        return new ProfileChange(
                fields.isNull("status") ? Optional.of(Optional.empty())
                        : fields.has("status") ? Optional.of(Optional.of(status(fields, now))) : Optional.empty(),
                fields.has("availability") ? Optional.of(availability(fields)) : Optional.empty(),
                fields.has("receipts") ? Optional.of(fields.flag("receipts")) : Optional.empty(),
                fields.isNull("quiet") ? Optional.of(Optional.empty())
                        : fields.has("quiet") ? Optional.of(quiet(fields)) : Optional.empty(),
                fields.has("keywords") ? Optional.of(keywords(fields)) : Optional.empty());
    }

    private static Status status(Fields fields, Instant now) {
        Fields status = fields.object("status");
        String text = status.line("text", Status.LONGEST_TEXT);
        Optional<String> emoji = status.has("emoji") ? Optional.of(status.emoji("emoji")) : Optional.empty();
        Optional<Instant> until = status.has("until") ? Optional.of(status.moment("until")) : Optional.empty();
        if (until.filter(end -> !end.isAfter(now)).isPresent()) {
            status.wrong(Problem.badRequest("`until` must be in the future."));
        }
        status.problem().ifPresent(fields::wrong);
        return new Status(text, emoji, until);
    }

    private static Availability availability(Fields fields) {
        Optional<Availability> chosen = Availability.of(fields.line("availability", LONGEST_WORD));
        if (chosen.isEmpty()) {
            fields.wrong(Problem.badRequest("`availability` must be auto, away or busy."));
        }
        return chosen.orElse(Availability.AUTO);
    }

    private static Optional<QuietHours> quiet(Fields fields) {
        Fields quiet = fields.object("quiet");
        LocalTime from = time(quiet, "from");
        LocalTime to = time(quiet, "to");
        Optional<ZoneId> zone = zone(quiet);
        if (from.equals(to)) {
            quiet.wrong(Problem.badRequest("`from` and `to` must be different."));
        }
        quiet.problem().ifPresent(fields::wrong);
        return zone.map(there -> new QuietHours(from, to, there));
    }

    private static LocalTime time(Fields fields, String name) {
        String text = fields.line(name, LONGEST_WORD);
        if (!TIME.matcher(text).matches()) {
            fields.wrong(Problem.badRequest("`" + name + "` must be a time of day such as 20:00."));
            return LocalTime.MIDNIGHT;
        }
        return LocalTime.parse(text);
    }

    // An offset would be wrong for half of the year.
    private static Optional<ZoneId> zone(Fields fields) {
        String id = fields.line("zone", LONGEST_WORD);
        try {
            if (ZONES.contains(id)) {
                return Optional.of(ZoneId.of(id));
            }
        } catch (DateTimeException unknown) {
            // Refused below.
        }
        fields.wrong(Problem.badRequest("`zone` must be a time zone such as Europe/Berlin."));
        return Optional.empty();
    }

    private static List<String> keywords(Fields fields) {
        return fields.lines("keywords", Preference.MOST_KEYWORDS, Preference.LONGEST_KEYWORD).stream().map(String::strip).distinct()
                .toList();
    }
}
