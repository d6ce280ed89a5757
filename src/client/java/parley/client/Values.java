package parley.client;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes JSON of what an application passes as the value of a field. */
final class Values {

    private static final JsonMapper JSON = new JsonMapper();

    private Values() {
    }

    static JsonNode of(Object value) {
        return JSON.valueToTree(value);
    }
}
