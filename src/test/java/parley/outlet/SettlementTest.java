package parley.outlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What follows from a run: the position, and when and whether the outlet is tried again. */
class SettlementTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Optional<Duration> DAY = Optional.of(Duration.ofDays(1));

    private static Run run(int failures, Optional<Instant> failingSince) {
        return new Run(new Consumer("hook", "webhook", "orders", failures), Set.of(), "ci.example", 10, "e", 20, failingSince, "lease");
    }

    private static List<OutgoingEvent> events(long... offsets) {
        return LongStream.of(offsets).mapToObj(offset ->
                new OutgoingEvent("orders:e:" + offset, "orders", offset, "message.posted", NOW, Optional.empty(), "{}")).toList();
    }

    private static Taken failed(int count, Duration pause, boolean lasting) {
        return new Taken(count, List.of(), Optional.of(new Taken.Failure("answered 500", pause, lasting)));
    }

    private static Settlement settled(Run run, Taken taken, Optional<Duration> patience) {
        return Settlement.of(run, 20, events(12, 13, 15), taken, patience, NOW, 0);
    }

    @Test
    void theFirstEventThatFailedComesNextAndEventsThatAreNotWantedArePassed() {
        assertThat(settled(run(0, Optional.empty()), failed(0, Duration.ZERO, false), DAY).offset()).isEqualTo(11);
        assertThat(settled(run(0, Optional.empty()), failed(2, Duration.ZERO, false), DAY).offset()).isEqualTo(14);
        assertThat(settled(run(0, Optional.empty()), Taken.all(1, List.of()), DAY).offset()).isEqualTo(12);
        assertThat(settled(run(0, Optional.empty()), Taken.all(3, List.of()), DAY).offset()).isEqualTo(20);
        assertThat(Settlement.of(run(0, Optional.empty()), 20, List.of(), Taken.all(0, List.of()), DAY, NOW, 0).offset()).isEqualTo(20);
    }

    @Test
    void pausesGrowUntilAnEventIsTaken() {
        Settlement third = settled(run(2, Optional.of(NOW.minusSeconds(9))), failed(0, Duration.ZERO, false), DAY);
        assertThat(third.failures()).isEqualTo(3);
        assertThat(third.failingSince()).contains(NOW.minusSeconds(9));
        assertThat(third.due()).isEqualTo(NOW.plus(Backoff.after(3, 0)));

        Settlement afterSuccess = settled(run(2, Optional.of(NOW.minusSeconds(9))), failed(1, Duration.ZERO, false), DAY);
        assertThat(afterSuccess.failures()).isOne();
        assertThat(afterSuccess.failingSince()).contains(NOW);

        Settlement success = settled(run(2, Optional.of(NOW.minusSeconds(9))), Taken.all(3, List.of()), DAY);
        assertThat(success).isEqualTo(new Settlement(20, 0, Optional.empty(), NOW, Optional.empty()));
    }

    @Test
    void aReceiverMayAskForALongerPauseUpToABound() {
        assertThat(settled(run(0, Optional.empty()), failed(0, Duration.ofMinutes(5), false), DAY).due()).isEqualTo(NOW.plusSeconds(300));
        assertThat(settled(run(0, Optional.empty()), failed(0, Duration.ofDays(5), false), DAY).due())
                .isEqualTo(NOW.plus(Settlement.LONGEST_ASKED));
        assertThat(settled(run(30, Optional.empty()), failed(0, Duration.ofSeconds(1), false), DAY).due())
                .isEqualTo(NOW.plus(Backoff.LONGEST));
    }

    @Test
    void anOutletIsDisabledAfterThePatienceOfItsSinkOrIfItsReceiverIsGone() {
        Taken failure = failed(0, Duration.ZERO, false);
        assertThat(settled(run(9, Optional.of(NOW.minus(Duration.ofDays(1)))), failure, DAY).disabled()).contains("answered 500");
        assertThat(settled(run(9, Optional.of(NOW.minus(Duration.ofDays(1)).plusMillis(1))), failure, DAY).disabled()).isEmpty();
        assertThat(settled(run(9, Optional.of(NOW.minus(Duration.ofDays(9)))), failure, Optional.empty()).disabled()).isEmpty();
        assertThat(settled(run(9, Optional.of(NOW.minus(Duration.ofDays(1)))), failed(1, Duration.ZERO, false), DAY).disabled()).isEmpty();
        assertThat(settled(run(0, Optional.empty()), failed(0, Duration.ZERO, true), DAY).disabled()).contains("answered 500");
    }

    @Test
    void pausesBeginShortAndHaveABound() {
        assertThat(Backoff.after(1, 0)).isEqualTo(Backoff.FIRST);
        assertThat(Backoff.after(2, 0)).isEqualTo(Duration.ofMillis(75));
        assertThat(Backoff.after(2, 1)).isEqualTo(Duration.ofMillis(90));
        assertThat(Backoff.after(1_000_000, 0)).isEqualTo(Backoff.LONGEST);
    }

    @Test
    void aShareHasABoundedNumberOfThreads() {
        Shares shares = new Shares(2);
        assertThat(shares.begin("a")).isTrue();
        assertThat(shares.begin("a")).isTrue();
        assertThat(shares.full()).containsExactly("a");
        assertThat(shares.begin("a")).isFalse();
        assertThat(shares.begin("b")).isTrue();
        shares.end("a");
        assertThat(shares.full()).isEmpty();
        assertThat(shares.begin("a")).isTrue();
    }
}
