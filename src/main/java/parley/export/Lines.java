package parley.export;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lines of JSON: one object each, with fields in the order in which they were put. */
final class Lines {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Lines() {
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static JsonNode read(String json) {
        return JSON.readTree(json);
    }

    /** Any value as JSON. */
    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /** The object and the end of the line. */
    static byte[] bytes(ObjectNode line) {
        return bytes(JSON.writeValueAsString(line) + "\n");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
