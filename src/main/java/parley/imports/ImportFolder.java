package parley.imports;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.settings.Settings;

/** The folder with exports. A name of a file is never a path. Safe for every thread. */
@ApplicationScoped
class ImportFolder {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._ -]{0,199}");

    private Optional<Path> folder = Optional.empty();

    /** For the container's proxy. */
    protected ImportFolder() {
    }

    @Inject
    ImportFolder(Settings settings) {
        this(settings.imports().folder());
    }

    ImportFolder(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Whether this instance imports anything. */
    boolean isThere() {
        return folder.isPresent();
    }

    /** Whether a file may have this name. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The regular file with this name, if it is there. A link must stay in the folder. */
    Optional<Path> file(String name) {
        if (folder.isEmpty() || !isName(name)) {
            return Optional.empty();
        }
        try {
            Path real = folder.get().resolve(name).toRealPath();
            return Optional.of(real).filter(file -> file.startsWith(real(folder.get())) && Files.isRegularFile(file));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path;
        }
    }

    /** Whether all files of an import are there. */
    boolean has(ImportJob job) {
        return file(job.file()).isPresent() && job.people().map(name -> file(name).isPresent()).orElse(true);
    }
}
