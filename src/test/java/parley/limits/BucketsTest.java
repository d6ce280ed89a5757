package parley.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private final Buckets buckets = new Buckets(100, 1_000);
    private final Buckets elsewhere = new Buckets(100, 1_000);

    @Test
    void whatOneTakesAnotherStillHas() {
        assertThat(buckets.take("alice", 100)).isZero();
        assertThat(buckets.take("alice", 50)).isPositive();
        assertThat(buckets.take("bob", 100)).isZero();
    }

    @Test
    void changingNodesGainsNothing() {
        buckets.take("alice", 90);
        buckets.taken().forEach(elsewhere::charge);
        assertThat(elsewhere.take("alice", 50)).isPositive();
        assertThat(elsewhere.take("alice", 10)).isZero();
    }

    @Test
    void tellsOfThoseWhoTookATenthOnce() {
        buckets.take("alice", 10);
        buckets.take("bob", 9);
        assertThat(buckets.taken()).isEqualTo(Map.of("alice", 10L));
        assertThat(buckets.taken()).isEmpty();
        buckets.take("bob", 1);
        assertThat(buckets.taken()).isEqualTo(Map.of("bob", 10L));
    }

    @Test
    void doesNotTellWhatItWasTold() {
        elsewhere.charge("alice", 100);
        assertThat(elsewhere.taken()).isEmpty();
    }
}
