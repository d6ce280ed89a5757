/**
 * Messages: posting them, changing them, and reading their history.
 *
 * <p>Each change is a {@link parley.room.Proposal} to the journal, decided against the exact view and the exact message. {@code
 * MessageProjection} keeps the tables {@code mention}, {@code reaction}, {@code reaction_count}, {@code pin}, {@code thread} and {@code
 * thread_person}, which are projections of the log; nothing else may write to them. They have no texts: history reads the frames of
 * the log. Table {@code message} has copies for the previous version, which only the journal removes. A deletion removes what people wrote
 * from a copy, and the journal removes it from the stored log. An author's key posts one message in a room, however often it
 * is sent. A page is read by key, never by count, with one statement, so that it shows one state of the room.
 */
package parley.message;
