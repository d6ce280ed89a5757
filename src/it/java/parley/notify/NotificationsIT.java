package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.Reply;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Notifications of committed events, as their people see them over HTTP. */
class NotificationsIT {

    private static final String PATH = "/api/me/notifications";

    private final String room = Http.of("alice").createsPrivateRoom();
    // A person of this test alone, so that notifications of other tests don't count. The id is as awkward as ids can be.
    private final String reader = "reader:" + UUID.randomUUID() + "/..\\%2e";
    private final Http requests = Http.of(reader);
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);

    // Only people who have signed in can be invited.
    @BeforeEach
    void signIn() {
        assertThat(listed()).isEmpty();
    }

    private Reply says(String text, Map<String, ?> more) {
        Map<String, Object> fields = new HashMap<>(Map.of("room", room, "key", UUID.randomUUID().toString(), "text", text));
        fields.putAll(more);
        return alice.asks("message.post", fields);
    }

    private long mentions(String text) {
        return says(text, Map.of("mentions", List.of(reader))).offset();
    }

    private static Expected type(String type) {
        return new Expected(type, event -> event.path("type").stringValue("").equals(type));
    }

    private List<JsonNode> listed() {
        return requests.get(PATH).json(200).get("notifications").valueStream().toList();
    }

    private List<String> reasons() {
        return listed().stream().map(shown -> shown.get("why").stringValue()).toList();
    }

    private void invited() {
        assertThat(Http.of("alice").setsRole(room, reader, "member").status()).isEqualTo(204);
        await().untilAsserted(() -> assertThat(reasons()).containsExactly("invited"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"before=0", "before=x", "limit=0", "limit=101"})
    void refusesInvalidPages(String query) {
        assertThat(requests.get(PATH + "?" + query).problem()).isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"upto\":0}", "{\"upto\":\"1\"}", "{\"upto\":1,\"more\":1}", "[]", ""})
    void refusesInvalidMarks(String body) {
        assertThat(requests.postText(PATH + "/read", body).problem()).isEqualTo("bad_request");
    }

    @Test
    void peopleOutsideTheRoomAreNotNotified() {
        mentions("not for outsiders");
        invited();
        assertThat(listed().getFirst().has("offset")).isFalse();
    }

    @Test
    void eachReasonNotifiesOnce() {
        invited();
        long mention = mentions("look at this");
        try (ChatClient person = ChatClient.withToken(Tokens.of(reader)).joins(room)) {
            person.asks("message.post", Map.of("room", room, "key", "k", "text", "an answer", "thread", mention)).ok();
        }
        long reply = says("a reply", Map.of("thread", mention)).offset();
        says("everyone, please", Map.of("everyone", true)).offset();
        says("nobody in particular", Map.of()).offset();
        alice.asks("message.edit", Map.of("room", room, "message", mention, "text", "edited", "mentions", List.of(reader))).ok();

        await().untilAsserted(() -> assertThat(reasons()).containsExactly("mention", "reply", "mention", "invited"));
        JsonNode first = listed().get(2);
        assertThat(first.get("room").stringValue()).isEqualTo(room);
        assertThat(first.get("offset").longValue()).isEqualTo(mention);
        assertThat(first.at("/by/id").stringValue()).isEqualTo("alice");
        assertThat(first.get("text").stringValue()).as("today's text").isEqualTo("edited");
        assertThat(listed().get(1).get("offset").longValue()).isEqualTo(reply);
        JsonNode page = requests.get(PATH + "?limit=1&before=" + listed().get(1).get("id")).json(200);
        assertThat(page.get("notifications").get(0)).isEqualTo(first);
        assertThat(page.get("more").booleanValue()).isTrue();
    }

    @Test
    void whatAPersonChoseDecides() {
        invited();
        assertThat(requests.patch("/api/me", Map.of("keywords", List.of("Release date"))).status()).isEqualTo(200);
        // Instances read keywords every few seconds.
        await().untilAsserted(() -> {
            says("the release date", Map.of());
            assertThat(reasons()).contains("keyword");
        });
        // The last of these may be decided about later.
        long before = mentions();
        assertThat(requests.patch("/api/me", Map.of("availability", "busy")).status()).isEqualTo(200);
        mentionsWithWitness("while busy");
        assertThat(requests.patch("/api/me", Map.of("availability", "auto")).status()).isEqualTo(200);
        assertThat(requests.put("/api/me/blocks", Map.of("user", "alice")).status()).isEqualTo(204);
        mentionsWithWitness("of a blocked person");
        assertThat(requests.delete("/api/me/blocks?user=alice").status()).isEqualTo(204);
        mentionsWithWitness("at last");
        assertThat(listed().getFirst().path("text").stringValue("")).isEqualTo("at last");
        assertThat(mentions()).isEqualTo(before + 1);
    }

    private long mentions() {
        return reasons().stream().filter("mention"::equals).count();
    }

    // Another person is mentioned too, which shows when the decision about the message was made.
    private void mentionsWithWitness(String text) {
        String witness = "witness-" + room;
        assertThat(Http.of(witness).get(PATH).status()).as("the first sign-in").isEqualTo(200);
        assertThat(Http.of("alice").setsRole(room, witness, "member").status()).isEqualTo(204);
        says(text, Map.of("mentions", List.of(reader, witness))).offset();
        await().until(() -> Http.of(witness).get(PATH).body().contains(text));
    }

    @Test
    void eachDirectMessageNotifies() {
        String direct = requests.put("/api/direct", Map.of("users", List.of("alice"))).json(201).get("id").stringValue();
        alice.asks("message.post", Map.of("room", direct, "key", "k", "text", "hello")).ok();
        await().untilAsserted(() -> assertThat(reasons()).containsExactly("direct"));
    }

    @Test
    void readingIsKept() {
        invited();
        mentions("unread");
        await().untilAsserted(() -> assertThat(requests.get(PATH).json(200).get("unread").intValue()).isEqualTo(2));
        assertThat(requests.post(PATH + "/read", Map.of("upto", listed().getLast().get("id").longValue())).status()).isEqualTo(204);
        assertThat(requests.get(PATH).json(200).get("unread").intValue()).isEqualTo(1);
        assertThat(listed().getLast().get("read").booleanValue()).isTrue();
        assertThat(listed().getFirst().has("read")).isFalse();
    }

    @Test
    void watchingConnectionsAreNotifiedAndReadingTheRoomWithdraws() {
        invited();
        try (ChatClient page = ChatClient.withToken(Tokens.of(reader)); ChatClient other = ChatClient.withToken(Tokens.of(reader))) {
            page.asks("watch", Map.of()).ok();
            other.asks("watch", Map.of()).ok();
            long message = mentions("look");
            JsonNode notified = page.receives(type("notified"));
            assertThat(other.receives(type("notified"))).isEqualTo(notified);
            assertThat(notified.get("offset").longValue()).isEqualTo(message);
            assertThat(notified.get("why").stringValue()).isEqualTo("mention");
            assertThat(notified.get("text").stringValue()).isEqualTo("look");

            page.asks("read", Map.of("room", room, "upto", message)).ok();
            assertThat(other.receives(type("withdrawn")).get("ids").valueStream().map(JsonNode::longValue))
                    .contains(notified.get("id").longValue());
            assertThat(requests.get(PATH).json(200).get("unread").intValue()).isZero();
        }
    }

    @Test
    void aMutedRoomDoesNotNotify() {
        invited();
        assertThat(requests.patch("/api/me/rooms/" + room, Map.of("level", "nothing")).status()).isLessThan(300);
        mentionsWithWitness("into silence");
        assertThat(reasons()).containsExactly("invited");
    }

    @Test
    void deletingLeavingAndClosingWithdraw() {
        invited();
        long deleted = mentions("soon gone");
        mentions("stays a little longer");
        await().untilAsserted(() -> assertThat(reasons()).containsExactly("mention", "mention", "invited"));

        alice.asks("message.delete", Map.of("room", room, "message", deleted)).ok();
        await().untilAsserted(() -> assertThat(reasons()).containsExactly("mention", "invited"));

        assertThat(Http.of("alice").removes(room, reader).status()).isEqualTo(204);
        await().untilAsserted(() -> assertThat(listed()).isEmpty());

        invited();
        assertThat(Http.of("alice").delete("/api/rooms/" + room).status()).isEqualTo(204);
        await().untilAsserted(() -> assertThat(listed()).isEmpty());
    }

    @Test
    void aRoomThatStoresNoMessagesNotifiesToo() {
        assertThat(Http.of("alice").patch("/api/rooms/" + room, Map.of("retention", "none")).status()).isEqualTo(200);
        invited();
        mentions("not stored");
        await().untilAsserted(() -> assertThat(reasons()).containsExactly("mention", "invited"));
        assertThat(listed().getFirst().has("text")).isFalse();
    }
}
