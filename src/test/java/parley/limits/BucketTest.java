package parley.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Rate SIXTY = new Rate(60);

    @ParameterizedTest
    @ValueSource(longs = {0, 5_000, Long.MAX_VALUE - 10, Long.MIN_VALUE})
    void givesTheUnitsOfAMinuteAtOnceAndThenSaysWhenMoreAreBack(long now) {
        Bucket bucket = new Bucket(now);
        for (int i = 0; i < 60; i++) {
            assertThat(bucket.take(SIXTY.nanos(1), now)).isZero();
        }
        assertThat(bucket.take(SIXTY.nanos(1), now)).isEqualTo(SECOND);
        assertThat(bucket.take(SIXTY.nanos(10), now)).isEqualTo(10 * SECOND);
    }

    @Test
    void aRefusalTakesNothing() {
        Bucket bucket = new Bucket(0);
        bucket.take(SIXTY.nanos(60), 0);
        for (int i = 0; i < 1_000; i++) {
            bucket.take(SIXTY.nanos(1), 0);
        }
        assertThat(bucket.take(SIXTY.nanos(1), SECOND)).isZero();
        assertThat(bucket.take(SIXTY.nanos(1), SECOND)).isPositive();
    }

    @Test
    void neverHoldsMoreThanTheUnitsOfAMinute() {
        Bucket bucket = new Bucket(0);
        long later = 3_600 * SECOND;
        assertThat(bucket.take(SIXTY.nanos(60), later)).isZero();
        assertThat(bucket.take(SIXTY.nanos(1), later)).isEqualTo(SECOND);
    }

    @Test
    void useElsewhereOverdrawsItByTenSecondsAtMost() {
        Bucket bucket = new Bucket(0);
        bucket.charge(SIXTY.nanos(59), 0);
        assertThat(bucket.take(SIXTY.nanos(1), 0)).isZero();
        bucket.charge(SIXTY.nanos(1_000_000), 0);
        assertThat(bucket.take(SIXTY.nanos(1), 0)).isEqualTo(11 * SECOND);
    }

    @Test
    void manyThreadsTakeNoMoreThanOne() {
        Bucket bucket = new Bucket(0);
        Rate thousand = new Rate(1_000);
        assertThat(IntStream.range(0, 10_000).parallel().filter(i -> bucket.take(thousand.nanos(1), 0) == 0).count()).isEqualTo(1_000);
    }
}
