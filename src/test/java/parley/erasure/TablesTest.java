package parley.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.protocol.User;
import parley.room.RoomHeads;
import parley.sql.Tables.Running;

/** The statements on all declared columns, on the real schema. */
class TablesTest {

    private static final String PERSON = "alice";
    private static final String NAME = "Alice Quill";

    private final parley.sql.Tables database = new parley.sql.Tables();
    private final List<PersonalTable> tables = new ArrayList<>();

    @BeforeEach
    void migrate() throws Exception {
        for (String file : Schema.migrations()) {
            database.migrate(file);
        }
        database.execute("insert into room (id, epoch, head, name, kind, created) values ('plaza', 'e', 9, 'Plaza', 'public', 0)");
        database.run(running -> tables.addAll(of(running.connection())));
    }

    private static List<PersonalTable> of(Connection connection) {
        try {
            return PersonalTable.of(Schema.declared(), connection);
        } catch (ReflectiveOperationException | java.io.IOException | SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Erasure erasure(Erasure.Mode mode) {
        return new Erasure("e1", mode, Optional.of(PERSON), List.of(NAME), List.of(), Optional.of("salt"), "erased-1", false, false, "",
                new User("carol", "Carol"), Instant.EPOCH, Erasure.State.RUNNING, Erasure.Step.TABLES, "", Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    private void erases(Erasure erasure) {
        for (PersonalTable table : tables) {
            List<Object> last = List.of();
            do {
                List<Object> after = last;
                List<List<Object>> next = new ArrayList<>();
                database.run(running -> next.add(on(running).page(table, after, erasure, Substitution.of(erasure))));
                last = next.getFirst();
            } while (!last.isEmpty());
        }
    }

    private static Tables on(Running running) {
        EntityManager em = running.em();
        ErasureRows rows = with(new ErasureRows(), "em", em);
        RoomHeads heads = with(new RoomHeads(), "em", em);
        return with(with(with(new Tables(), "em", em), "heads", heads), "erasures", rows);
    }

    private String contents() {
        StringBuilder all = new StringBuilder();
        database.run(running -> {
            for (String table : new TreeSet<>(tables.stream().map(PersonalTable::name).toList())) {
                all.append(table).append(": ").append(rows(running, table)).append('\n');
            }
        });
        return all.toString();
    }

    private static String rows(Running running, String table) {
        try (Statement statement = running.connection().createStatement();
                ResultSet row = statement.executeQuery("select * from " + table)) {
            StringBuilder rows = new StringBuilder();
            while (row.next()) {
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    rows.append(row.getString(i)).append('|');
                }
            }
            return rows.toString();
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void plant() {
        database.execute("insert into person (id, name, token_issued, seen_day) values ('alice', 'Alice Quill', 0, 0), "
                        + "('bob', 'Bob', 0, 0)",
                "insert into membership (room, user_id, user_name, role, since_offset) values "
                        + "('plaza', 'alice', 'Alice Quill', 'member', 1), ('plaza', 'bob', 'Bob', 'owner', 2)",
                "insert into reaction (room, message_offset, emoji, user_id, log_offset) values ('plaza', 1, 'a', 'alice', 3)",
                "insert into reaction_count (room, message_offset, emoji, people, first_people, log_offset) values ('plaza', 1, 'a', 2, "
                        + "'bob' || chr(10) || 'alice', 3)",
                "insert into draft (user_id, room, content, changed_at) values ('bob', 'plaza', 'to @Alice Quill', 0), "
                        + "('alice', 'plaza', 'mine', 0)",
                "insert into audit_entry (id, happened_at, action, actor, subject, room, address, detail, times) values "
                        + "('1', 0, 'x', 'alice', 'bob', 'plaza', '10.0.0.1', null, 1), ('2', 0, 'x', 'bob', 'alice', null, '10.0.0.2', "
                        + "'user=alice', 1)",
                "insert into report (id, room, message_offset, author, author_name, content, reporter, reporter_name, reason, note, "
                        + "created_at, state) values "
                        + "('1', 'plaza', 1, 'alice', 'Alice Quill', 'hers', 'bob', 'Bob', 'spam', '', 0, 'OPEN'), "
                        + "('2', 'plaza', 2, 'bob', 'Bob', 'for Alice Quill', 'alice', 'Alice Quill', 'spam', 'her note', 0, 'OPEN')",
                "insert into export_job (id, own, request, started_by, started_by_name, created_at, state) values ('1', false, "
                        + "'{\"person\":\"alice\"}', 'alice', 'Alice Quill', 0, 'DONE')");
        for (int i = 0; i < Tables.MOST + 5; i++) {
            database.execute("insert into mention (room, message_offset, user_id, author) values ('plaza', " + i + ", 'alice', 'bob')");
        }
    }

    @Test
    void nothingIsLeftInAnyTable() {
        plant();
        erases(erasure(Erasure.Mode.ERASE));
        assertThat(contents()).doesNotContain("alice", "Alice", "10.0.0.1", "hers", "her note")
                .contains("bob\nerased-1|", "to @Erased person", "user=erased-1", "10.0.0.2",
                        "for Erased person", "{\"person\":\"erased-1\"}");
        assertThat(database.number("select count(*) from mention where user_id = 'erased-1'")).isEqualTo(Tables.MOST + 5);
        assertThat(database.number("select count(*) from draft")).isOne();
        assertThat(database.number("select amount from erasure_count where act = 'removed' and kind = 'report'")).isOne();
        assertThat(database.number("select amount from erasure_count where act = 'changed' and kind = 'mention'"))
                .isEqualTo(Tables.MOST + 5);
    }

    @Test
    void aPseudonymKeepsWhatWasWritten() {
        plant();
        erases(erasure(Erasure.Mode.PSEUDONYMISE));
        assertThat(contents()).doesNotContain("alice", "Alice").contains("hers", "her note");
        assertThat(database.number("select count(*) from report where author = 'erased-1' and author_name = 'Erased person'")).isOne();
    }

    @Test
    void doingItAgainChangesNothing() {
        plant();
        erases(erasure(Erasure.Mode.ERASE));
        String before = contents();
        erases(erasure(Erasure.Mode.ERASE));
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void otherPeopleStayAsTheyAre() {
        database.execute("insert into person (id, name, token_issued, seen_day) values ('alice2', 'Alice Quilling', 0, 0)",
                "insert into draft (user_id, room, content, changed_at) values ('alice2', 'plaza', 'the malice of alice', 0)");
        String before = contents();
        erases(erasure(Erasure.Mode.ERASE));
        assertThat(contents()).isEqualTo(before);
    }
}
