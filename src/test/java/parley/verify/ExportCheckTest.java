package parley.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.sql.Tables;

class ExportCheckTest {

    private static final String EVENTS = "rooms/a/events.jsonl";

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final Map<String, String> files = new LinkedHashMap<>(Map.of(EVENTS, event(1) + event(2)));
    private String output;
    @TempDir
    private Path folder;

    private static String frame(long offset) {
        return "{\"type\":\"message.posted\",\"offset\":" + offset + ",\"text\":\"I owe you 10 €\"}";
    }

    private static String event(long offset) {
        return "{\"offset\":" + offset + ",\"at\":\"2030-01-01T00:00:00.000Z\",\"frame\":" + frame(offset) + "}\n";
    }

    private String manifest() {
        StringBuilder lines = new StringBuilder("{\"format\":\"parley-export-1\",\"request\":{},\"files\":[\n");
        String chain = Hashes.hex(Hashes.utf8("parley-export-1"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            byte[] bytes = Hashes.utf8(file.getValue());
            String hash = Hashes.hex(bytes);
            chain = Hashes.hex(Hashes.utf8(chain + " " + hash + " " + bytes.length + " " + file.getKey() + "\n"));
            lines.append("{\"path\":\"").append(file.getKey()).append("\",\"bytes\":").append(bytes.length).append(",\"sha256\":\"")
                    .append(hash).append("\",\"chain\":\"").append(chain).append("\"},\n");
        }
        return lines.deleteCharAt(lines.length() - 2) + "],\"chain\":\"" + chain + "\"}\n";
    }

    private List<String> verify(String manifest, String... more) throws IOException {
        Path archive = folder.resolve("export.zip");
        try (OutputStream out = Files.newOutputStream(archive); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(Hashes.utf8(file.getValue()));
            }
            zip.putNextEntry(new ZipEntry("manifest.json"));
            zip.write(Hashes.utf8(manifest));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] arguments = new String[more.length + 2];
        System.arraycopy(new String[] {"--export", archive.toString()}, 0, arguments, 0, 2);
        System.arraycopy(more, 0, arguments, 2, more.length);
        int code = Verify.run(arguments, Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        output = out.toString(StandardCharsets.UTF_8);
        List<String> found = output.lines().filter(line -> line.startsWith("room ") || line.startsWith("export, ")).toList();
        assertThat(code).as(output).isEqualTo(found.isEmpty() ? Verify.CLEAN : Verify.CHANGED);
        return found;
    }

    @Test
    void refusesToCheckNothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(Verify.run(new String[0], Map.of(), print)).isEqualTo(Verify.FAILED);
        assertThat(Verify.run(new String[] {"--database"}, Map.of(), print)).isEqualTo(Verify.FAILED);
        assertThat(Verify.run(new String[] {"--export", folder.resolve("none.zip").toString()}, Map.of(), print)).isEqualTo(Verify.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Name a database, an export, or both", "--database needs a value",
                "none.zip");
    }

    @Test
    void namesTheFileThatIsNotTheListedOne() throws IOException {
        files.put("people.jsonl", "{}\n");
        String manifest = manifest();
        assertThat(verify(manifest)).isEmpty();
        assertThat(output).contains("2 files of the export checked", "SHA-256 of its manifest: " + Hashes.hex(Hashes.utf8(manifest)));
        files.put(EVENTS, event(1) + event(2).replace("10", "90"));
        assertThat(verify(manifest)).containsExactly("export, " + EVENTS + ": it is not the file that the manifest lists");
        files.put("another.txt", "x");
        files.remove(EVENTS);
        assertThat(verify(manifest)).containsExactlyInAnyOrder("export, " + EVENTS + ": it is missing",
                "export, another.txt: the manifest does not have it");
    }

    @Test
    void namesALineOfTheManifestThatWasChanged() throws IOException {
        String manifest = manifest();
        String hash = Hashes.hex(Hashes.utf8(event(1) + event(2)));
        files.put(EVENTS, "{}");
        assertThat(verify(manifest.replace(hash, Hashes.hex(Hashes.utf8("{}"))))).containsExactly(
                "export, " + EVENTS + ": its line in the manifest does not fit the chain");
    }

    @Test
    void namesTheByteThatDiffersFromTheDatabase() throws IOException {
        Tables tables = new Tables(url);
        tables.execute("create table lease (task varchar(50), node varchar(255), ends_at bigint)",
                "create table room (id varchar(64), head bigint)",
                "create table room_event (room varchar(64), log_offset bigint, type varchar(32), actor varchar(255), "
                        + "frame varchar(100000), happened_at bigint, primary key (room, log_offset))");
        tables.migrate("V55__evidence.sql");
        for (long offset = 1; offset <= 2; offset++) {
            tables.execute("insert into room_event values ('a', " + offset + ", 'message.posted', 'alice', '" + frame(offset) + "', 5)");
        }
        assertThat(verify(manifest(), "--database", url)).isEmpty();
        assertThat(output).contains("2 events compared with the database");
        tables.execute("update room_event set frame = replace(frame, '10', '90') where log_offset = 2");
        assertThat(verify(manifest(), "--database", url)).containsExactly("room a, offset 2: the export differs from the database from "
                + "byte " + frame(2).indexOf("10") + " of the frame on");
        tables.execute("delete from room_event where log_offset = 1");
        assertThat(verify(manifest(), "--database", url)).contains("room a, offset 1: the export has the event, the database does not");
    }
}
