package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;
import static parley.kit.RawFrame.CLOSE;
import static parley.kit.RawFrame.FIN;
import static parley.kit.RawFrame.PING;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
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
import parley.kit.Server;

/** Those who don't read: they are closed, and nobody else notices. */
@ExtendWith(Bystander.class)
class SlowReadersIT {

    private static final int LITTLE = 4_096;
    /** 12 KB in UTF-8. */
    private static final String LONG = "€".repeat(4_000);

    private final String room = Http.of("alice").makesRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final RawSocket bob = Handshake.of("bob").opensWithRoomFor(LITTLE);

    @Test
    void isClosedWhenTooMuchWaitsAndHasNoHoleInWhatItGotBefore() {
        long before = closedAsSlow();
        bob.listensTo(room);

        // Meanwhile a neighbour reads.
        try (ChatClient carol = ChatClient.of("carol")) {
            carol.listensTo(room);
            Awaitility.await().atMost(1, TimeUnit.MINUTES).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
                // Few at a time: the close frame waits for its reader for 3 s only.
                for (int i = 0; i < 5; i++) {
                    alice.posts(LONG);
                    carol.receives(posted(LONG));
                }
                return closedAsSlow() > before;
            });
        }

        long offset = -1;
        for (RawFrame frame = bob.reads();; frame = bob.reads()) {
            if (frame.opcode() == CLOSE) {
                assertThat(frame.closeCode()).isEqualTo(4101);
                break;
            }
            long next = frame.opcode() == RawFrame.TEXT ? Json.read(frame.text()).path("offset").asLong(-1) : -1;
            if (next > 0) {
                assertThat(next).isEqualTo(offset < 0 ? next : offset + 1);
                offset = next;
            }
        }
        assertThat(closedAsSlow()).isEqualTo(before + 1);
    }

    @Test
    void isClosedForPingsWhoseAnswersItDoesNotRead() {
        RawFrame[] pings = Collections.nCopies(500, RawFrame.of(FIN | PING, new byte[125])).toArray(RawFrame[]::new);
        long before = closedAsSlow();
        Awaitility.await().atMost(1, TimeUnit.MINUTES).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
            bob.sends(pings);
            return closedAsSlow() > before;
        });
        alice.posts("unaffected");
        alice.receives(posted("unaffected"));
    }

    private static long closedAsSlow() {
        return Server.metric("parley_connections_slow_total");
    }
}
