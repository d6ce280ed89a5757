package parley.imports;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON of an export with bounds: 32 levels, strings of a million characters. Safe for every thread. */
final class Bounded {

    /** The earliest time of a message. */
    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final int DEEPEST = 32;
    private static final int LONGEST_STRING = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST).maxNumberLength(40).maxNameLength(1_000).maxStringLength(LONGEST_STRING).build()).build()).build();

    private Bounded() {
    }

    /** The object in these bytes; empty if they have none. */
    static Optional<JsonNode> object(byte[] bytes, int length) {
        try {
            JsonNode json = JSON.readTree(bytes, 0, length);
            return json.isObject() ? Optional.of(json) : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /** A parser of these bytes. */
    static JsonParser parser(byte[] bytes) {
        return JSON.createParser(bytes);
    }

    /** The text of a field; empty if it has none. */
    static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    /** A time in milliseconds since 1970; null if it is not usable. */
    static Instant time(long millis) {
        Instant at = Instant.ofEpochMilli(millis);
        return at.isBefore(EARLIEST) ? null : at;
    }
}
