package parley.export;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.User;
import parley.sql.Tables;

/** What becomes of an export that someone cancels, and of its files. */
class ExportRowsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final User CAROL = new User("carol", "Carol");
    private static final ExportJob JOB = new ExportJob("job", ExportRequest.ownOf("carol", NOW), CAROL, NOW, ExportJob.State.WAITING, false,
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, 0, 0, 0, 0, Optional.empty());

    private final Tables tables = new Tables();
    private final List<String> audited = new ArrayList<>();

    @BeforeEach
    void create() {
        tables.execute("create table lease (task varchar(64), node varchar(255), ends_at bigint)");
        tables.migrate("V56__exports.sql");
        on(rows -> {
            assertThat(rows.add(JOB, Optional.empty(), "", Optional::empty)).isEmpty();
            rows.begin("job", "node", NOW, List.of());
        });
    }

    private void on(Consumer<ExportRows> work) {
        tables.run(running -> work.accept(with(with(new ExportRows(), "em", running.em()), "audit", new AuditLog() {
            @Override
            public void write(List<AuditEvent> events) {
                events.forEach(event -> audited.add(event.action() + event.detail().replace("export=job", "")));
            }
        })));
    }

    private static void completes(ExportRows rows, boolean expected) {
        assertThat(rows.complete(JOB, NOW, NOW.plusSeconds(60), 9, 9, "digest")).isEqualTo(expected);
    }

    @Test
    void anExportThatIsNotCancelledCompletes() {
        on(rows -> completes(rows, true));
        on(rows -> assertThat(rows.find("job").orElseThrow().state()).isEqualTo(ExportJob.State.DONE));
        assertThat(audited).containsExactly("export.own", "export.ended state=done bytes=9 manifest=digest");
    }

    @Test
    void anExportThatIsCancelledAtTheLastMomentDoesNotComplete() {
        on(rows -> assertThat(rows.delete(JOB, Optional.of("carol"), "")).isTrue());
        on(rows -> completes(rows, false));
        on(rows -> assertThat(rows.find("job").orElseThrow().state()).isEqualTo(ExportJob.State.RUNNING));
        assertThat(audited).containsExactly("export.own", "export.deleted");
    }

    @Test
    void whatAnotherInstanceCompletedStaysComplete() {
        on(rows -> completes(rows, true));
        on(rows -> rows.end(JOB, ExportJob.State.FAILED, Optional.of("Both wrote the same."), NOW));
        on(rows -> assertThat(rows.find("job").orElseThrow().state()).isEqualTo(ExportJob.State.DONE));
        assertThat(audited).containsExactly("export.own", "export.ended state=done bytes=9 manifest=digest");
    }

    @Test
    void whatWasDeletedMeanwhileStaysDeleted() {
        on(rows -> completes(rows, true));
        on(rows -> assertThat(rows.delete(JOB, Optional.of("carol"), "")).isTrue());
        on(rows -> completes(rows, false));
        on(rows -> assertThat(rows.find("job").orElseThrow().state()).isEqualTo(ExportJob.State.DELETED));
    }

    @Test
    void filesThatWereNotCountedAreRemovedToo() {
        tables.execute("insert into export_part (job, file, part, content) values ('job', 0, 0, X'00')");
        on(rows -> assertThat(rows.toRemove()).isEmpty());
        on(rows -> rows.end(JOB, ExportJob.State.FAILED, Optional.of("why"), NOW));
        on(rows -> assertThat(rows.toRemove()).extracting(ExportJob::id).containsExactly("job"));
        tables.execute("delete from export_part");
        on(rows -> assertThat(rows.toRemove()).isEmpty());
    }

    @Test
    void anEmptyFileIsAFile() {
        tables.execute("insert into export_file (job, place, path, bytes, crc, sha256, chain, start_at) "
                + "values ('job', 0, 'a', 0, 0, '', '', 0)");
        on(rows -> rows.end(JOB, ExportJob.State.CANCELLED, Optional.empty(), NOW));
        on(rows -> assertThat(rows.toRemove()).hasSize(1));
    }
}
