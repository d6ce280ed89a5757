package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.cameOnline;
import static parley.kit.Expected.posted;
import static parley.kit.Expected.wentOffline;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** {@code hello}, {@code subscribe}, {@code unsubscribe}, {@code ping} and presence. */
class SubscribingIT {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final int MAX_SUBSCRIPTIONS = 128;

    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice");
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");

    @Test
    void refusesARoomThatDoesNotExist() {
        assertThat(bob.asks("subscribe", Map.of("room", "no-such-room")).refusal()).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 1_000_000, 4_294_967_296L, -1})
    void refusesMoreThanAHundredInitialMessages(long last) {
        assertThat(bob.asks("subscribe", Map.of("room", room, "last", last)).refusal()).isEqualTo("bad_request");
    }

    @Test
    void refusesSinceAndLastTogether() {
        Map<String, ?> both = Map.of("room", room, "last", 5, "since", Map.of("epoch", "x", "offset", 1));

        assertThat(bob.asks("subscribe", both).refusal()).isEqualTo("bad_request");
    }

    @Test
    void refusesOneSubscriptionTooMany() {
        List<String> rooms = LongStream.rangeClosed(0, MAX_SUBSCRIPTIONS).mapToObj(i -> Http.of("alice").createsRoom()).toList();
        rooms.stream().limit(MAX_SUBSCRIPTIONS).forEach(bob::subscribes);

        assertThat(bob.asks("subscribe", Map.of("room", rooms.getLast())).refusal()).isEqualTo("too_large");
        assertThat(bob.subscribes(rooms.getFirst()).get("room").stringValue()).as("subscribing again is allowed")
                .isEqualTo(rooms.getFirst());
        bob.asks("unsubscribe", Map.of("room", rooms.getFirst())).ok();
        bob.subscribes(rooms.getLast());
    }

    @Test
    void helloNamesTheUserTheInstanceAndTheLimits() {
        try (ChatClient carol = ChatClient.withToken(Tokens.of("carol", "Carol Ångström", "some-group"))) {
            JsonNode hello = carol.hello();

            assertThat(hello.get("session").stringValue()).isNotBlank();
            assertThat(hello.get("user")).isEqualTo(json("{'id':'carol','name':'Carol Ångström'}"));
            assertThat(hello.get("node").stringValue()).isNotBlank();
            assertThat(hello.get("build").stringValue()).isNotBlank().isNotEqualTo("unknown");
            assertThat(hello.get("heartbeat").intValue()).isEqualTo(25_000);
            assertThat(hello.get("expires").stringValue()).matches(TIME);
            assertThat(hello.at("/limits/frame").intValue()).isEqualTo(65_536);
            assertThat(hello.at("/limits/text").intValue()).isEqualTo(4_000);
            assertThat(hello.at("/limits/subscriptions").intValue()).isEqualTo(128);
            assertThat(carol.subprotocol()).isEqualTo("parley.v1");
        }
    }

    @Test
    void replyHasThePositionAndWhoIsOnline() {
        JsonNode ok = bob.subscribes(room);

        assertThat(ok.get("room").stringValue()).isEqualTo(room);
        assertThat(ok.get("epoch").stringValue()).isNotBlank();
        assertThat(ok.get("offset").longValue()).isEqualTo(2); // room.created, and the owner joined
        assertThat(ok.get("role").stringValue()).isEqualTo("none");
        assertThat(ok.get("recovered").booleanValue()).isFalse();
        assertThat(ok.has("messages")).isFalse();
        assertThat(ok.get("unread").intValue()).isZero();
        assertThat(ok.get("online")).isEqualTo(json("['bob']"));
        assertThat(alice.subscribes(room).get("role").stringValue()).isEqualTo("owner");
    }

    @Test
    void replyHasTheLastMessagesInOrder() {
        alice.joins(room);
        alice.posts("one");
        alice.posts("two");
        long third = alice.posts("three");

        JsonNode ok = bob.asks("subscribe", Map.of("room", room, "last", 2)).ok();

        assertThat(ok.get("messages").valueStream().map(message -> message.get("text").stringValue())).containsExactly("two", "three");
        assertThat(ok.get("offset").longValue()).isEqualTo(third);
        JsonNode last = ok.get("messages").get(1);
        assertThat(last.get("offset").longValue()).isEqualTo(third);
        assertThat(last.at("/by/id").stringValue()).isEqualTo("alice");
        assertThat(last.at("/by/name").stringValue()).as("today's name").startsWith("Alice");
        assertThat(last.get("at").stringValue()).matches(TIME);
        assertThat(last.get("key").stringValue()).isNotBlank();
        assertThat(bob.asks("subscribe", Map.of("room", room, "last", 0)).ok().get("messages")).isEmpty();
    }

    @Test
    void deliversToSubscribersWhoAreNotMembers() {
        bob.subscribes(room);
        alice.joins(room);

        alice.posts("hi");

        bob.receives(posted("hi"));
    }

    @Test
    void deliversNothingAfterUnsubscribing() {
        String other = Http.of("alice").createsRoom();
        bob.subscribes(room);
        bob.subscribes(other);

        assertThat(bob.asks("unsubscribe", Map.of("room", room)).ok()).isEmpty();

        alice.joins(room).posts("unheard");
        alice.joins(other).posts("heard");
        assertThat(bob.receivesUpTo(posted("heard"))).noneMatch(posted("unheard").matches());
    }

    @Test
    void acceptsUnsubscribingWithoutASubscription() {
        assertThat(bob.asks("unsubscribe", Map.of("room", room)).ok()).isEmpty();
    }

    @Test
    void broadcastsPresence() {
        alice.subscribes(room);

        bob.subscribes(room);
        assertThat(alice.receives(cameOnline("bob")).get("online")).isEqualTo(json("['alice','bob']"));

        bob.asks("unsubscribe", Map.of("room", room)).ok();
        assertThat(alice.receives(wentOffline("bob")).get("online")).isEqualTo(json("['alice']"));
    }

    @Test
    void broadcastsThatALostConnectionWentOffline() {
        alice.subscribes(room);
        bob.subscribes(room);
        alice.receives(cameOnline("bob"));

        bob.disconnectsAbruptly();

        alice.receives(wentOffline("bob"));
    }

    @Test
    void countsAUserOnceAcrossConnections() {
        alice.subscribes(room);
        bob.subscribes(room);
        alice.receives(cameOnline("bob"));
        try (ChatClient bobsPhone = ChatClient.of("bob"); ChatClient carol = ChatClient.of("carol")) {
            assertThat(bobsPhone.subscribes(room).get("online")).isEqualTo(json("['alice','bob']"));
            bobsPhone.asks("unsubscribe", Map.of("room", room)).ok();
            carol.subscribes(room);

            assertThat(alice.receivesUpTo(cameOnline("carol")))
                    .noneMatch(cameOnline("bob").matches()).noneMatch(wentOffline("bob").matches());
        }
    }

    @Test
    void answersAPing() {
        assertThat(bob.asks("ping", Map.of()).ok()).isEmpty();
    }

    private static JsonNode json(String singleQuoted) {
        return parley.kit.Json.read(singleQuoted.replace('\'', '"'));
    }
}
