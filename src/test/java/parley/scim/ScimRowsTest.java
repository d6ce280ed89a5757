package parley.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.settings.Given;
import parley.settings.Settings;
import parley.sql.Tables;

/** Two requests of the directory at the same time. */
class ScimRowsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final Tables tables = new Tables();
    private final List<String> ids = new ArrayList<>();

    private static ScimRows rows(Tables.Running running) {
        return with(with(new ScimRows(), "em", running.em()), "settings", Settings.of(new Given(Map.of("parley.scim.rooms",
                "Sales=sales"))));
    }

    private static <T> T done(ScimOutcome<T> outcome) {
        return ((ScimOutcome.Done<T>) outcome).resource();
    }

    @Test
    void whoIsAddedToAGroupLeavesItsRoomsWhenTheGroupIsDeleted() {
        tables.execute("create table lease (task varchar(64), node varchar(255), ends_at bigint)");
        tables.migrate("V52__scim.sql");
        tables.run(running -> {
            ids.add(done(rows(running).add(new GroupChange(Optional.of("Sales"), Optional.empty(), List.of()), NOW)).id());
            ids.add(done(rows(running).add(new UserChange(Optional.of("alice"), Optional.empty(), Optional.empty(), Optional.empty()),
                    NOW)).id());
        });
        tables.runInTurns(first -> done(rows(first).change(ids.getFirst(), GroupChange.of(GroupChange.Members.Kind.ADD,
                List.of(ids.getLast())), NOW)), second -> assertThat(rows(second).deleteGroup(ids.getFirst())).isTrue());
        assertThat(tables.number("select count(*) from scim_member")).isZero();
        tables.run(running -> assertThat(rows(running).due(10)).extracting(ScimRows.Due::person).containsExactly("alice"));
    }
}
