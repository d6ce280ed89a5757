package parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.MessagePlace;
import parley.personal.Erased;
import parley.sql.Tables;

/** Which removals have to be worked on, and how the erasure of a person ends them. */
class RemovalRowsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final Tables tables = new Tables();

    @BeforeEach
    void create() {
        tables.execute("create table room (id varchar(64) primary key)",
                "create table lease (task varchar(64), node varchar(255), ends_at bigint)",
                "create table file (id varchar(64) primary key, room varchar(64), message_offset bigint, state varchar(16))");
        tables.migrate("V60__moderation.sql");
        removal("1", "REMOVING");
        keeps("1", 4);
    }

    private void removal(String id, String state) {
        tables.execute("insert into removal (id, person, from_at, to_at, reason, started_by, started_by_name, created_at, state) "
                + "values ('" + id + "', 'alice', 0, 1, '', 'carol', 'Carol', 0, '" + state + "')");
    }

    private void keeps(String removal, int offset) {
        tables.execute("insert into removed_message (room, message_offset, removal, pinned) values ('plaza', " + offset + ", '" + removal
                + "', false)");
    }

    private void on(BiConsumer<RemovalRows, PersonalModeration> work) {
        tables.run(running -> {
            RemovalRows rows = with(new RemovalRows(), "em", running.em());
            RemovedMessages originals = with(new RemovedMessages() {
                @Override
                public void delete(List<MessagePlace> messages) {
                    messages.forEach(message -> running.execute("delete from removed_message where message_offset = " + message.offset()));
                }
            }, "em", running.em());
            work.accept(rows, with(with(new PersonalModeration(), "rows", rows), "originals", originals));
        });
    }

    private void erases(int expected) {
        on((rows, personal) -> assertThat(personal.remove(new Erased("alice", "erased-1", true, false))).isEqualTo(expected));
    }

    @Test
    void anErasureEndsARemovalThatIsBeingWorkedOn() {
        erases(1);
        erases(0);
        on((rows, personal) -> assertThat(rows.find("1").orElseThrow().state()).isEqualTo(Removal.State.FINAL));
        on((rows, personal) -> assertThat(rows.due(NOW)).isEmpty());
    }

    @Test
    void whatIsKeptAfterTheErasureIsDeletedToo() {
        erases(1);
        keeps("1", 5);
        on((rows, personal) -> rows.removed("1", false, NOW));
        on((rows, personal) -> assertThat(rows.due(NOW)).extracting(Removal::state).containsExactly(Removal.State.FINAL));
        erases(1);
        on((rows, personal) -> assertThat(rows.due(NOW)).isEmpty());
    }

    @Test
    void aRemovalEndsOnce() {
        on((rows, personal) -> rows.end("1", Removal.State.FINAL, NOW));
        on((rows, personal) -> rows.end("1", Removal.State.RESTORED, NOW.plusSeconds(1)));
        on((rows, personal) -> assertThat(rows.find("1").orElseThrow().state()).isEqualTo(Removal.State.FINAL));
    }
}
