package parley.message;

/**
 * SQL of what queries need of messages, whether it is in the log or, for messages that have a copy, in table {@code message}. A copy counts
 * more than the log: the previous version changes only the copy.
 */
public final class MessageTable {

    /** The condition on the row {@code e} of table {@code room_event}: it posted a message that has no copy. */
    static final String ONLY_IN_LOG = """
            e.key_hash is not null
                and not exists (select 1 from message copy where copy.room = e.room and copy.log_offset = e.log_offset)""";

    /**
     * A table expression of all messages: room, log_offset, author, thread_offset (0 or null for none), also, deleted, posted_at. For
     * queries that compare its columns with values or with columns of an outer query. In a join, PostgreSQL would read all of it; with an
     * order and a limit, all that the conditions find.
     */
    public static final String ALL = """
            (select room, log_offset, author, thread_offset, also, deleted, posted_at from message
            union all select e.room, e.log_offset, e.actor, e.thread_offset, coalesce(e.also, false), coalesce(e.deleted, false),
                e.happened_at from room_event e where %s)""".formatted(ONLY_IN_LOG);

    /** The condition on a row of {@link #ALL}: the room shows the message, not only a thread. */
    public static final String SHOWN = "(coalesce(thread_offset, 0) = 0 or also)";

    private MessageTable() {
    }

    /**
     * The SQL of the offset of a room's newest message that is not deleted and not only in a thread; null if there is none. Reads few rows
     * from the end of the room.
     *
     * @param room an expression for the room
     */
    public static String newest(String room) {
        return newest(room, "log_offset", "log_offset", "", "");
    }

    /** The same for the time of the newest message that is not later than a parameter. The SQL has two parameters. */
    public static String newestTime(String room) {
        return newest(room, "posted_at", "happened_at", "and posted_at <= ?", "and e.happened_at <= ?");
    }

    private static String newest(String room, String copied, String logged, String andCopied, String andLogged) {
        return """
                nullif(greatest(
                    coalesce((select %s from message where room = %s and %s and not deleted %s order by log_offset desc limit 1), 0),
                    coalesce((select e.%s from room_event e where e.room = %s and %s and %s and e.deleted is null %s
                        order by e.log_offset desc limit 1), 0)), 0)""".formatted(copied, room, SHOWN, andCopied, logged, room,
                ONLY_IN_LOG, SHOWN, andLogged);
    }
}
