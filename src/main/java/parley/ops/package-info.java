/**
 * Operation of an instance: startup, shutdown, the schema, health checks, the metrics page and periodic cleanup.
 *
 * <p>{@link parley.ops.Shutdown} and the package-private {@code Startup} are the two ends of an instance's life. The health checks and
 * {@link parley.ops.ReadyServlet} report the state that {@code health}, {@code identity} and {@code hub} keep. May import every package
 * except {@code socket} and {@code rest}. No other package imports it.
 */
package parley.ops;
