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

/**
 * Writes tables {@code thread} and {@code thread_person}: the replies to each message, and whose they are. A reply is counted when it was
 * posted and no longer when it was deleted, also in a rebuild, so that the first people are those who replied first. A thread from before
 * these tables gets its rows with its next reply or deletion. What is done for one reply does not grow with its thread.
 */
final class ThreadRows {

    private static final String LAST = """
            select posted_at from (
                (select posted_at, log_offset from message where room = ? and thread_offset = ? and not deleted
                order by log_offset desc limit 1)
                union all (select e.happened_at, e.log_offset from room_event e
                where e.room = ? and e.thread_offset = ? and e.deleted is null and %s
                order by e.log_offset desc limit 1)) part
            order by log_offset desc limit 1""".formatted(MessageTable.ONLY_IN_LOG);
    private static final String OLDER = """
            select 1 from %s m where room = ? and thread_offset = ? and log_offset < ? and not deleted limit 1"""
            .formatted(MessageTable.ALL);
    private static final String COUNT_PEOPLE = """
            insert into thread_person (room, root_offset, user_id, replies, log_offset)
            select room, thread_offset, author, count(*), min(log_offset) from %s m
            where room = ? and thread_offset = ? and not deleted group by room, thread_offset, author""".formatted(MessageTable.ALL);
    private static final String COUNT = """
            insert into thread (room, root_offset, replies, last_at, first_people, root_author)
            select room, thread_offset, count(*), max(posted_at), '', (select author from %1$s m where room = ? and log_offset = ?)
            from %1$s m where room = ? and thread_offset = ? and not deleted group by room, thread_offset""".formatted(MessageTable.ALL);

    private record Root(String room, long offset) {}

    /** The row of a thread. */
    private record Replies(int count, List<String> first) {}

    private ThreadRows() {
    }

    /** Counts the replies among these events, each of which posted a message. The log, or table {@code message}, has them already. */
    static void post(EntityManager em, List<RoomEvent> events) {
        Map<Root, List<RoomEvent>> replies = new LinkedHashMap<>();
        for (RoomEvent event : events) {
            if (event.change() instanceof MessageChange.Posted posted && posted.thread() > 0) {
                replies.computeIfAbsent(new Root(event.room(), posted.thread()), root -> new ArrayList<>()).add(event);
            }
        }
        replies.forEach((root, further) -> add(em, root, further));
    }

    private static void add(EntityManager em, Root root, List<RoomEvent> further) {
        List<Replies> found = find(em, root);
        if (found.isEmpty() && (!isRoot(em, root) || hasOlder(em, root, further.getFirst().offset()))) {
            countAll(em, root);
            return;
        }
        Replies before = found.isEmpty() ? new Replies(0, List.of()) : found.getFirst();
        List<String> first = before.first();
        for (RoomEvent reply : further) {
            addPerson(em, root, reply);
            first = People.with(first, reply.by().id());
        }
        Statements.update(em, found.isEmpty()
                ? "insert into thread (replies, last_at, first_people, room, root_offset, root_author) "
                + "select cast(? as integer), cast(? as bigint), cast(? as varchar), room, log_offset, author from " + MessageTable.ALL
                + " m where room = ? and log_offset = ?"
                : "update thread set replies = ?, last_at = ?, first_people = ?, root_author = coalesce(root_author, (select m.author "
                + "from " + MessageTable.ALL + " m where m.room = thread.room and m.log_offset = thread.root_offset)) "
                + "where room = ? and root_offset = ?",
                before.count() + further.size(), further.getLast().at().toEpochMilli(), MessageRows.lines(first), root.room(),
                        root.offset());
    }

    private static void addPerson(EntityManager em, Root root, RoomEvent reply) {
        int known = Statements.update(em,
                "update thread_person set replies = replies + 1 where room = ? and root_offset = ? and user_id = ?",
                root.room(), root.offset(), reply.by().id());
        if (known == 0) {
            Statements.update(em, "insert into thread_person (room, root_offset, user_id, replies, log_offset) values (?, ?, ?, 1, ?)",
                    root.room(), root.offset(), reply.by().id(), reply.offset());
        }
    }

    /** After this message was marked as deleted: if it is a reply, it is no longer counted. */
    static void delete(EntityManager em, String room, long message) {
        Statements.query(em, row -> new Object[] {new Root(room, row.getLong(1)), row.getString(2)},
                "select thread_offset, author from " + MessageTable.ALL + " m where room = ? and log_offset = ? and thread_offset > 0",
                room, message)
                .forEach(reply -> remove(em, (Root) reply[0], (String) reply[1]));
    }

    /** After a reply to this message was restored: counts the thread again. */
    static void restore(EntityManager em, String room, long thread) {
        if (thread > 0) {
            Statements.update(em, "delete from thread where room = ? and root_offset = ?", room, thread);
            Statements.update(em, "delete from thread_person where room = ? and root_offset = ?", room, thread);
            countAll(em, new Root(room, thread));
        }
    }

    private static void remove(EntityManager em, Root root, String author) {
        List<Replies> found = find(em, root);
        if (found.isEmpty()) {
            countAll(em, root);
            return;
        }
        Statements.update(em, "update thread_person set replies = replies - 1 where room = ? and root_offset = ? and user_id = ?",
                root.room(), root.offset(), author);
        boolean left = Statements.update(em, "delete from thread_person where room = ? and root_offset = ? and user_id = ? and replies = 0",
                root.room(), root.offset(), author) > 0;
        List<Long> last = Statements.query(em, row -> row.getLong(1), LAST, root.room(), root.offset(), root.room(), root.offset());
        if (found.getFirst().count() == 1 || last.isEmpty()) {
            Statements.update(em, "delete from thread where room = ? and root_offset = ?", root.room(), root.offset());
        } else {
            List<String> first = left && found.getFirst().first().contains(author) ? firstPeople(em, root) : found.getFirst().first();
            Statements.update(em, "update thread set replies = ?, last_at = ?, first_people = ? where room = ? and root_offset = ?",
                    found.getFirst().count() - 1, last.getFirst(), MessageRows.lines(first), root.room(), root.offset());
        }
    }

    // Makes the rows of a thread from its messages. A deleted root keeps its replies; in a rebuild, retention may have removed the root.
    private static void countAll(EntityManager em, Root root) {
        if (!isRoot(em, root)) {
            return;
        }
        Statements.update(em, COUNT_PEOPLE, root.room(), root.offset());
        Statements.update(em, COUNT, root.room(), root.offset(), root.room(), root.offset());
        Statements.update(em, "update thread set first_people = ? where room = ? and root_offset = ?",
                String.join("\n", firstPeople(em, root)), root.room(), root.offset());
    }

    private static List<String> firstPeople(EntityManager em, Root root) {
        return Statements.query(em, row -> row.getString(1), "select user_id from thread_person where room = ? and root_offset = ? "
                + "order by log_offset limit " + Message.MOST_NAMED, root.room(), root.offset());
    }

    private static boolean hasOlder(EntityManager em, Root root, long reply) {
        return Statements.finds(em, OLDER, root.room(), root.offset(), reply);
    }

    private static boolean isRoot(EntityManager em, Root root) {
        return Statements.finds(em, "select 1 from " + MessageTable.ALL + " m where room = ? and log_offset = ?", root.room(),
                root.offset());
    }

    private static List<Replies> find(EntityManager em, Root root) {
        return Statements.query(em, row -> new Replies(row.getInt(1), MessageRows.ids(row.getString(2))),
                "select replies, first_people from thread where room = ? and root_offset = ?", root.room(), root.offset());
    }

    static void forget(EntityManager em, String room, long upTo) {
        Statements.update(em, "delete from thread where room = ? and root_offset <= ?", room, upTo);
        Statements.update(em, "delete from thread_person where room = ? and root_offset <= ?", room, upTo);
    }
}
