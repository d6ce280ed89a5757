package parley.search;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.document.DocumentTexts;
import parley.message.MessagePlace;
import parley.protocol.Message;
import parley.protocol.Position;
import parley.protocol.RoomEvent;

/** What the fold reads from the database. */
interface Logs {

    /** Up to {@code limit} open rooms by id, after an id: where their logs stand. */
    Map<String, Position> heads(String after, int limit);

    /** Where the logs of these rooms stand; nothing for a room that is closed or does not exist. */
    Map<String, Position> heads(Collection<String> rooms);

    /** The stored events of a room after an offset, in order, at most {@code most}. */
    List<RoomEvent> events(String room, long after, int most);

    /** Messages as they are now; nothing for a place without a message. */
    Map<MessagePlace, Message> messages(Collection<MessagePlace> places);

    /** The texts of a message's files; empty for most messages. At most a million characters together. */
    List<String> contents(Message message);

    /** The position of the last text of a file that was stored. */
    long contentsHead();

    /** The messages whose files got a text after a position, in order, at most {@code most}. */
    List<NewContent> contentsAfter(long position, int most);

    /** A file of this message got a text. */
    record NewContent(long position, MessagePlace message) {}

    /** Documents as they are now; nothing for one that was deleted. */
    List<DocumentTexts.Text> documents(Collection<String> documents);

    /** The ids of the documents of a room. */
    List<String> documentsIn(String room);

    /** The position of the last text of a document that was stored. */
    long documentsHead();

    /** The documents that got a text after a position, in order, at most {@code most}. */
    List<DocumentTexts.Given> documentsAfter(long position, int most);

    /** Up to {@code limit} rooms that don't keep everything, by id, after an id. */
    Set<String> forgetful(String after, int limit);

    /** The offset of the oldest event about a message, by room; nothing for a room without one. */
    Map<String, Long> oldest(Collection<String> rooms);
}
