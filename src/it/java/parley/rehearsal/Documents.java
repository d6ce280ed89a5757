package parley.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that the documents give. */
final class Documents {

    static final Path SERVER_CONFIG = Path.of("server-config/README.md");
    static final Path BACKUP = Path.of("src/site/markdown/backup.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```\\w*\\n(.*?)^ *```$");

    private Documents() {
    }

    /** The first block of commands with this text in it. */
    static String block(Path document, String text) {
        Matcher blocks = BLOCK.matcher(read(document));
        while (blocks.find()) {
            if (blocks.group(1).contains(text)) {
                return blocks.group(1).stripIndent();
            }
        }
        throw new AssertionError(document + " has no block with " + text);
    }

    /** The line of such a block with this text in it. */
    static String line(Path document, String text) {
        return block(document, text).lines().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    static String read(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
