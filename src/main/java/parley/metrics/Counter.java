package parley.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;

/** A counter, which only grows. Thread-safe and free of locks. */
public final class Counter {

    private final CounterDataPoint point;

    Counter(CounterDataPoint point) {
        this.point = point;
    }

    /** Adds 1. */
    public void increment() {
        point.inc();
    }

    /** Adds an amount of 0 or more. */
    public void add(long amount) {
        point.inc(amount);
    }
}
