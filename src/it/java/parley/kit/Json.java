package parley.kit;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON text, to and from. */
public final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {
    }

    /** The text of maps, lists, strings and numbers. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The text of a command as a client sends it. */
    public static String command(long id, String type, Map<String, ?> fields) {
        var command = MAPPER.createObjectNode().put("id", id).put("type", type);
        command.setAll((tools.jackson.databind.node.ObjectNode) MAPPER.valueToTree(fields));
        return command.toString();
    }

    /** What a text says; an {@link AssertionError} when it is no JSON. */
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (RuntimeException notJson) {
            throw new AssertionError("This is no JSON: " + text, notJson);
        }
    }
}
