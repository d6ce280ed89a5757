package parley.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import parley.settings.Settings;

/**
 * The directory of the index. Each instance and application has its own below the configured one, for the server's user only.
 *
 * @param isLasting whether it is there after a restart
 */
record IndexDirectory(Path path, boolean isLasting) {

    private static final String NAME = "parley-search";

    /** The directory by the settings, which may not exist yet. Call it on a thread with the application's naming. */
    static IndexDirectory of(Settings settings) {
        String own = (applicationName() + "-" + settings.instance().name()).replaceAll("[^A-Za-z0-9_-]", "_");
        String domain = System.getProperty("com.sun.aas.instanceRoot");
        if (!settings.search().directory().isEmpty()) {
            return new IndexDirectory(Path.of(settings.search().directory(), own), true);
        }
        return domain != null ? new IndexDirectory(Path.of(domain, NAME, own), true)
                : new IndexDirectory(Path.of(System.getProperty("java.io.tmpdir"), NAME + ProcessHandle.current().pid(), own), false);
    }

    /** Creates what is missing of it, and takes others' permissions away. */
    void create() throws IOException {
        Path parent = path.getParent();
        boolean isNew = !Files.exists(parent);
        Files.createDirectories(parent);
        if (isNew) {
            keepPrivate(parent);
        }
        Files.createDirectories(path);
        keepPrivate(path);
    }

    private static void keepPrivate(Path directory) throws IOException {
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static String applicationName() {
        try {
            return InitialContext.doLookup("java:app/AppName");
        } catch (NamingException outsideAServer) {
            return "parley";
        }
    }
}
