package parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Reply;
import parley.kit.Server;
import tools.jackson.databind.JsonNode;

/** Who may post in a room, and how often. */
class PostingRulesIT {

    private final Http owner = Http.of("alice");
    private final String room = owner.createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob").joins(room);

    @ParameterizedTest
    @ValueSource(strings = {"{\"posting\":\"nobody\"}", "{\"posting\":1}", "{\"slow\":-1}", "{\"slow\":21601}", "{\"slow\":\"5\"}",
        "{\"slow\":5,\"retention\":\"none\"}"})
    void refusesOtherValues(String body) {
        assertThat(owner.send(HttpRequest.newBuilder(Server.at("/api/rooms/" + room))
                .method("PATCH", BodyPublishers.ofString(body)).header("Content-Type", "application/json"))
                .problem()).isEqualTo("bad_request");
    }

    @Test
    void onlyModeratorsPostInARoomForAnnouncements() {
        JsonNode changed = set(Map.of("posting", "moderators")).json(200);
        assertThat(changed.get("posting").stringValue()).isEqualTo("moderators");
        assertThat(bob.receives(Expected.ofType("room.updated")).get("posting").stringValue()).isEqualTo("moderators");
        assertThat(Http.of("bob").get("/api/rooms/" + room).json(200).get("posting").stringValue()).isEqualTo("moderators");

        long root = post(alice, Map.of("text", "hear")).offset();
        assertThat(post(bob, Map.of("text", "hello")).refusal()).isEqualTo("forbidden");
        assertThat(post(bob, Map.of("text", "hello", "thread", root)).refusal()).isEqualTo("forbidden");
        Map<String, Object> command = withKey(Map.of("text", "hello", "id", 1, "type", "message.post", "room", room));
        assertThat(Http.of("bob").post("/api/commands", command).json(200).at("/error/code").stringValue()).isEqualTo("forbidden");

        assertThat(owner.setsRole(room, "bob", "moderator").status()).isEqualTo(204);
        assertThat(post(bob, Map.of("text", "as a moderator")).offset()).isPositive();
    }

    @Test
    void othersReplyInThreadsIfTheRoomAllowsIt() {
        set(Map.of("posting", "threads")).json(200);
        long root = post(alice, Map.of("text", "hear")).offset();
        assertThat(post(bob, Map.of("text", "hello")).refusal()).isEqualTo("forbidden");
        assertThat(post(bob, Map.of("text", "hello", "thread", root, "also", true)).refusal()).isEqualTo("forbidden");
        assertThat(post(bob, Map.of("text", "hello", "thread", root)).offset()).isPositive();

        set(Map.of("posting", "everyone")).json(200);
        assertThat(Http.of("bob").get("/api/rooms/" + room).json(200).has("posting")).isFalse();
        assertThat(post(bob, Map.of("text", "hello")).offset()).isPositive();
    }

    @Test
    void aSlowRoomTakesOneMessageOfEachPerson() {
        assertThat(set(Map.of("slow", 600)).json(200).get("slow").intValue()).isEqualTo(600);
        // At the same time, so that they come in one transaction or in several.
        List<CompletableFuture<Reply>> sent = Stream.generate(() -> bob.sends("message.post",
                withKey(Map.of("room", room, "text", "me first")))).limit(20).toList();
        List<Reply> refused = sent.stream().map(CompletableFuture::join).filter(reply -> reply.json().has("error")).toList();
        assertThat(refused).hasSize(19).allSatisfy(reply -> {
            assertThat(reply.refusal()).isEqualTo("rate_limited");
            assertThat(reply.error().get("retryAfter").longValue()).isBetween(500_000L, 600_000L);
        });
        assertThat(post(alice, Map.of("text", "moderators")).offset()).isPositive();
        assertThat(post(alice, Map.of("text", "don't wait")).offset()).isPositive();

        set(Map.of("slow", 0)).json(200);
        assertThat(post(bob, Map.of("text", "fast again")).offset()).isPositive();
        JsonNode rooms = Http.of("bob").get("/api/me/rooms").json(200).get("rooms");
        assertThat(rooms.valueStream().filter(one -> one.get("id").stringValue().equals(room))).noneMatch(one -> one.has("slow"));
    }

    private HttpAnswer set(Map<String, Object> change) {
        return owner.patch("/api/rooms/" + room, change);
    }

    private Reply post(ChatClient by, Map<String, Object> fields) {
        Map<String, Object> all = withKey(fields);
        all.put("room", room);
        return by.asks("message.post", all);
    }

    private static Map<String, Object> withKey(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("key", UUID.randomUUID().toString());
        return all;
    }
}
