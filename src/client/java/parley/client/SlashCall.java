package parley.client;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** What a person asked a bot: a slash command, or a button of one of the bot's forms. Answer it within 30 minutes. */
public final class SlashCall {

    private final Parley client;
    private final JsonNode frame;

    SlashCall(Parley client, JsonNode frame) {
        this.client = client;
        this.frame = frame;
    }

    /** The id of the call. */
    public String id() {
        return text("call");
    }

    /** The room in which it was asked. */
    public Room room() {
        return client.room(text("room"));
    }

    /** The id of the person. */
    public String by() {
        return frame.path("by").path("id").asString("");
    }

    /** The name of the person. */
    public String name() {
        return frame.path("by").path("name").asString("");
    }

    /** The name of the slash command; empty if a button was pressed. */
    public String command() {
        return text("command");
    }

    /** What the person typed after the name; may be empty. */
    public String text() {
        return text("text");
    }

    /** The name of the button; empty if a command was run. */
    public String action() {
        return text("action");
    }

    /** The message with the button; 0 if it was below a private answer, or if a command was run. */
    public long message() {
        return frame.path("message").longValue(0);
    }

    /** What the person entered into the form, by the name of the field. */
    public Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        frame.path("values").properties().forEach(value -> values.put(value.getKey(), value.getValue().asString("")));
        return values;
    }

    /** The whole frame, with fields that this version of the client does not know. */
    public JsonNode frame() {
        return frame;
    }

    /** Answers the person, and nobody else. To answer everyone, post to the {@link #room}. */
    public CompletableFuture<Void> answer(String text) {
        return answer(text, Map.of());
    }

    /**
     * The same with a form, as the protocol describes it: {@code fields} and {@code buttons}, lists of maps. An empty one is no form. A
     * further answer takes the place of the earlier one.
     */
    public CompletableFuture<Void> answer(String text, Map<String, ?> form) {
        Map<String, Object> fields = new HashMap<>(Map.of("call", id(), "text", text));
        if (!form.isEmpty()) {
            fields.put("form", form);
        }
        return client.command("slash.answer", fields).thenApply(ok -> null);
    }

    private String text(String name) {
        return frame.path(name).asString("");
    }
}
