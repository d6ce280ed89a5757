package parley.kit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP response.
 *
 * @param headers by name in lower case
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, String body) {

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT))).map(List::getFirst);
    }

    /** The body as JSON. */
    public JsonNode json() {
        return Json.read(body);
    }

    /** The JSON body of a request that was done; an {@link AssertionError} when its status is another. */
    public JsonNode json(int expected) {
        if (status != expected) {
            throw new AssertionError("Expected " + expected + ", but the answer was " + this);
        }
        return json();
    }

    /** The {@code code} of the problem body; an {@link AssertionError} when the answer is no problem. */
    public String problem() {
        boolean isProblem = header("Content-Type").orElse("").startsWith("application/problem+json");
        if (!isProblem || !json().path("code").isString()) {
            throw new AssertionError("Expected a problem body, but the answer was " + this);
        }
        return json().get("code").stringValue();
    }
}
