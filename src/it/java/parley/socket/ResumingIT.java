package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.BackgroundPoster;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Reply;
import tools.jackson.databind.JsonNode;

/** {@code subscribe} with {@code since} replays exactly the missed events, or none of them. */
class ResumingIT {

    private static final int RESUMPTIONS = 500;
    private static final long MAX_REPLAY = 1_000;
    // The furthest position to resume from, and how many live events each resumption awaits after the replay.
    private static final long MAX_BEHIND = 800;
    private static final int LIVE = 2;

    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");
    private final String epoch = alice.subscribes(room).get("epoch").stringValue();

    @Test
    void recoversNothingFromAnotherEpoch() {
        alice.posts("missed");

        assertThat(resume("another-epoch", 1).get("recovered").booleanValue()).isFalse();
        alice.posts("live");
        assertThat(bob.receivesUpTo(posted("live"))).filteredOn(event -> event.has("offset")).hasSize(1);
    }

    @Test
    void recoversNothingFromAPositionAheadOfTheHead() {
        assertThat(resume(epoch, 1_000_000).get("recovered").booleanValue()).isFalse();
    }

    @Test
    void recoversNothingFromMoreThanAThousandEventsBack() {
        for (int hundred = 0; hundred < 10; hundred++) {
            Stream<String> texts = LongStream.range(100 * hundred, 100 * hundred + 100).mapToObj(i -> "message " + i);
            texts.map(text -> alice.sends("message.post", Map.of("room", room, "key", text, "text", text))).toList()
                    .forEach(reply -> reply.thenApply(Reply::offset).join());
        }

        assertThat(resume(epoch, 1).get("recovered").booleanValue()).as("1,001 events behind").isFalse();
        assertThat(resume(epoch, 2).get("recovered").booleanValue()).as("1,000 events behind").isTrue();
        assertThat(offsets(bob.receivesLogged(1_000))).isEqualTo(LongStream.rangeClosed(3, 1_002).boxed().toList());
    }

    @Test
    void replaysMissedEventsUnchangedBeforeLiveOnes() {
        bob.subscribes(room);
        long last = alice.posts("seen");
        bob.receives(posted("seen"));
        bob.asks("unsubscribe", Map.of("room", room)).ok();
        alice.posts("missed");
        try (ChatClient carol = ChatClient.of("carol")) {
            carol.joins(room).posts("missed too");
        }
        List<JsonNode> whatAliceSaw = alice.receivesUpTo(posted("missed too")).stream()
                .filter(event -> event.path("offset").asLong(0) > last).toList();

        JsonNode ok = resume(epoch, last);
        alice.posts("live");

        assertThat(ok.get("recovered").booleanValue()).isTrue();
        assertThat(ok.get("offset").longValue()).isEqualTo(last + 3);
        assertThat(bob.receivesLogged(3)).isEqualTo(whatAliceSaw);
        assertThat(bob.receives(posted("live")).get("offset").longValue()).isEqualTo(last + 4);
    }

    @Test
    void recoversWithoutReplayWhenNothingWasMissed() {
        long last = alice.posts("seen");

        assertThat(resume(epoch, last).get("recovered").booleanValue()).isTrue();
        alice.posts("live");

        assertThat(offsets(bob.receivesLogged(1))).containsExactly(last + 1);
    }

    @Test
    void leavesNoGapAndNoDuplicateWhileAnotherUserPosts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Long, JsonNode> known = new HashMap<>();
        long head = alice.posts("first");
        try (BackgroundPoster chatter = new BackgroundPoster(alice, room)) {
            for (int resumptions = 0; resumptions < RESUMPTIONS;) {
                long since = head - random.nextLong(Math.min(head - 1, MAX_BEHIND));
                JsonNode ok = resume(epoch, since);
                head = ok.get("offset").longValue();
                boolean recovered = ok.get("recovered").booleanValue();

                // On a slow machine the room may have advanced past the maximum replay by then.
                assertThat(recovered).as("seed %s, %s behind", seed, head - since).isEqualTo(head - since <= MAX_REPLAY);
                if (recovered) {
                    resumptions++;
                    List<JsonNode> events = bob.receivesLogged((int) (head - since) + LIVE);
                    assertThat(offsets(events)).as("seed %s, resumption %s", seed, resumptions)
                            .isEqualTo(LongStream.rangeClosed(since + 1, head + LIVE).boxed().toList());
                    events.forEach(event -> assertThat(event)
                            .isEqualTo(known.computeIfAbsent(event.get("offset").longValue(), first -> event)));
                }
                bob.asks("unsubscribe", Map.of("room", room)).ok();
                bob.receivedSoFar();
            }
        }
        assertThat(known).hasSizeGreaterThan(RESUMPTIONS);
    }

    private JsonNode resume(String ofEpoch, long offset) {
        return bob.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", ofEpoch, "offset", offset))).ok();
    }

    private static List<Long> offsets(List<JsonNode> events) {
        return events.stream().map(event -> event.get("offset").longValue()).toList();
    }
}
