/**
 * Running an instance: start and stop, the health and metrics pages, and the periodic sweeps.
 *
 * <p>{@code Startup} migrates the schema and fires {@link parley.health.Started}; {@code Shutdown} sends the clients away before the
 * application stops. It may import all packages but {@code http}, {@code socket} and {@code rest}; no package may import it.
 */
package parley.ops;
