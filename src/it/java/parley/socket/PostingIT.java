package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.Reply;
import tools.jackson.databind.JsonNode;

/** {@code message.post}: who may, what fits, and that a key makes one message. */
class PostingIT {

    private final String room = Http.of("alice").makesRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");

    @Test
    void refusesWhoHasNotJoined() {
        bob.listensTo(room);

        assertThat(bob.posts("let me in", "a-key").refusal()).isEqualTo("forbidden");
        alice.posts("next");
        assertThat(bob.receivesUpTo(posted("next"))).noneMatch(posted("let me in").matches());
    }

    @Test
    void refusesARoomThatDoesNotExist() {
        assertThat(post(Map.of("room", "no-such-room")).refusal()).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ä", "😀", "\u4e2d"})
    void refusesOneCharacterMoreThanFourThousand(String character) {
        assertThat(post(Map.of("text", character.repeat(4_001))).refusal()).isEqualTo("too_large");
        assertThat(post(Map.of("text", character.repeat(4_000))).ok().has("offset")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void refusesATextWithNothingInIt(String text) {
        assertThat(post(Map.of("text", text)).refusal()).isEqualTo("bad_request");
    }

    @Test
    void refusesAKeyOfMoreThan64Characters() {
        assertThat(post(Map.of("key", "k".repeat(65))).refusal()).isEqualTo("bad_request");
        assertThat(post(Map.of("key", "k".repeat(64))).ok().has("offset")).isTrue();
    }

    @Test
    void refusesAThreadUnderWhatIsNoMessage() {
        assertThat(post(Map.of("thread", 1)).refusal()).as("offset 1 is the room's making").isEqualTo("bad_request");
        assertThat(post(Map.of("thread", 999)).refusal()).isEqualTo("bad_request");
    }

    @Test
    void tellsEveryoneTheSameAndTheAuthorToo() {
        bob.joins(room);
        long first = alice.posts("first");

        Reply reply = post(Map.of("key", "a-key", "text", "hi", "thread", first, "mentions", List.of("bob", "carol")));

        JsonNode event = bob.receives(posted("hi"));
        assertThat(event.get("room").stringValue()).isEqualTo(room);
        assertThat(event.get("offset").longValue()).isEqualTo(reply.offset());
        assertThat(event.get("at").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(event.get("by")).isEqualTo(Json.read("{\"id\":\"alice\",\"name\":\"Alice\"}"));
        assertThat(event.get("key").stringValue()).isEqualTo("a-key");
        assertThat(event.get("thread").longValue()).isEqualTo(first);
        assertThat(event.get("mentions")).isEqualTo(Json.read("[\"bob\",\"carol\"]"));
        assertThat(alice.receives(posted("hi"))).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "a\r\nb\tc", "\"quotes\" and \\ backslashes \\u0041", "👩‍👩‍👧‍👦 é 中文 עברית",
        "{\"type\":\"message.posted\"}", "a\u2028\u2029\u007fb"})
    void keepsEveryCharacterOfAText(String text) {
        alice.posts(text);

        alice.receives(posted(text));
        JsonNode page = alice.asks("history", Map.of("room", room, "limit", 1)).ok();
        assertThat(page.at("/messages/0/text").stringValue()).isEqualTo(text);
    }

    @Test
    void postsAKeyOnce() {
        Reply first = alice.posts("once", "a-key");
        Reply again = alice.posts("once", "a-key");
        Reply withAnotherText = alice.posts("twice", "a-key");
        alice.posts("next");

        assertThat(first.duplicate()).isFalse();
        assertThat(again.duplicate()).isTrue();
        assertThat(again.offset()).isEqualTo(first.offset());
        assertThat(withAnotherText.offset()).isEqualTo(first.offset());
        assertThat(messages(alice.receivesUpTo(posted("next")))).containsExactly("once", "next");
    }

    @Test
    void postsAKeyOnceFromAnotherConnectionToo() {
        long offset = alice.posts("once", "a-key").offset();
        try (ChatClient alicesPhone = ChatClient.of("alice").joins(room)) {
            Reply again = alicesPhone.posts("once", "a-key");

            assertThat(again.offset()).isEqualTo(offset);
            assertThat(again.duplicate()).isTrue();
        }
    }

    @Test
    void postsTheSameKeyOfTwoPeopleTwice() {
        bob.joins(room);

        assertThat(bob.posts("bob's", "a-key").offset()).isNotEqualTo(alice.posts("alice's", "a-key").offset());
    }

    @Test
    void postsTheSameKeyInTwoRoomsTwice() {
        alice.posts("here", "a-key").ok();
        alice.joins(Http.of("alice").makesRoom());

        assertThat(alice.posts("there", "a-key").duplicate()).isFalse();
    }

    @Test
    void postsAKeyOnceThoughItComesTwentyTimesAtOnce() {
        try (ChatClient alicesPhone = ChatClient.of("alice").joins(room)) {
            List<CompletableFuture<Reply>> coming = IntStream.range(0, 20).parallel().mapToObj(i -> (i % 2 == 0 ? alice : alicesPhone)
                    .sends("message.post", Map.of("room", room, "key", "a-key", "text", "once"))).toList();
            List<Reply> replies = coming.stream().map(CompletableFuture::join).toList();
            alice.posts("next");

            assertThat(replies).extracting(Reply::offset).containsOnly(replies.getFirst().offset());
            assertThat(replies).extracting(Reply::duplicate).containsOnlyOnce(false);
            assertThat(messages(alice.receivesUpTo(posted("next")))).containsExactly("once", "next");
        }
    }

    @Test
    void everyoneSeesTheSameOffsetsWithoutAHoleWhileManyPost() {
        int people = 8;
        int posts = 50;
        alice.receivedSoFar();
        List<ChatClient> crowd = new ArrayList<>();
        try {
            IntStream.range(0, people).forEach(i -> crowd.add(ChatClient.of("user-" + i).joins(room)));
            List<CompletableFuture<Reply>> coming = crowd.parallelStream().flatMap(someone -> IntStream.range(0, posts)
                    .mapToObj(i -> someone.sends("message.post", Map.of("room", room, "key", "k" + i, "text", "message " + i)))).toList();
            coming.forEach(reply -> reply.join().ok());

            List<JsonNode> whatAliceSaw = alice.receivesLogged(people + people * posts);
            assertThat(whatAliceSaw).extracting(event -> event.get("offset").longValue())
                    .isEqualTo(LongStream.rangeClosed(3, 2 + people + people * posts).boxed().toList());
            List<JsonNode> newest = whatAliceSaw.subList(people, whatAliceSaw.size());
            for (ChatClient someone : crowd) {
                List<JsonNode> seen = someone.receivesUpTo(new parley.kit.Expected("the last event", newest.getLast()::equals));
                assertThat(seen.stream().filter(event -> event.has("offset")).toList()).endsWith(newest.toArray(JsonNode[]::new));
            }
        } finally {
            crowd.forEach(ChatClient::close);
        }
    }

    private Reply post(Map<String, ?> changes) {
        Map<String, Object> fields = new HashMap<>(Map.of("room", room, "key", java.util.UUID.randomUUID().toString(), "text", "a text"));
        fields.putAll(changes);
        return alice.asks("message.post", fields);
    }

    private static List<String> messages(List<JsonNode> events) {
        return events.stream().filter(event -> event.path("type").asString("").equals("message.posted"))
                .map(event -> event.get("text").stringValue()).toList();
    }
}
