package parley.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rooms with a long history, inserted directly into PostgreSQL: posting ten million messages would take half an hour. */
final class Archive {

    private static final String CONSTRAINTS = """
            select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where conrelid = 'room_event'::regclass and contype in ('p', 'u')""";
    private static final String INDEXES = """
            select indexrelid::regclass || ' ' || pg_get_indexdef(indexrelid) from pg_index
            where indrelid = 'room_event'::regclass and not exists (select 1 from pg_constraint where conindid = indexrelid)""";

    private static final String MESSAGES = """
            insert into room_event (room, log_offset, type, actor, frame, happened_at, key_hash)
            select room, log_offset, 'message.posted', author,
              format('{"type":"message.posted","room":"%%s","offset":%%s,"by":{"id":"%%s","name":"%%s"},'
                || '"at":"%%s","text":"%%s","key":"%%s"}', room, log_offset, author, author,
                to_char(to_timestamp(1700000000 + n / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), content,
                md5(n::text)), 1700000000000 + n, hashtextextended(room || log_offset, 0)
            from (%s) messages""";

    private Archive() {
    }

    /** The id of one of the rooms. */
    static String name(int room) {
        return "archive-" + room;
    }

    /** The statement that inserts messages: the rows of a query with the columns room, log_offset, author, n and content. */
    static String messages(String rows) {
        return MESSAGES.formatted(rows);
    }

    /** Creates public rooms with this many messages each, interleaved on disk as in a real history. */
    static void fill(Parley parley, int rooms, int messages) throws SQLException {
        fill(parley, rooms, messages, "rpad('message ' || n, %d, ' of a long past')".formatted(TimestampedText.LENGTH));
    }

    /** The same with the texts of an SQL expression over {@code n}, the number of the message. */
    static void fill(Parley parley, int rooms, int messages, String text) throws SQLException {
        List<String> restore = new ArrayList<>();
        List<String> drop = new ArrayList<>();
        // Indexes are rebuilt at the end: maintaining them per row would take longer than the rest.
        for (String constraint : parley.query(CONSTRAINTS)) {
            String[] nameAndDefinition = constraint.split(" ", 2);
            drop.add("alter table room_event drop constraint " + nameAndDefinition[0]);
            restore.add("alter table room_event add constraint " + constraint);
        }
        for (String index : parley.query(INDEXES)) {
            String[] nameAndDefinition = index.split(" ", 2);
            drop.add("drop index " + nameAndDefinition[0]);
            restore.add(nameAndDefinition[1]);
        }
        parley.execute(drop.toArray(String[]::new));
        // Skips the foreign key check of each row.
        parley.execute("set synchronous_commit = off", "set session_replication_role = replica", messages("""
                select 'archive-' || n %% %1$d room, n / %1$d + 1 log_offset, 'user' || n %% 47 author, n,
                       %2$s content
                from generate_series(0, %3$d) n""".formatted(rooms, text, (long) rooms * messages - 1)));
        restore.addFirst("set maintenance_work_mem = '1GB'");
        parley.execute(restore.toArray(String[]::new));
        // After their events, because the search index trusts the head.
        parley.execute("""
                insert into room (id, epoch, head, name, kind, created)
                select 'archive-' || n, 'archive', %d, 'archive-' || n, 'public', 0 from generate_series(0, %d) n
                """.formatted(messages, rooms - 1));
        parley.execute("vacuum (analyze) room_event", "checkpoint");
    }
}
