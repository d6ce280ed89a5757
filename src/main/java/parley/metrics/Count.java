package parley.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;

/** Something that only grows. Safe for every thread; one that counts waits for no other. */
public final class Count {

    private final CounterDataPoint point;

    Count(CounterDataPoint point) {
        this.point = point;
    }

    /** One more. */
    public void one() {
        point.inc();
    }

    /** So many more. */
    public void add(long more) {
        point.inc(more);
    }
}
