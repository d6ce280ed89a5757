package parley.settings;

import static parley.settings.Setting.parsed;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where imports find the exports of other systems.
 *
 * @param folder empty if nothing is imported
 */
public record ImportSettings(Optional<Path> folder) {

    static ImportSettings read(Reading in) {
        return new ImportSettings(in.read(parsed("parley.imports.folder", "", ImportSettings::folder, "an absolute path",
                "Folder on the server with exports of Mattermost and Slack, which [administrators import](import.md). In a cluster, an "
                + "instance imports what it finds there. Without it, nothing is imported.")));
    }

    private static Optional<Optional<Path>> folder(String text) {
        if (text.isBlank()) {
            return Optional.of(Optional.empty());
        }
        try {
            Path path = Path.of(text);
            return path.isAbsolute() ? Optional.of(Optional.of(path)) : Optional.empty();
        } catch (InvalidPathException malformed) {
            return Optional.empty();
        }
    }
}
