package parley.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.sql.Rows;
import parley.sql.Tables;

/** A held file leaves its room and its owner, and keeps its bytes until it is freed. */
class HeldFilesTest {

    private final Tables tables = new Tables();
    private final HeldFiles held = new HeldFiles();

    @BeforeEach
    void create() {
        tables.execute("create table lease (task varchar(50), node varchar(255), ends_at bigint)",
                "create table room (id varchar(64), closed_at bigint)");
        tables.migrate("V35__files.sql");
        tables.migrate("V36__previews_and_files_of_closed_rooms.sql");
        tables.migrate("V54__holds.sql");
        store("sent", "general", "7", true);
        store("unsent", "general", "null", false);
        store("elsewhere", "plaza", "7", false);
    }

    private void store(String id, String room, String message, boolean inBucket) {
        tables.execute("insert into file (id, room, owner, name, type, size, received, state, width, height, thumbnail, in_bucket, "
                + "message_offset, tries, created_at, changed_at) values ('" + id + "', '" + room + "', 'alice', 'a.txt', 'a/b', 1, 1, "
                + "'READY', 0, 0, true, " + inBucket + ", " + message + ", 0, 0, 0)",
                "insert into file_chunk (file, start_at, bytes) values ('" + id + "', 0, X'61')",
                "insert into file_thumbnail (file, type, bytes) values ('" + id + "', 'image/png', X'61')");
    }

    private long count(String table) {
        return tables.number("select count(*) from " + table);
    }

    @Test
    void takesOnlyWhatMessagesOfTheRoomCarry() {
        tables.run(running -> assertThat(held.take("general", List.of("sent", "unsent", "elsewhere", "gone"), running.em()))
                .containsExactly("sent"));
        assertThat(count("file_held where id = 'sent' and name = 'a.txt' and in_bucket and message_offset = 7")).isOne();
        assertThat(count("file where id = 'sent'")).isZero();
        assertThat(count("file")).isEqualTo(2);
        assertThat(count("file_chunk")).isEqualTo(3);
        assertThat(count("file_thumbnail")).isEqualTo(3);
    }

    @Test
    void deletingTheMessageLeavesTheBytesOfAHeldFile() {
        tables.run(running -> {
            held.take("general", List.of("sent"), running.em());
            assertThat(Rows.<Integer>onConnection(running.em(), connection ->
                    FileDeletion.delete(connection, "room = ? and message_offset = ?", "general", 7))).isZero();
        });
        assertThat(count("file_chunk where file = 'sent'")).isOne();
        assertThat(count("file_garbage")).isZero();
    }

    @Test
    void freeingDeletesTheBytesOfHeldFilesOnly() {
        tables.run(running -> held.take("general", List.of("sent"), running.em()));
        tables.run(running -> held.free(List.of("sent", "elsewhere"), running.em()));
        assertThat(count("file_held")).isZero();
        assertThat(count("file_garbage where file = 'sent'")).isOne();
        assertThat(count("file_chunk where file = 'sent'")).isZero();
        assertThat(count("file_chunk")).isEqualTo(2);
        assertThat(count("file")).isEqualTo(2);
    }
}
