/**
 * What the instance counts and measures, in the text format of Prometheus.
 *
 * <p>{@link parley.metrics.Metrics} alone knows the metrics library, so no server has to bring one. A package looks up its
 * {@link parley.metrics.Count} or {@link parley.metrics.Distribution} once and keeps it: the lookup is expensive, the use is cheap.
 * Label values come from closed lists, never from a client. Nothing here is static and nothing here has a thread, so all of it ends
 * with the application.
 */
package parley.metrics;
