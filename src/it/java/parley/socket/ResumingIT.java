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
import parley.kit.ChatClient;
import parley.kit.Chatter;
import parley.kit.Http;
import parley.kit.Reply;
import tools.jackson.databind.JsonNode;

/** {@code subscribe} with {@code since}: exactly what was missed, or nothing of it. */
class ResumingIT {

    private static final int RESUMPTIONS = 500;
    private static final long LONGEST_REPLAY = 1_000;
    // How far back at most, and how much is awaited of what follows live.
    private static final long FURTHEST = 800;
    private static final int LIVE = 2;

    private final String room = Http.of("alice").makesRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");
    private final String epoch = alice.listensTo(room).get("epoch").stringValue();

    @Test
    void recoversNothingOfAnotherEpoch() {
        alice.posts("missed");

        assertThat(resume("another-epoch", 1).get("recovered").booleanValue()).isFalse();
        alice.posts("live");
        assertThat(bob.receivesUpTo(posted("live"))).filteredOn(event -> event.has("offset")).hasSize(1);
    }

    @Test
    void recoversNothingFromAPositionThatIsYetToCome() {
        assertThat(resume(epoch, 1_000_000).get("recovered").booleanValue()).isFalse();
    }

    @Test
    void recoversNothingFromFurtherBackThanAThousandEvents() {
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
    void replaysWhatWasMissedAsItWasThenWhatIsLive() {
        bob.listensTo(room);
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
    void recoversWithNothingToReplayWhenNothingWasMissed() {
        long last = alice.posts("seen");

        assertThat(resume(epoch, last).get("recovered").booleanValue()).isTrue();
        alice.posts("live");

        assertThat(offsets(bob.receivesLogged(1))).containsExactly(last + 1);
    }

    @Test
    void leavesNoGapAndNoRepeatWhereverItResumesWhileAnotherPosts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Long, JsonNode> told = new HashMap<>();
        long head = alice.posts("and off it goes");
        try (Chatter chatter = new Chatter(alice, room)) {
            for (int resumptions = 0; resumptions < RESUMPTIONS;) {
                long since = head - random.nextLong(Math.min(head - 1, FURTHEST));
                JsonNode ok = resume(epoch, since);
                head = ok.get("offset").longValue();
                boolean recovered = ok.get("recovered").booleanValue();

                // On a slow machine the other may have got too far ahead meanwhile.
                assertThat(recovered).as("seed %s, %s behind", seed, head - since).isEqualTo(head - since <= LONGEST_REPLAY);
                if (recovered) {
                    resumptions++;
                    List<JsonNode> events = bob.receivesLogged((int) (head - since) + LIVE);
                    assertThat(offsets(events)).as("seed %s, resumption %s", seed, resumptions)
                            .isEqualTo(LongStream.rangeClosed(since + 1, head + LIVE).boxed().toList());
                    events.forEach(event -> assertThat(event)
                            .isEqualTo(told.computeIfAbsent(event.get("offset").longValue(), first -> event)));
                }
                bob.asks("unsubscribe", Map.of("room", room)).ok();
                bob.receivedSoFar();
            }
        }
        assertThat(told).hasSizeGreaterThan(RESUMPTIONS);
    }

    private JsonNode resume(String ofEpoch, long offset) {
        return bob.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", ofEpoch, "offset", offset))).ok();
    }

    private static List<Long> offsets(List<JsonNode> events) {
        return events.stream().map(event -> event.get("offset").longValue()).toList();
    }
}
