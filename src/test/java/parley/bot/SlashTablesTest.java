package parley.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.sql.Tables;

/** Two calls at once of one person. */
class SlashTablesTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final Tables tables = new Tables();

    private static boolean calls(Tables.Running running, String id) {
        return with(new SlashTables(), "em", running.em()).insert(
                new SlashTables.Call(id, Bot.user("helper"), "general", "alice", 0, Optional.empty()), NOW);
    }

    @Test
    void theyDontExceedTheMost() {
        tables.execute("create table person (id varchar(255) primary key)", "insert into person (id) values ('alice')");
        tables.migrate("V49__bots.sql");
        tables.run(running -> {
            for (int i = 1; i < SlashTables.MOST_CALLS; i++) {
                assertThat(calls(running, "call-" + i)).isTrue();
            }
        });
        tables.runInTurns(first -> assertThat(calls(first, "a")).isTrue(), second -> assertThat(calls(second, "b")).isFalse());
        assertThat(tables.number("select count(*) from slash_call")).isEqualTo(SlashTables.MOST_CALLS);
    }
}
