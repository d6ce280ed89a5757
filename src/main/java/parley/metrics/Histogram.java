package parley.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.concurrent.TimeUnit;

/** A histogram of sizes or durations. Thread-safe. */
public final class Histogram {

    /** Nanoseconds per second. */
    public static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final DistributionDataPoint point;

    Histogram(DistributionDataPoint point) {
        this.point = point;
    }

    /** Records a value, in the unit of the metric. */
    public void record(double value) {
        point.observe(value);
    }

    /** Records a duration, given in nanoseconds, in seconds. */
    public void recordNanos(long nanos) {
        point.observe(nanos / SECOND);
    }
}
