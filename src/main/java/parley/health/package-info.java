/**
 * Whether this instance can serve requests, and if not, why.
 *
 * <p>{@link parley.health.Availability} is the single answer. It covers startup, the database and closed mode. The handshake and REST check
 * it before any other work, and the health checks report it. {@link parley.health.DatabaseWatch} probes the database by writing to it.
 * {@link parley.health.Started} is the event that starts background work once the schema is up to date. Nothing here may block a caller's
 * thread on the database.
 */
package parley.health;
