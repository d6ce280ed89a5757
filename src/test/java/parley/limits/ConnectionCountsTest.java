package parley.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectionCountsTest {

    private final AtomicLong now = new AtomicLong();
    private final ConnectionCounts counts = new ConnectionCounts(10, now::get);

    @Test
    void aConnectionPastTheBoundMayNotStay() {
        open(9);
        assertThat(counts.isFull("alice")).isFalse();
        assertThat(counts.add("alice")).isTrue();
        assertThat(counts.isFull("alice")).isTrue();
        assertThat(counts.add("alice")).isFalse();
        assertThat(counts.isFull("bob")).isFalse();
    }

    @Test
    void aClosedConnectionMakesRoom() {
        open(10);
        counts.remove("alice");
        assertThat(counts.isFull("alice")).isFalse();
    }

    @Test
    void connectionsOfOtherInstancesCountUntilTheyCloseOrTheInstanceStops() {
        open(4);
        counts.reported("two", Map.of("alice", 4L));
        counts.reported("three", Map.of("alice", 2L));
        assertThat(counts.isFull("alice")).isTrue();
        counts.reported("two", Map.of("alice", 0L));
        assertThat(counts.isFull("alice")).isFalse();
        counts.reported("two", Map.of("alice", 4L));
        counts.stopped("three");
        assertThat(counts.isFull("alice")).isFalse();
    }

    @Test
    void aReportIsValidFor30Seconds() {
        counts.reported("two", Map.of("alice", 10L));
        now.addAndGet(TimeUnit.SECONDS.toNanos(30));
        assertThat(counts.isFull("alice")).isTrue();
        now.addAndGet(1);
        assertThat(counts.isFull("alice")).isFalse();
    }

    @Test
    void reportsThoseWithMoreThanOneAndWhenTheyDropBelow() {
        open(1);
        assertThat(counts.report()).isEmpty();
        open(2);
        assertThat(counts.report()).isEqualTo(Map.of("alice", 3L));
        assertThat(counts.report()).isEmpty();
        counts.remove("alice");
        counts.remove("alice");
        assertThat(counts.report()).isEqualTo(Map.of("alice", 0L));
        assertThat(counts.report()).isEmpty();
    }

    @Test
    void repeatsAReportEvery10Seconds() {
        open(3);
        counts.report();
        now.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
        assertThat(counts.report()).isEmpty();
        now.addAndGet(1);
        assertThat(counts.report()).isEqualTo(Map.of("alice", 3L));
    }

    private void open(int connections) {
        for (int i = 0; i < connections; i++) {
            counts.add("alice");
        }
    }
}
