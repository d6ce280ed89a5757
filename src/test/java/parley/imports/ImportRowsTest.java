package parley.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.User;
import parley.sql.Tables;

/** What becomes of an import on which two instances worked. */
class ImportRowsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final ImportJob JOB = new ImportJob("job", "old-chat", ImportJob.Format.SLACK, "a.zip", Optional.empty(), false, false,
            new User("carol", "Carol"), NOW, ImportJob.State.WAITING, false, Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), 0, 0, 0, 0, "[]");

    private final Tables tables = new Tables();
    private final List<String> audited = new ArrayList<>();

    private void on(Consumer<ImportRows> work) {
        tables.run(running -> work.accept(with(with(new ImportRows(), "em", running.em()), "audit", new AuditLog() {
            @Override
            public void write(List<AuditEvent> events) {
                events.forEach(event -> audited.add(event.action()));
            }
        })));
    }

    @Test
    void itStaysAsItEndedFirst() {
        tables.execute("create table lease (task varchar(64), node varchar(255), ends_at bigint)");
        tables.migrate("V51__imports.sql");
        on(rows -> rows.add(JOB, ""));
        on(rows -> rows.begin("job", "node", NOW));
        on(rows -> rows.end(JOB, ImportJob.State.DONE, Optional.empty(), NOW));
        on(rows -> rows.end(JOB, ImportJob.State.FAILED, Optional.of("Both wrote the same."), NOW));
        on(rows -> assertThat(rows.find("job").orElseThrow().state()).isEqualTo(ImportJob.State.DONE));
        assertThat(audited).containsExactly("import.started", "import.ended");
    }
}
