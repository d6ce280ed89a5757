package parley.message;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.sql.Statements;

/** Writes table {@code thread}: the replies to each message. */
final class ThreadRows {

    private record Root(String room, long offset) {}

    private record Replies(int replies, List<String> first) {}

    private ThreadRows() {
    }

    /** Counts the replies among these events, each of which posted a message. */
    static void post(EntityManager em, List<RoomEvent> events) {
        Map<Root, List<RoomEvent>> replies = new LinkedHashMap<>();
        for (RoomEvent event : events) {
            if (event.change() instanceof MessageChange.Posted posted && posted.thread() > 0 && !posted.deleted()) {
                replies.computeIfAbsent(new Root(event.room(), posted.thread()), root -> new ArrayList<>()).add(event);
            }
        }
        replies.forEach((root, further) -> add(em, root, further));
    }

    private static void add(EntityManager em, Root root, List<RoomEvent> further) {
        List<Replies> found = find(em, root);
        Replies thread = found.isEmpty() ? new Replies(0, List.of()) : found.getFirst();
        List<String> first = thread.first();
        for (RoomEvent reply : further) {
            first = People.with(first, reply.by().id());
        }
        store(em, root, thread.replies() + further.size(), further.getLast().at().toEpochMilli(), first, found.isEmpty());
    }

    private static void store(EntityManager em, Root root, int replies, long last, List<String> first, boolean isNew) {
        if (!isNew) {
            Statements.update(em, "update thread set replies = ?, last_at = ?, first_people = ? where room = ? and root_offset = ?",
                    replies, last, MessageRows.lines(first), root.room(), root.offset());
        } else if (isRoot(em, root)) {
            Statements.update(em, "insert into thread (replies, last_at, first_people, room, root_offset) values (?, ?, ?, ?, ?)",
                    replies, last, MessageRows.lines(first), root.room(), root.offset());
        }
    }

    // In a rebuild, the root may have been removed by retention. A deleted root keeps its replies.
    private static boolean isRoot(EntityManager em, Root root) {
        return !Statements.query(em, row -> true, "select 1 from message where room = ? and log_offset = ?", root.room(), root.offset())
                .isEmpty();
    }

    /** Counts the replies again after this message, if it is a reply, was deleted. */
    static void delete(EntityManager em, String room, long message) {
        Statements.query(em, row -> row.getLong(1),
                "select thread_offset from message where room = ? and log_offset = ? and thread_offset > 0",
                room, message).forEach(root -> recount(em, new Root(room, root)));
    }

    private static void recount(EntityManager em, Root root) {
        Statements.update(em, "delete from thread where room = ? and root_offset = ?", root.room(), root.offset());
        Statements.update(em, """
                insert into thread (room, root_offset, replies, last_at, first_people)
                select room, thread_offset, count(*), max(posted_at), '' from message
                where room = ? and thread_offset = ? and not deleted group by room, thread_offset""", root.room(), root.offset());
        List<String> first = Statements.query(em, row -> row.getString(1), """
                select author from message where room = ? and thread_offset = ? and not deleted
                group by author order by min(log_offset) limit\s""" + Message.MOST_NAMED, root.room(), root.offset());
        Statements.update(em, "update thread set first_people = ? where room = ? and root_offset = ?",
                first.isEmpty() ? "" : MessageRows.lines(first), root.room(), root.offset());
    }

    private static List<Replies> find(EntityManager em, Root root) {
        return Statements.query(em, row -> new Replies(row.getInt(1), MessageRows.ids(row.getString(2))),
                "select replies, first_people from thread where room = ? and root_offset = ?", root.room(), root.offset());
    }

    static void forget(EntityManager em, String room, long upTo) {
        Statements.update(em, "delete from thread where room = ? and root_offset <= ?", room, upTo);
    }
}
