/**
 * Documents of rooms: texts that several people edit at the same time.
 *
 * <p>A document is a log of updates, numbered from 1 without a gap. An update is a few bytes that a Yjs client made; the server stores and
 * relays it and never reads it. Clients need all updates: if one is lost, two people see different texts without noticing. So an update
 * takes the same path as a message. {@code UpdateDocument} is a proposal to the journal, which decides it while the head of the room's log
 * is locked, numbers it, stores it in the transaction of its batch, and acknowledges it after the commit. There is no second writer and no
 * second lock. Rights are exact: each update comes before or after a ban or the end of the room. The log of a document is separate from the
 * room's log, because most people in a room have no document open, and their positions must not move with each key press. Creating,
 * renaming and deleting a document are events of the room ({@link parley.protocol.DocumentChange}).
 *
 * <p>{@code Opening} opens a document for a connection. {@code DocumentFeed} knows which version its connections have.
 * {@code DeliveringUpdates} hands it the updates that were committed here or came over the bus, reads missing ones by version, and closes
 * the documents of people who may no longer read the room. If a connection reads too slowly, the server closes its documents; the client
 * opens them again at its version.
 *
 * <p>A snapshot is one update that replaces all updates up to a version. A client makes it. It only makes opening faster: the updates that
 * it covers stay for {@code parley.documents.keep-days}, and a client that doubts it reads the oldest stored updates. {@code DocumentSweep}
 * removes older ones. An upload is stored in parts, in one transaction. A snapshot that is too long for a frame is read over HTTP, part by
 * part.
 *
 * <p>Search needs the text, which the server can't read from updates. People who may edit a document give it ({@link
 * parley.document.DocumentTexts}), bounded; it is what they say is in the document. {@code search} reads it by position, and reads it again
 * before it shows a result.
 *
 * <p>This package owns the tables {@code document}, {@code document_update}, {@code document_snapshot}, {@code document_snapshot_part},
 * {@code document_title}, {@code document_text} and {@code document_text_head}. {@code socket}, {@code bus}, {@code rest} and {@code
 * search} call it. It must never acknowledge an update that is not committed, never skip a version, and never read the bytes of an update.
 */
package parley.document;
