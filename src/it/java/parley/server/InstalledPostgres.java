package parley.server;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/**
 * The PostgreSQL of an installation, such as {@code /usr/lib/postgresql/15}, in place of the binaries from Maven Central. The library runs
 * the programs of an archive that it unpacks; this archive has scripts that run those of the installation.
 *
 * @param folder where its {@code bin} is
 */
record InstalledPostgres(Path folder) implements PgBinaryResolver {

    private static final List<String> PROGRAMS = List.of("initdb", "pg_ctl", "postgres");
    private static final int EXECUTABLE = 0755;

    @Override
    public InputStream getPgBinary(String system, String machine) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream archive = new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
            for (String program : PROGRAMS) {
                String script = "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(folder.toAbsolutePath().resolve("bin").resolve(program));
                byte[] content = script.getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry("bin/" + program);
                entry.setMode(EXECUTABLE);
                entry.setSize(content.length);
                archive.putArchiveEntry(entry);
                archive.write(content);
                archive.closeArchiveEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
