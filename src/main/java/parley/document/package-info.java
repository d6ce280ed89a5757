/**
 * Documents of rooms: texts that several people write at the same time.
 *
 * <p>A document is a log of updates, numbered from 1 without a gap. An update is a few bytes of a Yjs client; the server stores and relays
 * it and never reads it. Clients put the updates together, and need all of them: one that is lost makes two people see different texts
 * without a word. So an update takes the way of a message. {@code UpdateDocument} is a proposal to the journal, which decides it while the
 * head of the room's log is locked, numbers it, stores it in the same transaction as all else of its batch, and only then acknowledges it.
 * There is no second writer and no second lock, rights are exact, and the end of a room or a ban has a place before or after each update.
 * The log is apart from the room's, because most people of a room have no document open, and their positions must not move with each key
 * that someone presses. Creating, renaming and deleting a document are events of the room ({@link parley.protocol.DocumentChange}).
 *
 * <p>{@code Opening} opens a document for a connection. {@code DocumentFeed} knows which version its connections have. {@code Delivering
 * Updates} hands it what was committed here or came over the bus, reads what is missing by version, and closes the documents of people who
 * may no longer read the room. A connection that takes no more events loses its documents and opens them again where it was.
 *
 * <p>A snapshot is what a client made of all updates up to a version. It makes opening fast, and nothing else: the updates that it covers
 * stay for {@code parley.documents.keep-days}, and a client that doubts it reads from the oldest one. {@code DocumentSweep} removes what is
 * older. This package owns the tables {@code document}, {@code document_update}, {@code document_snapshot} and {@code document_title}.
 * {@code socket} and {@code rest} call it. It must never acknowledge an update that is not committed, never leave a version out, and never
 * look into an update.
 */
package parley.document;
