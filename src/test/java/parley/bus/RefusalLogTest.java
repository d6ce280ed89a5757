package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private final AtomicInteger counter = new AtomicInteger();
    private final List<String> log = new ArrayList<>();
    private long now = System.nanoTime();
    private final RefusalLog refusals = new RefusalLog(counter::addAndGet, log::add, () -> now);

    @Test
    void logsAtMostOneLineAMinute() {
        for (int i = 0; i < 1_000; i++) {
            refusals.record(Refusal.FORGED, 1);
        }
        assertThat(log).containsExactly(
                "Refused 1 message(s) on the topic since the last report. Reason of the latest: " + Refusal.FORGED.text());

        now += TimeUnit.SECONDS.toNanos(60);
        refusals.record(Refusal.REPLAYED, 2);
        assertThat(log).hasSize(2);
        assertThat(log.getLast()).isEqualTo("Refused 1001 message(s) on the topic since the last report. Reason of the latest: "
                + Refusal.REPLAYED.text());
        assertThat(counter).hasValue(1_002);
    }

    @Test
    void logsNothingForZeroMessages() {
        refusals.record(Refusal.UNVERIFIED, 0);
        assertThat(log).isEmpty();
    }
}
