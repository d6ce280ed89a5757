package parley.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.concurrent.TimeUnit;

/** How often something was how large: a histogram. Safe for every thread. */
public final class Distribution {

    /** In nanoseconds. */
    public static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final DistributionDataPoint point;

    Distribution(DistributionDataPoint point) {
        this.point = point;
    }

    /** Something was this large. */
    public void saw(double size) {
        point.observe(size);
    }

    /** Something took this long. */
    public void took(long nanos) {
        point.observe(nanos / SECOND);
    }
}
