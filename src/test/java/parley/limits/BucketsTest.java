package parley.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private final AtomicLong now = new AtomicLong();
    private final Buckets buckets = new Buckets(100, 1_000, now::get);
    private final Buckets ofAnotherInstance = new Buckets(100, 1_000, now::get);

    @Test
    void oneUserLeavesTheBucketOfAnotherFull() {
        assertThat(buckets.take("alice", 100)).isZero();
        assertThat(buckets.take("alice", 50)).isPositive();
        assertThat(buckets.take("bob", 100)).isZero();
    }

    @Test
    void changingInstancesGainsNothing() {
        buckets.take("alice", 90);
        buckets.report().forEach(ofAnotherInstance::charge);
        assertThat(ofAnotherInstance.take("alice", 50)).isPositive();
        assertThat(ofAnotherInstance.take("alice", 10)).isZero();
    }

    @Test
    void reportsEachUseOfATenthOnce() {
        buckets.take("alice", 10);
        buckets.take("bob", 9);
        assertThat(buckets.report()).isEqualTo(Map.of("alice", 10L));
        assertThat(buckets.report()).isEmpty();
        buckets.take("bob", 1);
        assertThat(buckets.report()).isEqualTo(Map.of("bob", 10L));
    }

    @Test
    void doesNotReportWhatAnotherInstanceReported() {
        ofAnotherInstance.charge("alice", 100);
        assertThat(ofAnotherInstance.report()).isEmpty();
    }

    @Test
    void anEmptyBucketSaysWhenItHoldsEnoughAndThenDoes() {
        buckets.take("alice", 100);
        long wait = buckets.take("alice", 10);
        assertThat(wait).isEqualTo(TimeUnit.SECONDS.toNanos(6));
        now.addAndGet(wait - 1);
        assertThat(buckets.take("alice", 10)).isEqualTo(1);
        now.addAndGet(1);
        assertThat(buckets.take("alice", 10)).isZero();
    }

    @Test
    void aBucketThatIsNotUsedForTwoMinutesIsRemoved() {
        buckets.take("alice", 10);
        now.addAndGet(TimeUnit.MINUTES.toNanos(2));
        assertThat(buckets.report()).isEmpty();
        assertThat(buckets.take("alice", 100)).isZero();
    }
}
