/**
 * The log: the one way to change a room, and reading it by position.
 *
 * <p>{@link parley.journal.Journal} takes proposals from any thread and never waits; its writers lock the heads of the
 * rooms in a batch, catch the views up, decide each proposal against the exact view, number and insert the events,
 * commit once, and only then answer and tell ({@link parley.journal.Committed}, a CDI event). Rooms are shared among
 * the writers by hash, so that a room's events are told in their order. {@link parley.journal.RoomLog} reads frames
 * by position. Nothing may be acknowledged that is not committed, and no offset may be left out.
 */
package parley.journal;
