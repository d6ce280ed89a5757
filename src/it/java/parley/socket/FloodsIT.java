package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.RawFrame.FIN;
import static parley.kit.RawFrame.PING;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.kit.Bystander;
import parley.kit.Handshake;
import parley.kit.RawFrame;
import parley.kit.RawSocket;
import parley.kit.Server;

/** Frames by the hundred thousand: the connection is closed, and the processor has nothing more to do with it. */
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "it has nothing to do with the database")
@ExtendWith(Bystander.class)
class FloodsIT {

    private static final int AT_ONCE = 1_000;
    private static final Duration LOOK = Duration.ofMillis(500);

    /** The neighbour goes on meanwhile, so idle is not nothing. */
    @AfterEach
    void theProcessorIsIdleAgain() {
        Duration[] before = {Server.processorTime()};
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollDelay(LOOK).pollInterval(LOOK).until(() -> {
            Duration now = Server.processorTime();
            Duration used = now.minus(before[0]);
            before[0] = now;
            return used.compareTo(LOOK.dividedBy(2)) < 0;
        });
    }

    @Test
    void aMillionFragmentsOfOneByteAreCutOff() {
        try (RawSocket bob = Handshake.of("bob").opens()) {
            bob.sends(RawFrame.textBegun("x")).floods(many(RawFrame.continued("x")), 1_000_000 / AT_ONCE);

            assertThat(bob.isClosed()).isEqualTo(4002);
        }
    }

    @Test
    void aMillionEmptyContinuationsAreCutOff() {
        try (RawSocket bob = Handshake.of("bob").opens()) {
            bob.sends(RawFrame.textBegun("")).floods(many(RawFrame.continued("")), 1_000_000 / AT_ONCE);

            assertThat(bob.isClosed()).isEqualTo(4002);
        }
    }

    @Test
    void aHundredThousandPingsOfWhoDoesNotReadAreCutOff() {
        long before = Server.metric("parley_connections_slow_total");
        try (RawSocket bob = Handshake.of("bob").opensWithRoomFor(4_096)) {
            bob.floods(many(RawFrame.of(FIN | PING, new byte[125])), 100_000 / AT_ONCE);

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Server.metric("parley_connections_slow_total") > before);
            assertThat(bob.isClosed()).isEqualTo(4101);
        }
    }

    private static byte[] many(RawFrame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < AT_ONCE; i++) {
            bytes.writeBytes(frame.encoded());
        }
        return bytes.toByteArray();
    }
}
