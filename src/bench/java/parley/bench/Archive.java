package parley.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rooms with a long past, written straight into PostgreSQL: posting ten million messages would take half an hour. */
final class Archive {

    private static final String CONSTRAINTS = """
            select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where conrelid = 'message'::regclass and contype in ('p', 'u')""";
    private static final String INDEXES = """
            select indexrelid::regclass || ' ' || pg_get_indexdef(indexrelid) from pg_index
            where indrelid = 'message'::regclass and not exists (select 1 from pg_constraint where conindid = indexrelid)""";

    private Archive() {
    }

    /** The id of one of the rooms. */
    static String name(int room) {
        return "archive-" + room;
    }

    /** Makes public rooms with so many messages each, the rooms' messages mixed on the disk as they are where people talk. */
    static void fill(Parley parley, int rooms, int messages) throws SQLException {
        List<String> restore = new ArrayList<>();
        List<String> drop = new ArrayList<>();
        // Row by row, the indexes of so many random keys would take longer than all the rest.
        for (String constraint : parley.query(CONSTRAINTS)) {
            String[] nameAndDefinition = constraint.split(" ", 2);
            drop.add("alter table message drop constraint " + nameAndDefinition[0]);
            restore.add("alter table message add constraint " + constraint);
        }
        for (String index : parley.query(INDEXES)) {
            String[] nameAndDefinition = index.split(" ", 2);
            drop.add("drop index " + nameAndDefinition[0]);
            restore.add(nameAndDefinition[1]);
        }
        parley.execute("""
                insert into room (id, epoch, head, name, kind, created)
                select 'archive-' || n, 'archive', %d, 'archive-' || n, 'public', 0 from generate_series(0, %d) n
                """.formatted(messages, rooms - 1));
        parley.execute(drop.toArray(String[]::new));
        // Without the look at the room of each row: they are there.
        parley.execute("set synchronous_commit = off", "set session_replication_role = replica", """
                insert into message (room, log_offset, author, author_name, client_key, content, thread_offset, posted_at)
                select 'archive-' || n %% %1$d, n / %1$d + 1, 'user' || n %% 47, 'User ' || n %% 47, md5(n::text),
                       rpad('message ' || n, %2$d, ' of a long past'), 0, 1700000000000 + n
                from generate_series(0, %3$d) n
                """.formatted(rooms, Stamp.LENGTH, (long) rooms * messages - 1));
        restore.addFirst("set maintenance_work_mem = '1GB'");
        parley.execute(restore.toArray(String[]::new));
        parley.execute("vacuum (analyze) message", "checkpoint");
    }
}
