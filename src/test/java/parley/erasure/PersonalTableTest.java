package parley.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import parley.personal.PersonalColumn;
import parley.sql.Tables;

/** What becomes of a row. */
class PersonalTableTest {

    private final Substitution substitution = new Substitution("alice", "erased-1", List.of("Alice Quill"), List.of(), true);

    private static PersonalTable table(PersonalColumn... columns) {
        Tables tables = new Tables();
        tables.execute("create table note (id integer primary key, writer varchar(20), writer_name varchar(20) not null, "
                + "content varchar(50), people varchar(50))");
        AtomicReference<PersonalTable> found = new AtomicReference<>();
        tables.run(running -> {
            try {
                found.set(PersonalTable.of(List.of(columns), running.connection()).getFirst());
            } catch (SQLException broken) {
                throw new IllegalStateException(broken);
            }
        });
        return found.get();
    }

    private Optional<PersonalTable.Change> change(PersonalTable table, boolean withContent, String writer, String content) {
        Map<String, String> row = new HashMap<>(Map.of("id", "1", "writer", writer, "writer_name", "Alice Quill"));
        row.put("content", content);
        return table.change(row, "alice", substitution, withContent);
    }

    @Test
    void refusesATableWithoutAKeyAndColumnsThatAreNotThere() {
        assertThatThrownBy(() -> table(PersonalColumn.id("note", "nobody"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table(PersonalColumn.id("nothing", "writer"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void deletesTheRowsOfThePersonAndOfNobodyElse() {
        PersonalTable table = table(PersonalColumn.rows("note", "writer"), PersonalColumn.text("note", "content"));
        assertThat(change(table, false, "alice", "x")).hasValueSatisfying(change -> assertThat(change.deleted()).isTrue());
        assertThat(change(table, false, "bob", "x")).isEmpty();
        assertThat(change(table, false, "bob", "to Alice Quill")).hasValue(
                new PersonalTable.Change(false, Map.of("content", "to Erased person")));
        assertThat(change(table, false, "bob", null)).isEmpty();
    }

    @Test
    void contentGoesOnlyWithAnErasure() {
        PersonalTable table = table(PersonalColumn.content("note", "writer"), PersonalColumn.name("note", "writer_name", "writer"));
        assertThat(change(table, true, "alice", "x")).hasValueSatisfying(change -> assertThat(change.deleted()).isTrue());
        assertThat(change(table, false, "alice", "x")).hasValue(new PersonalTable.Change(false,
                Map.of("writer", "erased-1", "writer_name", "Erased person")));
        PersonalTable cleared = table(PersonalColumn.clearedContent("note", "content", "writer"), PersonalColumn.id("note", "writer"));
        assertThat(change(cleared, true, "alice", "x").orElseThrow().values()).containsEntry("content", "");
        assertThat(change(cleared, false, "alice", "x").orElseThrow().values()).doesNotContainKey("content");
        assertThat(change(cleared, true, "bob", "x")).isEmpty();
    }

    @Test
    void asksForEachThingOnce() {
        PersonalTable table = table(PersonalColumn.id("note", "writer"), PersonalColumn.name("note", "writer_name", "writer"),
                PersonalColumn.ids("note", "people"), PersonalColumn.text("note", "content"));
        PersonalTable.Wanted wanted = new PersonalTable.Wanted("alice", List.of("alice", "alice quill"), List.of("alice"));
        assertThat(table.condition(wanted).chars().filter(c -> c == '?').count()).isEqualTo(table.arguments(wanted).size());
        assertThat(table.condition(wanted)).containsOnlyOnce("writer = ?");
        assertThat(table.key()).containsExactly("id");
        assertThat(table.nullable()).contains("content").doesNotContain("writer_name");
        assertThat(table.hasRoom()).isFalse();
    }
}
