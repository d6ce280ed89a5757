/**
 * Messages: posting them, and reading their history.
 *
 * <p>Owns the table {@code message}, a projection of the log, and the rule that one author's key is one message of a
 * room. Changing a message is a {@link parley.room.Proposal} to the journal; nothing else writes here. Reading pages
 * by key, never by count.
 */
package parley.message;
