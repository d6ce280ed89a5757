package parley.kit;

import tools.jackson.databind.JsonNode;

/** The reply to a command. */
public record Reply(JsonNode json) {

    /** The {@code ok} field; an {@link AssertionError} if the command was refused. */
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

    /** Whether the post repeats an earlier one with the same idempotency key. */
    public boolean duplicate() {
        return ok().required("duplicate").booleanValue();
    }

    /** The {@code error} field; an {@link AssertionError} if the command succeeded. */
    public JsonNode error() {
        if (!json.has("error")) {
            throw new AssertionError("Expected an error, but the reply was " + json);
        }
        return json.get("error");
    }

    /** The error code. */
    public String refusal() {
        return error().required("code").stringValue();
    }
}
