/**
 * The metrics registry, in the text format of Prometheus.
 *
 * <p>{@link parley.metrics.Metrics} registers counters, gauges and histograms. It is the only class that uses the client library, which the
 * WAR contains. Callers keep the {@link parley.metrics.Counter} or {@link parley.metrics.Histogram} that they get: updating one is cheap,
 * looking it up is not. Label values must come from closed lists, never from client input. The package has no static state and no threads,
 * so undeployment leaves nothing behind.
 */
package parley.metrics;
