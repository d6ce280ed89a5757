package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private final AtomicInteger counted = new AtomicInteger();
    private final List<String> log = new ArrayList<>();
    private long now = System.nanoTime();
    private final Refusals refusals = new Refusals(counted::addAndGet, log::add, () -> now);

    @Test
    void manyAreALineAMinute() {
        for (int i = 0; i < 1_000; i++) {
            refusals.note(Refusal.FORGED, 1);
        }
        assertThat(log).containsExactly("1 message(s) on the topic were refused, the last because " + Refusal.FORGED.sentence());

        now += TimeUnit.SECONDS.toNanos(60);
        refusals.note(Refusal.REPLAYED, 2);
        assertThat(log).hasSize(2);
        assertThat(log.getLast()).isEqualTo("1001 message(s) on the topic were refused, the last because " + Refusal.REPLAYED.sentence());
        assertThat(counted).hasValue(1_002);
    }

    @Test
    void noneIsNoLine() {
        refusals.note(Refusal.UNANSWERED, 0);
        assertThat(log).isEmpty();
    }
}
