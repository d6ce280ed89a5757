package parley.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.lease.LeasedWork;

/** The folder with exports, the people file, the report, and progress. */
class ImportFilesTest {

    @TempDir
    private Path folder;
    private final Report report = new Report();

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../secret", "/etc/passwd", "a/b", "a\\b", "a\u0000b", ".hidden", "missing", "folder", "link"})
    void aNameThatIsNotAFileOfTheFolderIsRefused(String name) throws IOException {
        Path inside = Files.createDirectory(folder.resolve("imports"));
        Files.createDirectory(inside.resolve("folder"));
        Files.writeString(folder.resolve("secret"), "outside");
        Files.createSymbolicLink(inside.resolve("link"), folder.resolve("secret"));
        Files.writeString(inside.resolve(".hidden"), "hidden");
        assertThat(new ImportFolder(Optional.of(inside)).file(name)).isEmpty();
    }

    @Test
    void aFileOfTheFolderIsFound() throws IOException {
        Files.writeString(folder.resolve("My export-1.zip"), "x");
        assertThat(new ImportFolder(Optional.of(folder)).file("My export-1.zip")).isPresent();
        assertThat(new ImportFolder(Optional.empty()).file("My export-1.zip")).isEmpty();
    }

    @Test
    void thePeopleFileMapsIds() throws IOException, Export.Unusable {
        Path file = Files.writeString(folder.resolve("people.csv"), "\ufeff# people\n\n"
                + "U1,alice\n U2 , CN=Bob,OU=x \nU1,carol\nU3\n,x\nU4,\n");
        assertThat(PeopleFile.read(file, report)).isEqualTo(Map.of("U1", "alice", "U2", "CN=Bob,OU=x"));
        assertThat(report.examples(Why.BAD_PEOPLE_LINE)).containsExactly("line 5", "line 6", "line 7", "line 8");
    }

    @Test
    void aPeopleFileThatIsNotUtf8IsRefused() throws IOException {
        Path file = Files.write(folder.resolve("people.csv"), "U1,Müller".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Exports.refusal(() -> PeopleFile.read(file, report))).hasValue("The people file is not UTF-8.");
    }

    @Test
    void theReportIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            report.add(Why.DUPLICATE, "example " + i + "\n" + "x".repeat(1_000));
        }
        assertThat(report.count(Why.DUPLICATE)).isEqualTo(1_000);
        assertThat(report.examples(Why.DUPLICATE)).hasSize(Report.MOST_EXAMPLES)
                .allSatisfy(example -> assertThat(example).hasSizeLessThanOrEqualTo(Report.LONGEST_EXAMPLE + 1).doesNotContain("\n"));
        assertThat(report.json()).hasSizeLessThan(4_000).contains("\"why\":\"duplicate\"").contains("\"count\":1000");
    }

    @Test
    void progressIsStoredNowAndThenAndEndsTheWork() {
        long[] now = new long[1];
        StringBuilder stored = new StringBuilder();
        boolean[] cancelled = new boolean[1];
        boolean[] mayGoOn = {true};
        Progress progress = new Progress((posts, done, added, rooms) -> {
            stored.append(done).append('+').append(added).append(' ');
            return cancelled[0];
        }, () -> mayGoOn[0], () -> now[0]);
        progress.done(5);
        progress.added(3);
        progress.look();
        assertThat(stored).isEmpty();
        now[0] += 250_000_000L;
        progress.look();
        progress.look();
        progress.added(2);
        now[0] += 250_000_000L;
        progress.look();
        assertThat(stored).hasToString("5+3 5+2 ");
        cancelled[0] = true;
        now[0] += 250_000_000L;
        assertThatThrownBy(progress::look).isInstanceOf(Progress.Cancelled.class);
        mayGoOn[0] = false;
        now[0] += 250_000_000L;
        assertThatThrownBy(progress::look).isInstanceOf(LeasedWork.Interrupted.class);
    }
}
