/**
 * Search in messages: an index on each instance, and the queries on it.
 *
 * <p>The index is a fold of the rooms' logs, like every view: {@link parley.search.Indexing} remembers the offset that the index holds of
 * each room and catches up. It observes commits, and compares positions with heads, because an observed commit is only a hint. A change of
 * a message makes it read the message again and index it as it is now. It runs on its own thread, after commits, so no commit waits for it.
 *
 * <p>The index finds places of messages and nothing else: it stores no text. {@link parley.search.Finding} asks the database which rooms
 * the caller may read, searches in these rooms only, reads the messages that were found from the database, and drops each one that is
 * deleted or that the query no longer finds. So an index that is behind hides new messages for a moment, and never shows what is gone. The
 * words of messages that were deleted, or that retention removed, leave the files of the index within a minute.
 *
 * <p>A message is also found by the texts of its files, which package {@code content} stores. Each of these texts has a position, and the
 * index remembers up to which one it has them.
 *
 * <p>Documents of rooms are found by their titles and texts, which package {@code document} stores, with positions too. The event that
 * deletes a document takes it out of the index. {@link parley.search.FindingDocuments} checks them like messages.
 *
 * <p>An index is derived and belongs to one instance. A damaged index, and one of another format or another database, is rebuilt.
 */
package parley.search;
