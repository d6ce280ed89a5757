package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.Bystander;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Reply;

/** Text frames that are no commands: {@code bad_request}, and the connection lives, and its neighbours notice nothing. */
@ExtendWith(Bystander.class)
class BrokenCommandsIT {

    private final String room = Http.of("alice").makesRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bystander = ChatClient.of("carol").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob").joins(room);

    @AfterEach
    void theNeighbourStillGetsMessages() {
        alice.posts("all well");

        bystander.receives(posted("all well"));
    }

    static Stream<String> framesWithoutACommand() {
        return Stream.of("", " ", "hi", "{", "{\"id\":1", "{'id':1,'type':'ping'}", "{id:1,type:\"ping\"}", "null", "true", "1", "\"ping\"",
                "[]", "[{\"id\":1,\"type\":\"ping\"}]", "{}", "{\"type\":\"ping\"}", "{\"id\":null,\"type\":\"ping\"}",
                "{\"id\":1,\"type\":\"ping\"}{}", "{\"id\":1,\"type\":\"ping\"} x", "{\"id\":1,\"type\":\"ping\"},",
                "{\"id\":1,\"id\":2,\"type\":\"ping\"}", "{\"id\":1,\"type\":\"ping\",\"type\":\"history\"}",
                "{\"id\":1,\"type\":\"ping\",/* no comments */}", "{\"id\":01,\"type\":\"ping\"}", "{\"id\":NaN,\"type\":\"ping\"}",
                "{\"id\":Infinity,\"type\":\"ping\"}", "{\"id\":1e999999999,\"type\":\"ping\"}", "{\"id\":1" + "0".repeat(60_000) + ",\"type\":\"ping\"}",
                "{\"id\":0,\"type\":\"ping\"}", "{\"id\":-1,\"type\":\"ping\"}", "{\"id\":1.5,\"type\":\"ping\"}", "{\"id\":1.0,\"type\":\"ping\"}",
                "{\"id\":1e0,\"type\":\"ping\"}", "{\"id\":9007199254740993,\"type\":\"ping\"}", "{\"id\":18446744073709551617,\"type\":\"ping\"}",
                "{\"id\":\"1\",\"type\":\"ping\"}", "{\"id\":[1],\"type\":\"ping\"}", "{\"id\":{\"$ne\":null},\"type\":\"ping\"}",
                "[".repeat(60_000), "{\"a\":".repeat(10_000), "\ufeff{\"id\":1,\"type\":\"ping\"}");
    }

    @ParameterizedTest
    @MethodSource("framesWithoutACommand")
    void answersAFrameWithoutAnIdUnderNoId(String frame) {
        bob.says(frame);

        assertThat(bob.receivesStrayReply().refusal()).isEqualTo("bad_request");
        assertStillServed();
    }

    static Stream<Arguments> commandsOfWrongShape() {
        return Stream.of(
                Arguments.of("ping", Map.of("unknown", 1)),
                Arguments.of("ping", Map.of("re", 1)),
                Arguments.of("subscribe", Map.of()),
                Arguments.of("subscribe", Map.of("room", 1)),
                Arguments.of("subscribe", Map.of("room", List.of("general"))),
                Arguments.of("subscribe", Map.of("room", Map.of("$ne", "x"))),
                Arguments.of("subscribe", Map.of("room", "")),
                Arguments.of("subscribe", Map.of("room", "../general")),
                Arguments.of("subscribe", Map.of("room", "general ")),
                Arguments.of("subscribe", Map.of("room", "gen\u0000eral")),
                Arguments.of("subscribe", Map.of("room", "ｇeneral")),
                Arguments.of("subscribe", Map.of("room", "r".repeat(65))),
                Arguments.of("subscribe", Map.of("room", "general", "last", "10")),
                Arguments.of("subscribe", Map.of("room", "general", "last", 1.5)),
                Arguments.of("subscribe", Map.of("room", "general", "since", 5)),
                Arguments.of("subscribe", Map.of("room", "general", "since", Map.of("offset", 5))),
                Arguments.of("subscribe", Map.of("room", "general", "since", Map.of("epoch", "e", "offset", -1))),
                Arguments.of("subscribe", Map.of("room", "general", "since", Map.of("epoch", "e", "offset", 1, "more", 1))),
                Arguments.of("history", Map.of("room", "general", "limit", true)),
                Arguments.of("history", Map.of("room", "general", "before", Map.of("$gt", 0))),
                Arguments.of("typing", Map.of("room", "general", "on", "yes")),
                Arguments.of("typing", Map.of("room", "general")),
                Arguments.of("message.post", Map.of("room", "general", "text", "no key")),
                Arguments.of("message.post", Map.of("room", "general", "key", "no-text")),
                Arguments.of("message.post", Map.of("room", "general", "key", "", "text", "t")),
                Arguments.of("message.post", Map.of("room", "general", "key", "a\nb", "text", "t")),
                Arguments.of("message.post", Map.of("room", "general", "key", Map.of("$ne", "x"), "text", "t")),
                Arguments.of("message.post", Map.of("room", "general", "key", "k", "text", List.of("t"))),
                Arguments.of("message.post", Map.of("room", "general", "key", "k", "text", "t", "thread", "1")),
                Arguments.of("message.post", Map.of("room", "general", "key", "k", "text", "t", "mentions", "bob")),
                Arguments.of("message.post", Map.of("room", "general", "key", "k", "text", "t", "mentions", List.of(1))),
                Arguments.of("message.post", Map.of("room", "general", "key", "k", "text", "t", "offset", 1)),
                Arguments.of("message.post", Map.of("room", "general", "key", "k", "text", "t", "by", Map.of("id", "alice"))));
    }

    @ParameterizedTest
    @MethodSource("commandsOfWrongShape")
    void answersACommandOfWrongShapeUnderItsId(String type, Map<String, ?> fields) {
        assertThat(bob.asks(type, fields).refusal()).isEqualTo("bad_request");
        assertStillServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"message.edit", "message.delete", "reaction.add", "reaction.remove", "message.pin", "message.unpin", "read", "signal",
        "auth.refresh", "message.posted", "hello", "", "PING", "ping ", "no.such.command"})
    void refusesACommandThatThereIsNot(String type) {
        assertThat(bob.asks(type, Map.of()).refusal()).isEqualTo("bad_request");
        assertStillServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "a\\ud83dz", "\\udc00\\ud800", "\\u0000", "a\\u0000b"})
    void refusesATextThatIsNoTextAndLetsTheCommandsAroundItBe(String text) {
        CompletableFuture<Reply> before = bystander.sends("message.post", Map.of("room", room, "key", "before", "text", "before"));
        bob.says("{\"id\":900,\"type\":\"message.post\",\"room\":\"" + room + "\",\"key\":\"bad\",\"text\":\"" + text + "\"}");
        CompletableFuture<Reply> beside = bob.sends("message.post", Map.of("room", room, "key", "beside", "text", "beside"));
        CompletableFuture<Reply> after = bystander.sends("message.post", Map.of("room", room, "key", "after", "text", "after"));

        assertThat(bob.replyTo(900).refusal()).isEqualTo("bad_request");
        assertThat(Stream.of(before, beside, after).map(reply -> reply.join().offset())).doesNotHaveDuplicates();
    }

    @Test
    void answersABinaryFrame() {
        bob.saysInBinary("{\"id\":1,\"type\":\"ping\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(bob.receivesStrayReply().refusal()).isEqualTo("bad_request");
        assertStillServed();
    }

    @Test
    void closesAtTheTenthBrokenFrameInAMinute() {
        for (int i = 1; i <= 9; i++) {
            bob.says("broken");
            assertThat(bob.receivesStrayReply().refusal()).isEqualTo("bad_request");
        }
        assertStillServed();

        bob.says("broken");

        assertThat(bob.isClosed()).isEqualTo(4002);
    }

    @Test
    void quotesNothingOfAFrameInItsAnswer() {
        bob.says("{\"id\":7,\"type\":\"<b>secret-4711</b>\",\"secret-4711\":1}");

        assertThat(bob.replyTo(7).json().toString()).doesNotContain("secret-4711").doesNotContain("tools.jackson");
    }

    private void assertStillServed() {
        assertThat(bob.asks("ping", Map.of()).ok()).isEmpty();
    }
}
