/**
 * Whether this instance can serve, and why not.
 *
 * <p>{@link parley.health.Availability} is the one answer: whether the start is complete, whether the database is reachable and
 * accepts writes, and whether the instance is closed after a restore. The handshake and REST ask it first; the health pages report it.
 * {@link parley.health.DatabaseWatch} writes to the database once a second. {@link parley.health.Started} is fired when the schema is
 * ready. Nothing here may wait for the database on a caller's thread.
 */
package parley.health;
