package parley.people;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.sql.Tables;

/** Two requests at once of one person who blocks others. */
class BlocksTest {

    private final Tables tables = new Tables();

    @BeforeEach
    void create() {
        tables.execute("create table membership (user_id varchar(255), user_name varchar(255))",
                "insert into membership values ('alice', 'Alice')");
        tables.migrate("V24__people.sql");
    }

    private Blocks blocks(Tables.Running running) {
        return with(with(new Blocks(), "em", running.em()), "audit", new AuditLog() {
            @Override
            public void write(List<AuditEvent> events) {
                // Not looked at.
            }
        });
    }

    private long stored() {
        return tables.number("select count(*) from person_block");
    }

    @Test
    void theSecondOneAboutTheSamePersonChangesNothing() {
        tables.runInTurns(first -> assertThat(blocks(first).block("alice", "bob", "")).isEmpty(),
                second -> assertThat(blocks(second).block("alice", "bob", "")).isEmpty());
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void theyDontExceedTheMost() {
        tables.execute("insert into person_block select 'alice', 'other-' || x, 0 from system_range(2, " + Blocks.MOST + ")");
        tables.runInTurns(first -> assertThat(blocks(first).block("alice", "bob", "")).isEmpty(),
                second -> assertThat(blocks(second).block("alice", "carol", "")).isPresent());
        assertThat(stored()).isEqualTo(Blocks.MOST);
    }
}
