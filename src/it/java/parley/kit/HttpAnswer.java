package parley.kit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.contract.HttpContract;
import parley.contract.Violations;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP response.
 *
 * @param headers by name in lower case
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, String body) {

    /** The same answer, after a check against the contract. The path is below the application. */
    HttpAnswer checked(String method, String path, Optional<String> requestBody) {
        Violations.add(HttpContract.current().wrong(new HttpContract.Request(method, path, requestBody),
                new HttpContract.Answer(status, header("Content-Type").orElse(""), body)), method + " " + path + " " + this);
        return this;
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT))).map(List::getFirst);
    }

    /** The body as JSON. */
    public JsonNode json() {
        return Json.read(body);
    }

    /** The body as JSON; an {@link AssertionError} if the status is not the expected one. */
    public JsonNode json(int expected) {
        if (status != expected) {
            throw new AssertionError("Expected status " + expected + ", but got " + this);
        }
        return json();
    }

    /** The {@code code} of the problem body; an {@link AssertionError} if the response has none. */
    public String problem() {
        boolean isProblem = header("Content-Type").orElse("").startsWith("application/problem+json");
        if (!isProblem || !json().path("code").isString()) {
            throw new AssertionError("Expected a problem body, but got " + this);
        }
        return json().get("code").stringValue();
    }
}
