/**
 * The threads of the application: named, made by the container, and bounded.
 *
 * <p>{@code ManagedThreads} makes them, {@code ReaderPool} and {@code RequestPool} run what waits for the database on behalf of
 * connections and HTTP requests, and a {@code Loop} repeats its steps until the application stops, whatever a step throws. What is repeated
 * ends first, while it still has the database; loops that other beans need run until those are destroyed. {@code Unattended} logs the
 * failure of a future that nobody waits for. A full pool rejects a task at once; only stopping waits, for a bounded time.
 */
package parley.threads;
