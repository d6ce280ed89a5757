package parley.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delays in buckets. */
class DelaysTest {

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> Delays.median(new TreeMap<>())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {10_000, 59_000, 61_000, 3_600_000, 86_400_000})
    void aBucketIsRightToATenth(long millis) {
        assertThat((double) Delays.seconds(Delays.bucket(millis))).isBetween(millis / 1_000d * 0.9, millis / 1_000d * 1.1);
    }

    @Test
    void whatIsFasterThanASecondTakesASecond() {
        assertThat(Delays.bucket(0)).isEqualTo(Delays.bucket(1_000)).isZero();
        assertThat(Delays.seconds(0)).isEqualTo(1);
    }

    @Test
    void halfOfTheDelaysAreUpToTheMedian() {
        assertThat(Delays.median(new TreeMap<>(Map.of(0, 2L, 20, 1L, 40, 2L)))).isEqualTo(Delays.seconds(20));
        assertThat(Delays.median(new TreeMap<>(Map.of(0, 1L, 20, 1L)))).isEqualTo(Delays.seconds(0));
    }
}
