package parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.client.Liveness.Verdict;

class LivenessTest {

    private static final long START = Long.MAX_VALUE - 5;

    private final Liveness liveness = new Liveness(Duration.ofSeconds(3), Duration.ofSeconds(5));

    @BeforeEach
    void begin() {
        liveness.begin(Duration.ofSeconds(25), at(0));
    }

    private static long at(long seconds) {
        return START + TimeUnit.SECONDS.toNanos(seconds);
    }

    private void pingIsAnswered(long id, long second) {
        liveness.pinged(id, at(second));
        liveness.heard(at(second));
        liveness.handled(id);
    }

    @Test
    void silenceAfterAPingIsTheEnd() {
        liveness.pinged(1, at(1));
        assertThat(liveness.look(at(5), false)).isEqualTo(Verdict.WELL);
        assertThat(liveness.look(at(6), false)).isEqualTo(Verdict.DEAD);
    }

    @Test
    void anyFrameAfterAPingProlongsTheWait() {
        liveness.pinged(1, at(1));
        liveness.heard(at(4));
        liveness.handled(0);
        assertThat(liveness.look(at(8), false)).isEqualTo(Verdict.WELL);
        assertThat(liveness.look(at(9), false)).isEqualTo(Verdict.DEAD);
    }

    @Test
    void aConnectionThatBecomesQuietIsAskedTwice() {
        assertThat(liveness.look(at(2), false)).isEqualTo(Verdict.WELL);
        assertThat(liveness.look(at(3), false)).isEqualTo(Verdict.PING);
        pingIsAnswered(1, 3);
        assertThat(liveness.look(at(6), false)).isEqualTo(Verdict.PING);
        pingIsAnswered(2, 6);
        assertThat(liveness.look(at(30), false)).isEqualTo(Verdict.WELL);
        assertThat(liveness.look(at(31), false)).as("after the longest silence").isEqualTo(Verdict.PING);
        liveness.heard(at(31));
        liveness.handled(0);
        assertThat(liveness.look(at(34), false)).as("after an event").isEqualTo(Verdict.PING);
    }

    @Test
    void aConnectionIsAskedWhileACommandWaits() {
        pingIsAnswered(1, 1);
        pingIsAnswered(2, 2);
        assertThat(liveness.look(at(5), false)).isEqualTo(Verdict.WELL);
        assertThat(liveness.look(at(5), true)).isEqualTo(Verdict.PING);
    }
}
