package parley.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.journal.RoomLog;
import parley.protocol.HistoryPage;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.Reply;
import parley.protocol.RoomEvent;
import parley.sql.Statements;

/**
 * Reads a room's messages from the database, a page at a time, by key. Each call waits for it; not for a thread
 * that serves sockets. Whether the reader may read is the caller's to check.
 */
@ApplicationScoped
public class History {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private RoomLog log;

    /** A page of messages in ascending order, as the reply to {@code re}, as this reader sees them. */
    @Transactional
    public Reply.Page read(long re, String room, HistoryPage page, String reader) {
        long from = page.at().map(time -> firstSince(room, time)).orElse(page.around());
        MessageReader found = read(PageQuery.of(room, page, from), reader);
        List<Message> messages = found.messages();
        if (!page.bothSides()) {
            boolean more = messages.size() > page.limit();
            List<Message> kept = !more ? messages : page.forward() ? messages.subList(0, page.limit())
                    : messages.subList(messages.size() - page.limit(), messages.size());
            return new Reply.Page(re, found.head(), kept, more, Optional.empty());
        }
        int before = (int) messages.stream().filter(message -> message.offset() < from).count();
        boolean more = before > PageQuery.before(page);
        boolean moreAfter = messages.size() - before > page.limit() - PageQuery.before(page);
        return new Reply.Page(re, found.head(), messages.subList(more ? 1 : 0, messages.size() - (moreAfter ? 1 : 0)), more,
                Optional.of(moreAfter));
    }

    /** One message, as this reader sees it, if there is one at this offset. */
    @Transactional
    public Optional<Message> one(String room, long offset, String reader) {
        return read(PageQuery.ofOne(room, offset), reader).messages().stream().findFirst();
    }

    /** One message of each of these rooms, at these offsets, as this reader sees them; nothing for a room without that message. */
    @Transactional
    public Map<String, Message> these(Map<String, Long> offsets, String reader) {
        MessageReader found = new MessageReader();
        if (!offsets.isEmpty()) {
            List<String> rooms = List.copyOf(offsets.keySet());
            Statements.query(em, found::read, PageQuery.OF_SEVERAL_ROOMS, rooms.toArray(String[]::new),
                    rooms.stream().map(offsets::get).toArray(Long[]::new), reader);
        }
        return found.byRoom();
    }

    /** The messages at these places, as this reader sees them; nothing for a place without a message. */
    @Transactional
    public Map<MessagePlace, Message> at(Collection<MessagePlace> places, String reader) {
        MessageReader found = new MessageReader();
        if (!places.isEmpty()) {
            Statements.query(em, found::read, PageQuery.OF_SEVERAL_ROOMS, places.stream().map(MessagePlace::room).toArray(String[]::new),
                    places.stream().map(MessagePlace::offset).toArray(Long[]::new), reader);
        }
        return found.byPlace();
    }

    /** The texts that a message had, oldest first; none if it does not exist or was deleted. */
    public List<Message.Version> versions(String room, long offset) {
        return log.texts(room, offset).stream().flatMap(event -> version(event).stream()).toList();
    }

    private MessageReader read(PageQuery query, String reader) {
        MessageReader found = new MessageReader();
        Statements.query(em, found::read, query.sql(), query.arguments(reader));
        return found;
    }

    private static Optional<Message.Version> version(RoomEvent event) {
        return switch (event.change()) {
            case MessageChange.Posted posted when !posted.deleted() -> Optional.of(new Message.Version(event.at(), posted.text()));
            case MessageChange.Edited edited when !edited.deleted() -> Optional.of(new Message.Version(event.at(), edited.text()));
            default -> Optional.empty();
        };
    }

    /** The offset of the first event of a room at this time or later; past the end if there is none. Waits for the database. */
    @Transactional
    public long firstSince(String room, Instant time) {
        return firstSince(em, room, time);
    }

    // Times grow with offsets and have no index: halves the log until one event is left. 63 steps at most, each one row by key.
    static long firstSince(EntityManager em, String room, Instant time) {
        long low = 1;
        long high = last(em, room) + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            List<long[]> next = Statements.query(em, row -> new long[] {row.getLong(1), row.getLong(2)},
                    "select log_offset, happened_at from room_event where room = ? and log_offset >= ? order by log_offset limit 1",
                    room, middle);
            if (next.isEmpty() || next.getFirst()[1] >= time.toEpochMilli()) {
                high = middle;
            } else {
                low = next.getFirst()[0] + 1;
            }
        }
        return low;
    }

    private static long last(EntityManager em, String room) {
        return Statements.query(em, row -> row.getLong(1), "select head from room where id = ?", room).stream()
                .mapToLong(Long::longValue).findFirst().orElse(0);
    }
}
