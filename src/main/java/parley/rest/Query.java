package parley.rest;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.identity.Claims;
import parley.protocol.Fields;
import parley.protocol.Problem;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a query, such as {@code limit=50} or {@code pinned=true}, by the rules and in the words that apply to the fields of a
 * frame.
 */
final class Query {

    // 16 digits are enough for 2^53, the largest number that a browser holds exactly.
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,16}");

    private Query() {
    }

    /** Refuses a parameter that is no user id. */
    static Optional<Problem> wrongUser(String name, String value) {
        return Claims.isUserId(value) ? Optional.empty()
                : Optional.of(Problem.badRequest("`" + name + "` in the query must be 1 to 255 visible characters."));
    }

    /** The parameters of these names. The first value of a parameter counts; other parameters are not looked at. */
    static Fields of(UriInfo uri, String... names) {
        return new Fields(parameters(uri, names));
    }

    private static ObjectNode parameters(UriInfo uri, String... names) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            String value = uri.getQueryParameters().getFirst(name);
            if (value != null && NUMBER.matcher(value).matches()) {
                json.put(name, Long.parseLong(value));
            } else if ("true".equals(value) || "false".equals(value)) {
                json.put(name, Boolean.parseBoolean(value));
            } else if (value != null) {
                json.put(name, value);
            }
        }
        return json;
    }

    /** As {@link #of}, but these parameters are texts, whatever they look like. */
    static Fields withTexts(UriInfo uri, List<String> texts, String... names) {
        ObjectNode json = parameters(uri, names);
        for (String name : texts) {
            String value = uri.getQueryParameters().getFirst(name);
            if (value != null) {
                json.put(name, value);
            }
        }
        return new Fields(json);
    }
}
