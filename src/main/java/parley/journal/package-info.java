/**
 * The log: the only way to change a room, and reading it by position.
 *
 * <p>{@link parley.journal.Journal} takes proposals from any thread and never waits. Its writers lock the heads of the rooms in a
 * batch, bring the views up to date, decide each proposal against the exact view, number and insert the events, and commit once.
 * Only then do they reply and notify observers ({@link parley.journal.Committed}, a CDI event). A room always has the same writer,
 * so its events keep their order. {@link parley.journal.RoomLog} reads frames by position. Only committed events are acknowledged,
 * and offsets have no gap.
 */
package parley.journal;
