/**
 * Connections and what they listen to: subscriptions, fan-out, presence, typing, heartbeat.
 *
 * <p>A {@code Feed} is a room's stream on this instance: it delivers offset n, n+1, n+2 … to every subscription, in order,
 * each frame encoded once; what it misses it reads from the log. An {@code Outbox} is what waits for one connection,
 * bounded; flushers do all writing. A thread that delivers never waits for a connection. {@code NotFoundDelay} has what
 * is hidden answered like what is missing, by the clock too. Nothing here decides what
 * may change in a room, and nothing here is stored.
 */
package parley.hub;
