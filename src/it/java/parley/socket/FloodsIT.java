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

/** Hundreds of thousands of frames: the connection is closed and uses no more processor time. */
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "it doesn't depend on the database")
@ExtendWith(Bystander.class)
class FloodsIT {

    private static final int PER_WRITE = 1_000;
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** The bystander keeps posting, so idle means below half a core, not zero. */
    @AfterEach
    void processorIsIdleAgain() {
        Duration[] before = {Server.processorTime()};
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollDelay(INTERVAL).pollInterval(INTERVAL).until(() -> {
            Duration now = Server.processorTime();
            Duration used = now.minus(before[0]);
            before[0] = now;
            return used.compareTo(INTERVAL.dividedBy(2)) < 0;
        });
    }

    @Test
    void closesOnAMillionFragmentsOfOneByte() {
        try (RawSocket bob = Handshake.of("bob").opens()) {
            bob.sends(RawFrame.firstFragment("x")).floods(many(RawFrame.middleFragment("x")), 1_000_000 / PER_WRITE);

            assertThat(bob.closeCode()).isEqualTo(4002);
        }
    }

    @Test
    void closesOnAMillionEmptyContinuations() {
        try (RawSocket bob = Handshake.of("bob").opens()) {
            bob.sends(RawFrame.firstFragment("")).floods(many(RawFrame.middleFragment("")), 1_000_000 / PER_WRITE);

            assertThat(bob.closeCode()).isEqualTo(4002);
        }
    }

    @Test
    void closesOnAHundredThousandPingsFromAClientThatDoesNotRead() {
        long before = Server.metric("parley_connections_slow_total");
        try (RawSocket bob = Handshake.of("bob").opensWithReceiveBuffer(4_096)) {
            bob.floods(many(RawFrame.of(FIN | PING, new byte[125])), 100_000 / PER_WRITE);

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Server.metric("parley_connections_slow_total") > before);
            assertThat(bob.closeCode()).isEqualTo(4101);
        }
    }

    private static byte[] many(RawFrame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < PER_WRITE; i++) {
            bytes.writeBytes(frame.encoded());
        }
        return bytes.toByteArray();
    }
}
