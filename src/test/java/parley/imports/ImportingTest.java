package parley.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.health.Started;
import parley.journal.PastMessages;
import parley.lease.ALease;
import parley.protocol.User;
import parley.settings.Given;
import parley.settings.Settings;

/** Which import an instance works on, and what becomes of one that fails. */
class ImportingTest {

    private final ALease lease = new ALease();
    @TempDir
    private Path files;

    private static ImportJob job(String id, boolean cancelled) {
        return new ImportJob(id, "old-chat", ImportJob.Format.SLACK, id + ".zip", Optional.empty(), false, false,
                new User("carol", "Carol"), Instant.EPOCH, ImportJob.State.WAITING, cancelled, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), 0, 0, 0, 0, "[]");
    }

    private Optional<String> next(ImportJob... open) {
        return Importing.next(List.of(open), new ImportFolder(Optional.of(files))).map(ImportJob::id);
    }

    @Test
    void anImportWithoutItsFileWaitsForAnotherInstance() throws IOException {
        assertThat(next(job("a", false))).isEmpty();
        Files.writeString(files.resolve("b.zip"), "");
        assertThat(next(job("a", false), job("b", false))).hasValue("b");
    }

    /** How an import ends that meets a failure. */
    private List<ImportJob.State> fails(Runnable before) {
        List<ImportJob.State> ended = new ArrayList<>();
        Importing importing = new Importing();
        with(importing, "settings", Settings.of(new Given(Map.of())));
        with(importing, "folder", new ImportFolder(Optional.of(files)) {
            @Override
            boolean has(ImportJob job) {
                return true;
            }

            @Override
            Optional<Path> file(String name) {
                throw new IllegalStateException("Both wrote the same.");
            }
        });
        with(importing, "past", new PastMessages() {
            @Override
            public boolean arePossible() {
                return true;
            }
        });
        with(importing, "work", lease.work());
        with(importing, "rows", new ImportRows() {
            @Override
            List<ImportJob> open() {
                return List.of(job("a", false));
            }

            @Override
            void begin(String id, String node, Instant now) {
                before.run();
            }

            @Override
            void end(ImportJob job, ImportJob.State state, Optional<String> failure, Instant now) {
                ended.add(state);
            }
        });
        importing.start(new Started());
        lease.look();
        return ended;
    }

    @Test
    void whatFailsHereHasFailed() {
        assertThat(fails(() -> { })).containsExactly(ImportJob.State.FAILED);
    }

    @Test
    void whatFailsAfterAnotherInstanceTookOverGoesOnThere() {
        assertThat(fails(lease::isTakenOver)).isEmpty();
    }

    @Test
    void anImportWhoseFileIsGoneCanBeCancelled() {
        assertThat(next(job("a", true))).hasValue("a");
    }
}
