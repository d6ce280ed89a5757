package parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Indexing waits while very many messages are posted. */
class PaceTest {

    private long now = 5;
    private final Pace pace = new Pace(() -> now);

    @Test
    void indexingKeepsUpWithUsualRates() {
        for (int i = 0; i < 100; i++) {
            pace.note(Pace.MOST_PER_SECOND / 10);
            passes(100);
            assertThat(pace.allows()).isTrue();
            pace.worked(now);
        }
    }

    @Test
    void whileVeryManyArePostedIndexingTakesATwentiethOfTheTime() {
        long worked = 0;
        long begin = now;
        for (int i = 0; i < 600; i++) {
            pace.note(Pace.MOST_PER_SECOND / 10 + 1);
            passes(100);
            if (pace.allows()) {
                long since = now;
                pace.note(Pace.MOST_PER_SECOND / 10 + 1);
                passes(100);
                pace.worked(since);
                worked += now - since;
            }
        }
        assertThat(worked).isBetween((now - begin) / 30, (now - begin) / 15);
    }

    @Test
    void soonAfterwardsItGoesOnAtFullSpeed() {
        pace.note(1_000_000);
        passes(300);
        assertThat(pace.allows()).isTrue();
        long since = now;
        passes(10_000);
        pace.worked(since);
        pace.note(1_000_000);
        passes(300);
        assertThat(pace.allows()).isFalse();
        passes(1_900);
        assertThat(pace.allows()).isFalse();
        passes(200);
        assertThat(pace.allows()).isTrue();
    }

    private void passes(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
