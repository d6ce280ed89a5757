package parley.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.protocol.User;

/** Which import an instance works on. */
class ImportingTest {

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

    @Test
    void anImportWhoseFileIsGoneCanBeCancelled() {
        assertThat(next(job("a", true))).hasValue("a");
    }
}
