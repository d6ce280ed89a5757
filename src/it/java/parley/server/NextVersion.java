package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The version after this one, as far as an upgrade can tell: the same WAR with another version number and one more migration. */
public final class NextVersion {

    /** What it calls itself. */
    public static final String NUMBER = "next";

    private static final String SETTINGS = "WEB-INF/classes/META-INF/microprofile-config.properties";
    private static final String MIGRATION = "WEB-INF/classes/db/migration/V9999__next.sql";

    private NextVersion() {
    }

    /**
     * Makes it of the WAR that the build made.
     *
     * @param migration SQL that the version before must be able to live with
     */
    public static Path of(Path war, String migration) {
        Path next = war.resolveSibling("parley-next.war");
        try {
            Files.copy(war, next, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + next.toAbsolutePath().toUri()), Map.of())) {
                Path settings = inside.getPath(SETTINGS);
                Files.writeString(settings, Files.readString(settings).replaceAll("(?m)^parley\\.build=.*$", "parley.build=" + NUMBER));
                Files.writeString(inside.getPath(MIGRATION), migration);
            }
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
