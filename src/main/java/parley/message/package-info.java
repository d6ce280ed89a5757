/**
 * Messages: posting them, and reading their history.
 *
 * <p>Owns the table {@code message}, a projection of the log, and the rule that an author's key posts one message in a room, however
 * often it is sent. A change of a message is a {@link parley.room.Proposal} to the journal; nothing else may write to the table.
 * History is paged by key, never by count.
 */
package parley.message;
