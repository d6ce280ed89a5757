/**
 * What the administration page shows: people, rooms, hooks, instances, storage and jobs, each by pages with a key.
 *
 * <p>Owns table {@code instance_connections}. It reads the tables of other packages in queries of its own and never writes to them: what
 * changes something goes through the package that owns it. A query reads a page and what belongs to it, or tables that are as small as the
 * number of people or rooms; none reads all messages. It never returns what people wrote in a room.
 *
 * <p>{@code rest} calls it after it has checked that an administrator asks.
 */
package parley.administration;
