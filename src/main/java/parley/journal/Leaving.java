package parley.journal;

import java.util.List;
import java.util.Optional;
import parley.protocol.RoomEvent;

/**
 * Content of a room that is about to be removed.
 *
 * @param cause the event that removes it; empty if none does
 * @param originals the stored events, by offset, at most {@link #MOST}; those that were redacted before are without content
 */
public record Leaving(String room, Reason reason, Optional<RoomEvent> cause, List<Original> originals) {

    /** The most events of one call. */
    public static final int MOST = 1_000;

    /** Why content is removed. */
    public enum Reason {
        /** A message is deleted: its post, its later texts and its previews. */
        DELETED,
        /**
         * A message gets another text: its post, the text so far and its previews. The log keeps both texts until the message is deleted;
         * files that the new text leaves out and the previews are removed.
         */
        EDITED,
        /** The previews of a message are replaced or removed. */
        PREVIEWS_REPLACED,
        /** A document is deleted: the events with its titles. */
        DOCUMENT_DELETED,
        /** The retention of the room is over: messages, what was done to them, and calls. */
        EXPIRED,
        /** The room was closed. The log keeps its events; their files are removed. */
        ROOM_CLOSED,
        /** A person is erased: who an event is from, whom it names, or its text changes. The files of its message stay. */
        ERASED
    }
}
