package parley.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of an export, as another program reads it, whole and in ranges. */
class ArchiveTest implements FileWriter.Parts, Archive.Source {

    private final Map<String, byte[]> parts = new HashMap<>();
    private final List<ExportedFile> files = new ArrayList<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private Archive.Shape shape;

    @TempDir
    private Path folder;

    @Override
    public void add(int place, int part, byte[] compressed) {
        parts.put(place + "/" + part, compressed);
    }

    @Override
    public void complete(ExportedFile file) {
        files.add(files.isEmpty() ? file : file.at(Archive.after(files.getLast())));
    }

    // Two files a call, so that reading needs several.
    @Override
    public List<ExportedFile> from(long at) {
        return files.stream().filter(file -> Archive.after(file) > at).limit(2).toList();
    }

    @Override
    public byte[] part(ExportedFile file, int part) throws IOException {
        return FileWriter.expanded(parts.get(file.place() + "/" + part),
                (int) Math.min(FileWriter.PART, file.bytes() - (long) part * FileWriter.PART));
    }

    @BeforeEach
    void write() {
        byte[] large = new byte[FileWriter.PART * 2 + 7];
        new Random(1).nextBytes(large);
        contents.put("rooms/a/events.jsonl", "{}\n".getBytes());
        contents.put("rooms/b/mail/2030-01-01.eml", new byte[0]);
        contents.put("files/large", large);
        contents.put("files/exact", Arrays.copyOf(large, FileWriter.PART));
        contents.put("manifest.json", "[]".getBytes());
        contents.forEach((path, bytes) -> {
            FileWriter writer = new FileWriter(this, files.size(), path);
            writer.write(bytes);
            writer.complete();
        });
        shape = Archive.shape(files.size(), files.stream().mapToLong(file -> file.path().length()).sum(), files.getLast());
    }

    private byte[] all() throws IOException {
        return Archive.open(shape, this, 0, Long.MAX_VALUE / 2).readAllBytes();
    }

    @Test
    void damagedPartsAreNotHandedOut() {
        parts.put("2/1", new byte[] {1, 2, 3});
        assertThatThrownBy(this::all).isInstanceOf(IOException.class);
    }

    @Test
    void filesThatAreGoneEndTheDownload() {
        files.clear();
        assertThatThrownBy(this::all).isInstanceOf(IOException.class).hasMessageContaining("gone");
    }

    @Test
    void otherProgramsReadIt() throws IOException {
        byte[] all = all();
        assertThat(all).hasSize((int) shape.length());
        Path file = Files.write(folder.resolve("export.zip"), all);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactlyElementsOf(contents.keySet());
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                assertThat(zip.getInputStream(zip.getEntry(content.getKey())).readAllBytes()).isEqualTo(content.getValue());
            }
        }
    }

    @Test
    void itCanBeReadWithoutItsDirectory() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(all()))) {
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                assertThat(zip.getNextEntry().getName()).isEqualTo(content.getKey());
                assertThat(zip.readAllBytes()).isEqualTo(content.getValue());
            }
        }
    }

    @Test
    void eachRangeIsThatPartOfIt() throws IOException {
        byte[] all = all();
        Random random = new Random(2);
        List<Integer> begins = new ArrayList<>(List.of(0, 1, 29, 30, all.length - 1, (int) shape.directory(), (int) shape.directory() + 80,
                (int) shape.end(), (int) shape.end() + 30));
        for (int i = 0; i < 30; i++) {
            begins.add(random.nextInt(all.length));
        }
        for (int begin : begins) {
            int end = Math.min(all.length, begin + 1 + random.nextInt(300_000));
            assertThat(Archive.open(shape, this, begin, end - begin).readAllBytes()).as("%d-%d", begin, end)
                    .isEqualTo(Arrays.copyOfRange(all, begin, end));
        }
    }
}
