package parley.protocol;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of one JSON object from outside, by name and rule. It keeps the first fault and continues with harmless values,
 * so a reader asks once, at the end: {@link #problem()}. For one thread and one use.
 */
public final class Fields {

    /** Numbers beyond this lose digits in a browser (ECMA-262, Number.MAX_SAFE_INTEGER is one less). */
    static final long LARGEST_NUMBER = 1L << 53;

    private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    // Names of any length and any characters arrive here; a message repeats only harmless ones.
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    // RFC 3339 has years of four digits.
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final ObjectNode json;
    private final Set<String> known = new HashSet<>();
    private Problem problem;

    /** Reads from this object. */
    public Fields(ObjectNode json) {
        this.json = json;
    }

    /** The first fault, unknown fields included. */
    public Optional<Problem> problem() {
        for (String name : json.propertyNames()) {
            if (!known.contains(name)) {
                wrong(Problem.badRequest(PRINTABLE.matcher(name).matches() ? "Unknown field `" + name + "`." : "Unknown field."));
            }
        }
        return Optional.ofNullable(problem);
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        JsonNode value = take(name);
        return value != null && !value.isNull();
    }

    /** Whether the field is there and null. */
    public boolean isNull(String name) {
        JsonNode value = take(name);
        return value != null && value.isNull();
    }

    /** Whether this may be a room's id. */
    public static boolean isRoomId(String id) {
        return ROOM.matcher(id).matches();
    }

    /** A room's id. */
    public String room(String name) {
        String id = string(name);
        if (!isRoomId(id)) {
            wrong(Problem.badRequest("`" + name + "` must be 1 to 64 letters, digits, _ or -."));
        }
        return id;
    }

    /** What people wrote: not blank, at most so many code points (else too large), nothing that can't be stored. */
    public String text(String name, int longest) {
        String text = string(name);
        if (TextRules.isLongerThan(longest, text)) {
            wrong(Problem.tooLarge("`" + name + "` has more than " + longest + " characters."));
        }
        return sound(name, text);
    }

    /** As {@link #text}, but it may be blank, which is empty. */
    public String textOrNone(String name, int longest) {
        JsonNode value = take(name);
        return value != null && value.isString() && TextRules.isBlank(value.stringValue()) && TextRules.isStorable(value.stringValue())
                ? "" : text(name, longest);
    }

    /** A name that is chosen for a room or a person, as it is kept: {@link TextRules#wrongInName}. */
    public String name(String name) {
        String chosen = TextRules.name(string(name));
        TextRules.wrongInName(chosen).ifPresent(why -> wrong(Problem.badRequest("`" + name + "` " + why + ".")));
        return chosen;
    }

    /** The id of a user: {@link TextRules#isUserId}. */
    public String user(String name) {
        String id = string(name);
        if (!TextRules.isUserId(id)) {
            wrong(Problem.badRequest("`" + name + "` must be 1 to " + TextRules.LONGEST_USER + " visible characters."));
        }
        return id;
    }

    /** A key or topic: not blank, at most so many code points, no control characters. */
    public String line(String name, int longest) {
        String line = string(name);
        if (TextRules.isLongerThan(longest, line)) {
            wrong(Problem.badRequest("`" + name + "` has more than " + longest + " characters."));
        }
        if (TextRules.hasControls(line)) {
            wrong(Problem.badRequest("`" + name + "` has a control character."));
        }
        return sound(name, line);
    }

    /** As {@link #line}, but it may be empty. */
    public String lineOrNone(String name, int longest) {
        JsonNode value = take(name);
        return value != null && value.isString() && value.stringValue().isEmpty() ? "" : line(name, longest);
    }

    private String sound(String name, String text) {
        if (TextRules.isBlank(text)) {
            wrong(Problem.badRequest("`" + name + "` must not be empty."));
        } else if (!TextRules.isStorable(text)) {
            wrong(Problem.badRequest("`" + name + "` has a character that is not text."));
        }
        return text;
    }

    /** A number from {@code least} to 2^53. */
    public long number(String name, long least) {
        return bounded(name, least, LARGEST_NUMBER);
    }

    /** A number from {@code least} to 2^53, or {@code absent} when the field isn't there. */
    public long number(String name, long least, long absent) {
        return number(name, least, LARGEST_NUMBER, absent);
    }

    /** A number from {@code least} to {@code most}, or {@code absent} when the field isn't there. */
    public long number(String name, long least, long most, long absent) {
        return has(name) ? bounded(name, least, most) : absent;
    }

    private long bounded(String name, long least, long most) {
        JsonNode value = take(name);
        if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
            long number = value.longValue();
            if (number >= least && number <= most) {
                return number;
            }
        }
        wrong(Problem.badRequest("`" + name + "` must be a whole number from " + least + " to " + most + "."));
        return least;
    }

    /** Base64 of 1 to so many bytes (else too large), or in CBOR the bytes themselves; as canonical base64. */
    public String base64(String name, int most) {
        JsonNode value = take(name);
        if (value != null && (value.isString() || value.isBinary())) {
            try {
                byte[] bytes = value.isBinary() ? value.binaryValue() : Base64.getDecoder().decode(value.stringValue());
                if (bytes.length > most) {
                    wrong(Problem.tooLarge("`" + name + "` has more than " + most + " bytes."));
                } else if (bytes.length > 0) {
                    return Base64.getEncoder().encodeToString(bytes);
                }
            } catch (IllegalArgumentException notBase64) {
                // Refused below.
            }
        }
        wrong(Problem.badRequest("`" + name + "` must be base64 of at least one byte."));
        return "";
    }

    /**
     * A string or an object, which the server passes on without reading it: as JSON, of at most so many bytes in UTF-8 (else too large).
     * Fields of the object may be anything, also null.
     */
    public String json(String name, int most) {
        JsonNode value = take(name);
        if (value == null || !value.isString() && !value.isObject()) {
            wrong(Problem.badRequest("`" + name + "` must be a string or an object."));
            return "\"\"";
        }
        String text = value.toString();
        if (!TextRules.isStorable(value.isString() ? value.stringValue() : text)) {
            wrong(Problem.badRequest("`" + name + "` has a character that is not text."));
            return "\"\"";
        }
        String counted = value.isString() ? value.stringValue() : text;
        if (counted.getBytes(StandardCharsets.UTF_8).length > most) {
            wrong(Problem.tooLarge("`" + name + "` has more than " + most + " bytes."));
        }
        return text;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name) {
        JsonNode value = take(name);
        if (value == null || !value.isBoolean()) {
            wrong(Problem.badRequest("`" + name + "` must be true or false."));
            return false;
        }
        return value.booleanValue();
    }

    /** {@code true} or {@code false}, or {@code absent} when the field isn't there. */
    public boolean flag(String name, boolean absent) {
        return has(name) ? flag(name) : absent;
    }

    /** One emoji, in the form that Unicode recommends: {@link TextRules#emoji}. */
    public String emoji(String name) {
        Optional<String> emoji = TextRules.emoji(string(name));
        if (emoji.isEmpty()) {
            wrong(Problem.badRequest("`" + name + "` must be one emoji."));
        }
        return emoji.orElse("");
    }

    /** One emoji, as {@link #emoji} takes it, or the name of a custom one: {@link TextRules#customEmoji}. */
    public String reaction(String name) {
        return has(name) && TextRules.customEmoji(string(name)).isPresent() ? string(name) : emoji(name);
    }

    /** A moment as RFC 3339 has it, to the millisecond. */
    public Instant moment(String name) {
        try {
            Instant moment = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(string(name), Instant::from).truncatedTo(ChronoUnit.MILLIS);
            if (moment.isAfter(EARLIEST) && moment.isBefore(LATEST)) {
                return moment;
            }
        } catch (DateTimeException noMoment) {
            // Refused below.
        }
        wrong(Problem.badRequest("`" + name + "` must be a time such as 2030-01-31T12:00:00Z."));
        return Instant.EPOCH;
    }

    /** A list of lines, empty when the field isn't there. */
    public List<String> lines(String name, int most, int longest) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode value = take(name);
        if (!value.isArray() || value.size() > most) {
            wrong(Problem.badRequest("`" + name + "` must be a list of at most " + most + " entries."));
            return List.of();
        }
        List<String> lines = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            String line = item.isString() ? item.stringValue() : "";
            if (TextRules.isBlank(line) || line.length() > longest || !TextRules.isStorable(line) || TextRules.hasControls(line)) {
                wrong(Problem.badRequest("`" + name + "` has an entry that is not a string of 1 to " + longest + " characters."));
            }
            lines.add(line);
        }
        return List.copyOf(lines);
    }

    /** An object of strings, each of at most so many code points; empty when the field isn't there. */
    public Map<String, String> strings(String name, int most, int longest) {
        if (!has(name)) {
            return Map.of();
        }
        if (!(take(name) instanceof ObjectNode object) || object.size() > most) {
            wrong(Problem.badRequest("`" + name + "` must be an object of at most " + most + " strings."));
            return Map.of();
        }
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties().forEach(entry -> {
            String value = entry.getValue().isString() ? entry.getValue().stringValue() : null;
            if (value == null || TextRules.isLongerThan(longest, value) || !TextRules.isStorable(value)
                    || !TextRules.isStorable(entry.getKey())) {
                wrong(Problem.badRequest("`" + name + "` has an entry that is no text of at most " + longest + " characters."));
            } else {
                strings.put(entry.getKey(), value);
            }
        });
        return Collections.unmodifiableMap(strings);
    }

    /** An object of its own fields, with a problem of its own. */
    public Fields object(String name) {
        if (take(name) instanceof ObjectNode object) {
            return new Fields(object);
        }
        wrong(Problem.badRequest("`" + name + "` must be an object."));
        return new Fields(json.objectNode());
    }

    /** A list of objects, each with a problem of its own; empty when the field isn't there. */
    public List<Fields> objects(String name, int most) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode value = take(name);
        List<Fields> objects = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            if (item instanceof ObjectNode object) {
                objects.add(new Fields(object));
            }
        }
        if (!value.isArray() || objects.size() < value.size()) {
            wrong(Problem.badRequest("`" + name + "` must be a list of objects."));
        } else if (value.size() > most) {
            wrong(Problem.tooLarge("`" + name + "` has more than " + most + " entries."));
        }
        return List.copyOf(objects);
    }

    /** Says that something is wrong; only the first saying counts. */
    public void wrong(Problem found) {
        if (problem == null) {
            problem = found;
        }
    }

    /** Any string, empty (and wrong) when it isn't one. */
    String string(String name) {
        JsonNode value = take(name);
        if (value == null || !value.isString()) {
            wrong(Problem.badRequest("`" + name + "` must be a string."));
            return "";
        }
        return value.stringValue();
    }

    private JsonNode take(String name) {
        known.add(name);
        return json.get(name);
    }
}
