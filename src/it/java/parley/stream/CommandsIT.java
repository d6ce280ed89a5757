package parley.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/commands}: one command, and its reply. */
class CommandsIT {

    private final Http bob = Http.of("bob");
    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"ping\"", "{", "{\"id\":1,\"id\":2,\"type\":\"ping\"}", "{\"id\":1,\"type\":\"ping\"}{}"})
    void refusesABodyThatIsNoJsonObject(String body) {
        HttpAnswer answer = bob.postText("/api/commands", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":\"ping\"}", "{\"id\":0,\"type\":\"ping\"}",
            "{\"id\":1.5,\"type\":\"ping\"}",
            "{\"id\":1,\"type\":\"no.such\"}", "{\"id\":1,\"type\":[\"ping\"]}", "{\"id\":1,\"type\":\"ping\",\"more\":1}",
            "{\"id\":1,\"type\":\"history\",\"room\":{\"$ne\":null}}"})
    void refusesWhatIsNoCommand(String body) {
        assertThat(refusal(bob.postText("/api/commands", body))).isEqualTo("bad_request");
    }

    @Test
    void refusesABodyOverTheFrameLimit() {
        HttpAnswer answer = bob.postText("/api/commands", "{\"id\":1,\"type\":\"ping\",\"x\":\"" + "a".repeat(65_536) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("too_large");
    }

    @Test
    void needsAToken() {
        assertThat(Http.anonymous().post("/api/commands", Map.of("id", 1, "type", "ping")).problem()).isEqualTo("unauthorized");
    }

    @Test
    void refusesCommandsOfAConnection() {
        for (Map<String, ?> command : List.of(Map.of("type", "subscribe", "room", room), Map.of("type", "unsubscribe", "room", room),
                Map.of("type", "watch"), Map.of("type", "unwatch"), Map.of("type", "typing", "room", room, "on", true),
                Map.of("type", "auth.refresh", "token", Tokens.of("bob")))) {
            JsonNode frame = Json.read(Json.text(command));
            HttpAnswer answer = bob.postText("/api/commands", Json.command(7, frame.get("type").stringValue(), without(command)));
            assertThat(refusal(answer)).as("%s", command).isEqualTo("bad_request");
            assertThat(answer.json().get("re").intValue()).isEqualTo(7);
            assertThat(answer.json().at("/error/message").stringValue()).contains("open a stream");
        }
    }

    private static Map<String, ?> without(Map<String, ?> command) {
        Map<String, Object> fields = new java.util.HashMap<>(command);
        fields.remove("type");
        return fields;
    }

    @Test
    void refusesAPostToARoomThatTheCallerCannotSee() {
        String hidden = Http.of("alice").createsPrivateRoom();
        assertThat(refusal(post(hidden, "k", "t"))).isEqualTo("not_found");
        assertThat(refusal(post("no-such-room", "k", "t"))).isEqualTo("not_found");
    }

    @Test
    void refusesAPostOfAPersonWhoIsNoMember() {
        assertThat(refusal(post(room, "k", "t"))).isEqualTo("forbidden");
    }

    @Test
    void postsOnceForAKeyHoweverOftenItIsSent() {
        assertThat(command("room.join", Map.of("room", room)).json(200).get("ok").has("offset")).isTrue();
        String key = UUID.randomUUID().toString();

        JsonNode first = post(room, key, "over HTTP").json(200);
        JsonNode again = post(room, key, "over HTTP").json(200);

        assertThat(first.at("/ok/duplicate").booleanValue()).isFalse();
        assertThat(again.at("/ok/duplicate").booleanValue()).isTrue();
        assertThat(again.at("/ok/offset")).isEqualTo(first.at("/ok/offset"));
        assertThat(alice.receives(posted("over HTTP")).get("key").stringValue()).isEqualTo(key);
    }

    @Test
    void readsHistory() {
        alice.posts("in the history");
        JsonNode page = command("history", Map.of("room", room)).json(200).get("ok");
        assertThat(page.get("messages").valueStream().map(message -> message.get("text").stringValue())).containsExactly("in the history");
    }

    @Test
    void givesNoReplyToACommandWithoutAnId() {
        command("room.join", Map.of("room", room)).json(200);
        HttpAnswer answer = bob.post("/api/commands", Map.of("type", "read", "room", room, "upto", 1));
        assertThat(answer.status()).isEqualTo(204);
    }

    private HttpAnswer post(String where, String key, String text) {
        return command("message.post", Map.of("room", where, "key", key, "text", text));
    }

    private HttpAnswer command(String type, Map<String, ?> fields) {
        return bob.postText("/api/commands", Json.command(1, type, fields));
    }

    private static String refusal(HttpAnswer answer) {
        return answer.json(200).at("/error/code").asString("");
    }
}
