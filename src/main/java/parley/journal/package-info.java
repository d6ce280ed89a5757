/**
 * The log of each room: writing to it is the only way to change a room, and clients read it by position.
 *
 * <p>{@link parley.journal.Journal} takes proposals from any thread and never waits. A writer locks the heads of the rooms in a batch,
 * brings their views up to date, decides each proposal against the exact view, numbers and inserts the events, and commits once. On
 * PostgreSQL, it first tries to store plain posts without a lock, with one statement that stores nothing in a room whose head is not where
 * the view is. Only then does it notify observers ({@link parley.journal.Committed}, a CDI event) and reply. On one instance a room always
 * has the same writer, so its events keep their order. {@link parley.journal.RoomLog} reads frames by position. Only committed events are
 * acknowledged, and offsets are assigned without a gap.
 *
 * <p>Content leaves the log when a message is edited or deleted, when a room's retention is over, or with an erasure.
 * {@link parley.journal.LeavingContent} shows it to every {@link parley.journal.Originals} before, in the same transaction. Posts never ask
 * for them.
 *
 * <p>A message is stored once: in table {@code room_event}, as its frame, with what queries need beside it (the hash of its key, its
 * thread, whether it was deleted). {@code MessageTexts} reads the present text from the frames. Only while an instance of the previous
 * version runs, table {@code message} has a copy of each new message ({@code Copies}). A message has either a copy or a {@code key_hash} in
 * the log; if it has both, because the previous version rebuilt the room, the copy counts. {@code MovingCopies} moves what copies say to
 * the log and removes them. A rebuild derives copies under another room id and moves them too.
 */
package parley.journal;
