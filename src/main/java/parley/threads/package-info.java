/**
 * The threads of the application: named, made by the container, and bounded.
 *
 * <p>{@code ManagedThreads} makes them, {@code ReaderPool} runs what waits for the database on behalf of a connection, and
 * {@code PeriodicTask} repeats a task until the application stops. {@code Unattended} logs the failure of a future
 * that nobody waits for. A full pool rejects a task at once; nothing here waits.
 */
package parley.threads;
