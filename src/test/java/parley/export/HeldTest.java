package parley.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.protocol.User;

/** What an export has of the content that a hold keeps. */
class HeldTest implements Run.Store {

    private static final Instant TO = Instant.parse("2030-01-01T00:00:00Z");
    private static final long READABLE = 3_000;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private byte[] part;

    @Override
    public void addPart(int file, int number, byte[] compressed) {
        assertThat(number).isZero();
        part = compressed;
    }

    @Override
    public void add(ExportedFile file) {
        files.put(file.path(), expanded(part, (int) file.bytes()));
    }

    @Override
    public boolean progress(long stored) {
        return false;
    }

    private static byte[] expanded(byte[] compressed, int length) {
        try {
            return FileWriter.expanded(compressed, length);
        } catch (IOException damaged) {
            throw new AssertionError(damaged);
        }
    }

    private List<String> lines(List<HeldContent.Original> originals) {
        ExportRequest request = new ExportRequest(false, Optional.empty(), List.of("r"), Optional.empty(), TO, false, false, false, true);
        Run run = new Run(new ExportJob("1", request, new User("a", "A"), TO, ExportJob.State.RUNNING, false, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1, 0, 0, 0, 0, 0, Optional.empty()), this,
                () -> true, System::nanoTime, 0, Long.MAX_VALUE);
        Writing.held(run, new ExportRows.Cut("1", 0, "r", READABLE, READABLE, "", false), (room, offset, version, most) ->
                originals.stream().filter(original -> room.equals("r") && isAfter(original, offset, version)).limit(most).toList());
        return files.isEmpty() ? List.of()
                : new String(files.get("held/r/events.jsonl"), StandardCharsets.UTF_8).lines().toList();
    }

    private static boolean isAfter(HeldContent.Original original, long offset, int version) {
        return original.offset() > offset || original.offset() == offset && original.version() > version;
    }

    private static HeldContent.Original original(long offset, int version, Instant removed) {
        return new HeldContent.Original(offset, version, removed, "{\"text\":\"" + version + "\"}");
    }

    @Test
    void whatNobodyHoldsMakesNoFile() {
        assertThat(lines(List.of())).isEmpty();
        assertThat(files).isEmpty();
    }

    @Test
    void whatIsPastTheExportIsLeftOut() {
        Instant before = TO.minusMillis(1);
        assertThat(lines(List.of(original(READABLE, 1, before), original(READABLE, 2, TO), original(READABLE + 1, 1, before))))
                .containsExactly("{\"offset\":3000,\"removed\":\"2029-12-31T23:59:59.999Z\",\"frame\":{\"text\":\"1\"}}");
    }

    @Test
    void allPagesAreThereInOrder() {
        List<HeldContent.Original> many = new ArrayList<>(LongStream.rangeClosed(1, 1_250).boxed()
                .flatMap(offset -> Stream.of(original(offset, 1, TO.minusSeconds(1)), original(offset, 2, TO.minusSeconds(1)))).toList());
        assertThat(lines(many)).hasSize(2_500).last().asString().startsWith("{\"offset\":1250,");
    }
}
