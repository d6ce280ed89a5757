package parley.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Checks an export: its files against the chain of its manifest, and its frames against those of a database, byte by byte. For one thread.
 */
final class ExportCheck {

    private static final String MANIFEST = "manifest.json";
    private static final Pattern FILE = Pattern.compile(
            "\\{\"path\":\"([^\"\\\\]+)\",\"bytes\":([0-9]{1,18}),\"sha256\":\"([0-9a-f]{64})\",\"chain\":\"([0-9a-f]{64})\"},?");
    private static final Pattern END = Pattern.compile("],\"chain\":\"([0-9a-f]{64})\"}");
    private static final Pattern EVENTS = Pattern.compile("rooms/([A-Za-z0-9_-]{1,64})/events\\.jsonl");
    private static final Pattern EVENT = Pattern.compile("\\{\"offset\":([0-9]{1,18}),\"at\":\"[0-9TZ:.-]+\",\"frame\":(.*)}",
            Pattern.DOTALL);

    private final ZipFile archive;
    private final Optional<Connection> database;
    private final Findings findings;
    private long files;
    private long events;

    ExportCheck(ZipFile archive, Optional<Connection> database, Findings findings) {
        this.archive = archive;
        this.database = database;
        this.findings = findings;
    }

    /** Files that were checked. */
    long files() {
        return files;
    }

    /** Events that were compared with the database. */
    long events() {
        return events;
    }

    /** Checks everything. Returns SHA-256 of the manifest, for which the audit has a copy. */
    String run() throws IOException, SQLException {
        ZipEntry manifest = archive.getEntry(MANIFEST);
        if (manifest == null) {
            throw new IOException(Path.of(archive.getName()).getFileName() + " has no " + MANIFEST);
        }
        Set<String> listed = new HashSet<>(Set.of(MANIFEST));
        String chain = Hashes.hex(Hashes.utf8("parley-export-1"));
        boolean complete = false;
        try (BufferedReader lines = reader(manifest)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher file = FILE.matcher(line);
                Matcher end = END.matcher(line);
                if (file.matches()) {
                    listed.add(file.group(1));
                    chain = Hashes.hex(Hashes.utf8(chain + " " + file.group(3) + " " + file.group(2) + " " + file.group(1) + "\n"));
                    file(file.group(1), file.group(3), chain.equals(file.group(4)));
                    chain = file.group(4);
                } else if (end.matches()) {
                    complete = end.group(1).equals(chain);
                }
            }
        }
        if (!complete) {
            findings.add("export, " + MANIFEST + ": its last chain is not that of its files");
        }
        archive.stream().map(ZipEntry::getName).filter(name -> !listed.contains(name))
                .forEach(name -> findings.add("export, " + name + ": the manifest does not have it"));
        return hash(manifest);
    }

    private void file(String path, String hash, boolean fits) throws IOException, SQLException {
        ZipEntry entry = archive.getEntry(path);
        files++;
        if (!fits) {
            findings.add("export, " + path + ": its line in the manifest does not fit the chain");
        }
        if (entry == null) {
            findings.add("export, " + path + ": it is missing");
            return;
        }
        if (!hash(entry).equals(hash)) {
            findings.add("export, " + path + ": it is not the file that the manifest lists");
        }
        Matcher room = EVENTS.matcher(path);
        if (room.matches() && database.isPresent()) {
            compare(room.group(1), entry, database.get());
        }
    }

    private String hash(ZipEntry entry) throws IOException {
        MessageDigest digest = Hashes.sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream bytes = archive.getInputStream(entry)) {
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private BufferedReader reader(ZipEntry entry) throws IOException {
        return new BufferedReader(new InputStreamReader(archive.getInputStream(entry), StandardCharsets.UTF_8));
    }

    private void compare(String room, ZipEntry entry, Connection connection) throws IOException, SQLException {
        Changes changes = new Changes();
        try (Cursor<StoredLink> links = DatabaseCheck.links(connection, room, "and kind <> 'sealed'");
                Cursor<StoredEvent> stored = DatabaseCheck.events(connection, room); BufferedReader lines = reader(entry)) {
            links.forEachRemaining(link -> changes.add(link.link()));
            StoredEvent next = stored.hasNext() ? stored.next() : null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher event = EVENT.matcher(line);
                if (!event.matches()) {
                    findings.add("export, room " + room + ": a line is no event");
                    continue;
                }
                long offset = Long.parseLong(event.group(1));
                while (next != null && next.offset() < offset) {
                    next = stored.hasNext() ? stored.next() : null;
                }
                events++;
                // What was changed by a removal since the export is not a finding: the chain says so.
                if (changes.of(offset).isEmpty()) {
                    compare(room, offset, Hashes.utf8(event.group(2)), next != null && next.offset() == offset ? next.frame() : null);
                }
            }
        }
    }

    private void compare(String room, long offset, byte[] exported, byte[] stored) {
        int place = stored == null ? 0 : Arrays.mismatch(exported, stored);
        if (stored == null) {
            findings.add(room, offset, "the export has the event, the database does not");
        } else if (place >= 0) {
            findings.add(room, offset, "the export differs from the database from byte " + place + " of the frame on");
        }
    }
}
