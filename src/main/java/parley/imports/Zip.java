package parley.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A ZIP file from somewhere else. Its entries are found by name and read with a bound on what they become; nothing is unpacked under a name
 * of the file. For one thread.
 */
final class Zip implements Closeable {

    static final int MOST_ENTRIES = 2_000_000;
    private static final Pattern LEAVES = Pattern.compile("(?s)/.*|[A-Za-z]:.*|(.*/)?\\.\\.(/.*)?|.*[\\\\\u0000].*");

    private final ZipFile file;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private Zip(ZipFile file) {
        this.file = file;
    }

    /** Opens it. Entries whose names leave the file, or are there twice, are left out. */
    static Zip open(Path path, Report report) throws IOException, Export.Unusable {
        ZipFile file;
        try {
            file = new ZipFile(path.toFile());
        } catch (ZipException malformed) {
            throw new Export.Unusable("The file is not a ZIP file.");
        }
        if (file.size() > MOST_ENTRIES) {
            file.close();
            throw new Export.Unusable("The ZIP file has more than " + MOST_ENTRIES + " entries.");
        }
        Zip zip = new Zip(file);
        file.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> zip.add(entry, report));
        return zip;
    }

    private void add(ZipEntry entry, Report report) {
        if (LEAVES.matcher(entry.getName()).matches() || entries.putIfAbsent(entry.getName(), entry) != null) {
            report.add(Why.BAD_ENTRY, entry.getName());
        }
    }

    /** The names of all entries, in their order. */
    Iterable<String> names() {
        return entries.keySet();
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /** All bytes of an entry; empty if it is missing, has more than so many bytes, or is damaged. */
    Optional<byte[]> read(String name, int most, Report report) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = file.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length <= most) {
                return Optional.of(bytes);
            }
        } catch (ZipException damaged) {
            // Reported below.
        }
        report.add(Why.BAD_ENTRY, name);
        return Optional.empty();
    }

    /** The bytes of an entry, which may be endless. */
    InputStream open(String name) throws IOException {
        return file.getInputStream(entries.get(name));
    }

    /** How many bytes an entry has in the file. */
    long compressed(String name) {
        return entries.get(name).getCompressedSize();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
