package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;
import static parley.kit.RawFrame.CLOSE;
import static parley.kit.RawFrame.FIN;
import static parley.kit.RawFrame.PING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.kit.Bystander;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.RawFrame;
import parley.kit.RawSocket;
import parley.kit.Reply;
import parley.kit.Server;
import tools.jackson.databind.JsonNode;

/** Clients that read late get everything. Clients that don't read their replies are closed. Others are unaffected. */
@ExtendWith(Bystander.class)
class SlowReadersIT {

    private static final int SMALL_BUFFER = 4_096;
    /** 12 KB in UTF-8. */
    private static final String LONG = "€".repeat(4_000);

    /** 16 KB in UTF-8. */
    private static final String LONGEST = "\uD83D\uDE00".repeat(4_000);

    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final RawSocket bob = Handshake.of("bob").opensWithReceiveBuffer(SMALL_BUFFER);

    @Test
    void aClientThatReadsLateGetsEveryEventInOrder() {
        long before = closedAsSlow();
        bob.subscribes(room);
        long first;
        // A bystander keeps reading.
        try (ChatClient carol = ChatClient.of("carol")) {
            first = carol.subscribes(room).get("offset").longValue() + 1;
            while (Server.metric("parley_subscriptions_behind") == 0) {
                alice.posts(LONG);
                carol.receives(posted(LONG));
            }
        }
        long last = alice.posts(LONG);

        List<Long> offsets = offsetsUpTo(last);
        assertThat(offsets).isEqualTo(LongStream.rangeClosed(offsets.getFirst(), last).boxed().toList());
        assertThat(offsets.getFirst()).isEqualTo(first);
        assertThat(closedAsSlow()).isEqualTo(before);
    }

    @Test
    void aClientThatResumesThroughSixteenMegabytesStays() {
        long before = closedAsSlow();
        String epoch = alice.subscribes(room).get("epoch").stringValue();
        long first = alice.posts("first");
        for (int hundred = 0; hundred < 10; hundred++) {
            IntStream.range(0, 100).mapToObj(i -> alice.sends("message.post", Map.of("room", room, "key", UUID.randomUUID().toString(),
                    "text", LONGEST))).toList().forEach(reply -> reply.thenApply(Reply::offset).join());
        }
        bob.sends(RawFrame.text("{\"id\":1,\"type\":\"subscribe\",\"room\":\"" + room + "\",\"since\":{\"epoch\":\"" + epoch
                + "\",\"offset\":" + first + "}}"));
        assertThat(bob.readsReply(1).ok().get("recovered").booleanValue()).isTrue();
        long last = alice.posts("live");

        assertThat(offsetsUpTo(last)).isEqualTo(LongStream.rangeClosed(first + 1, last).boxed().toList());
        assertThat(closedAsSlow()).isEqualTo(before);
    }

    @Test
    void closesWhenPongsAreNotRead() {
        RawFrame[] pings = Collections.nCopies(500, RawFrame.of(FIN | PING, new byte[125])).toArray(RawFrame[]::new);
        long before = closedAsSlow();
        Awaitility.await().atMost(1, TimeUnit.MINUTES).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
            bob.sends(pings);
            return closedAsSlow() > before;
        });
        alice.posts("unaffected");
        alice.receives(posted("unaffected"));
    }

    private List<Long> offsetsUpTo(long last) {
        List<Long> offsets = new ArrayList<>();
        while (offsets.isEmpty() || offsets.getLast() < last) {
            RawFrame frame = bob.reads();
            assertThat(frame.opcode()).isNotEqualTo(CLOSE);
            JsonNode event = frame.opcode() == RawFrame.TEXT ? Json.read(frame.text()) : null;
            if (event != null && event.path("type").asString("").startsWith("message.")) {
                offsets.add(event.get("offset").longValue());
            }
        }
        return offsets;
    }

    private static long closedAsSlow() {
        return Server.metric("parley_connections_slow_total");
    }
}
