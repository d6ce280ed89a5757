package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.Reply;
import tools.jackson.databind.JsonNode;

/** {@code history}: pages of messages, oldest first, by offset. */
class HistoryIT {

    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");
    private final List<Long> offsets = IntStream.rangeClosed(1, 5).mapToObj(i -> alice.posts("message " + i)).toList();

    @Test
    void refusesARoomThatDoesNotExist() {
        assertThat(bob.asks("history", Map.of("room", "no-such-room")).refusal()).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 101, 4_294_967_297L})
    void refusesAPageSizeOutsideOneToAHundred(long limit) {
        assertThat(ask("limit", limit).refusal()).isEqualTo("bad_request");
    }

    @Test
    void refusesBothDirectionsAtOnce() {
        assertThat(bob.asks("history", Map.of("room", room, "before", 4, "after", 2)).refusal()).isEqualTo("bad_request");
        assertThat(bob.asks("history", Map.of("room", room, "around", 4, "at", "2030-01-01T00:00:00Z")).refusal())
                .isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after", "around", "thread"})
    void refusesANegativeOffset(String field) {
        assertThat(ask(field, -1).refusal()).isEqualTo("bad_request");
    }

    @Test
    void returnsTheNewestMessagesOldestFirst() {
        JsonNode page = ask("limit", 2).ok();

        assertThat(texts(page)).containsExactly("message 4", "message 5");
        assertThat(page.get("more").booleanValue()).isTrue();
        JsonNode message = page.get("messages").get(1);
        assertThat(message.get("offset").longValue()).isEqualTo(offsets.getLast());
        assertThat(message.get("by")).isEqualTo(Json.read("{\"id\":\"alice\",\"name\":\"Alice\"}"));
        assertThat(message.get("at").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(message.get("key").stringValue()).isNotBlank();
    }

    @Test
    void returnsOnlyMessagesAndReportsTheEnd() {
        bob.asks("room.join", Map.of("room", room)).ok();

        JsonNode page = ask("limit", 5).ok();

        assertThat(texts(page)).containsExactly("message 1", "message 2", "message 3", "message 4", "message 5");
        assertThat(page.get("more").booleanValue()).isFalse();
        assertThat(page.get("messages").valueStream().filter(message -> message.has("type"))).isEmpty();
    }

    @Test
    void pagesBackwards() {
        JsonNode page = ask("limit", 2, "before", offsets.get(3)).ok();
        assertThat(texts(page)).containsExactly("message 2", "message 3");
        assertThat(page.get("more").booleanValue()).isTrue();

        JsonNode first = ask("limit", 2, "before", offsets.get(1)).ok();
        assertThat(texts(first)).containsExactly("message 1");
        assertThat(first.get("more").booleanValue()).isFalse();
    }

    @Test
    void pagesForwards() {
        JsonNode page = ask("limit", 2, "after", offsets.get(0)).ok();
        assertThat(texts(page)).containsExactly("message 2", "message 3");
        assertThat(page.get("more").booleanValue()).isTrue();

        assertThat(texts(ask("after", offsets.get(3)).ok())).containsExactly("message 5");
        assertThat(texts(ask("after", 0).ok())).hasSize(5);
        assertThat(texts(ask("after", offsets.get(4)).ok())).isEmpty();
    }

    @Test
    void returnsRepliesOnlyInTheirThreadUnlessTheyAreShownInTheRoomToo() {
        long root = offsets.get(1);
        alice.asks("message.post", Map.of("room", room, "key", "reply", "text", "a reply", "thread", root)).ok();
        alice.asks("message.post", Map.of("room", room, "key", "also", "text", "a reply to all", "thread", root, "also", true)).ok();

        JsonNode page = ask("thread", root).ok();

        assertThat(texts(page)).containsExactly("a reply", "a reply to all");
        assertThat(page.get("messages").get(1).get("thread").longValue()).isEqualTo(root);
        assertThat(texts(ask("after", offsets.get(4)).ok())).containsExactly("a reply to all");
        JsonNode replies = ask("around", root, "limit", 1).ok().at("/messages/0/replies");
        assertThat(replies.get("count").intValue()).isEqualTo(2);
        assertThat(replies.get("by")).isEqualTo(Json.read("[\"alice\"]"));
    }

    @Test
    void readsBothSidesOfAMessageAndOfATime() {
        JsonNode page = ask("around", offsets.get(2), "limit", 2).ok();
        assertThat(texts(page)).containsExactly("message 2", "message 3");
        assertThat(page.get("more").booleanValue()).isTrue();
        assertThat(page.get("moreAfter").booleanValue()).isTrue();
        JsonNode atTheStart = ask("at", "2020-01-01T00:00:00Z", "limit", 20).ok();
        assertThat(texts(atTheStart)).hasSize(5);
        assertThat(atTheStart.get("more").booleanValue()).isFalse();
        assertThat(atTheStart.get("moreAfter").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2020-01-01", "", "2020-13-01T00:00:00Z", "+999999999-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z"})
    void refusesATimeThatIsNone(String time) {
        assertThat(ask("at", time).refusal()).isEqualTo("bad_request");
    }

    @Test
    void isAvailableToLaterVisitors() {
        try (ChatClient carol = ChatClient.of("carol")) {
            assertThat(texts(carol.asks("history", Map.of("room", room)).ok())).hasSize(5);
        }
    }

    private Reply ask(Object... fieldsAndValues) {
        Map<String, Object> fields = new HashMap<>(Map.of("room", room));
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            fields.put((String) fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        return bob.asks("history", fields);
    }

    private static List<String> texts(JsonNode page) {
        return page.get("messages").valueStream().map(message -> message.get("text").stringValue()).toList();
    }
}
