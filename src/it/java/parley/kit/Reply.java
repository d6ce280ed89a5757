package parley.kit;

import tools.jackson.databind.JsonNode;

/** The one answer to a command. */
public record Reply(JsonNode json) {

    /** The {@code ok} of a command that was done; an {@link AssertionError} when it was refused. */
    public JsonNode ok() {
        if (!json.has("ok")) {
            throw new AssertionError("Expected ok, but the reply was " + json);
        }
        return json.get("ok");
    }

    /** The offset in {@code ok}. */
    public long offset() {
        JsonNode offset = ok().path("offset");
        if (!offset.isIntegralNumber()) {
            throw new AssertionError("Expected an offset, but the reply was " + json);
        }
        return offset.longValue();
    }

    /** Whether it is a post that had been made before. */
    public boolean duplicate() {
        return ok().required("duplicate").booleanValue();
    }

    /** The {@code error} of a command that was refused; an {@link AssertionError} when it was done. */
    public JsonNode error() {
        if (!json.has("error")) {
            throw new AssertionError("Expected a refusal, but the reply was " + json);
        }
        return json.get("error");
    }

    /** The code of the refusal. */
    public String refusal() {
        return error().required("code").stringValue();
    }
}
