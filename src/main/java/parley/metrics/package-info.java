/**
 * What the instance counts and measures, in the text format of Prometheus.
 *
 * <p>{@link parley.metrics.Metrics} is the only class that knows a library for it, so no server has to bring one. Every package
 * counts through it and keeps what it gets: a {@link parley.metrics.Count} or a {@link parley.metrics.Distribution} is cheap to
 * use, and looking it up is not. Label values come from closed lists, never from what somebody sent. Nothing here is static and
 * nothing here has a thread, so all of it goes with the application.
 */
package parley.metrics;
