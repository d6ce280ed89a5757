/**
 * Whether this instance can serve, and why not.
 *
 * <p>{@link parley.health.Availability} is the one answer: whether the start is finished, whether the database can be reached and takes
 * writes, and whether the instance is closed after a restore. The handshake and REST ask it before they do anything, health reports
 * it. {@link parley.health.DatabaseWatch} finds out about the database, by writing. {@link parley.health.Started} tells everything that
 * runs by itself that the schema is there. Nothing here may wait for the database on a caller's thread.
 */
package parley.health;
