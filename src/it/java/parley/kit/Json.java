package parley.kit;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON text. */
public final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {
    }

    /** Writes maps, lists, strings and numbers as JSON. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** A command frame as JSON text. */
    public static String command(long id, String type, Map<String, ?> fields) {
        var command = MAPPER.createObjectNode().put("id", id).put("type", type);
        command.setAll((tools.jackson.databind.node.ObjectNode) MAPPER.valueToTree(fields));
        return command.toString();
    }

    /** Parses JSON; an {@link AssertionError} if the text is invalid. */
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (RuntimeException notJson) {
            throw new AssertionError("Invalid JSON: " + text, notJson);
        }
    }
}
