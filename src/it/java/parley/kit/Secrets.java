package parley.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Secrets of the tests that must not appear in any log: token signatures, tickets, and long words of messages. Words shorter than
 * {@value #MIN_LENGTH} characters are ignored because a log may contain them by chance. Safe for all threads.
 */
public final class Secrets {

    private static final int MIN_LENGTH = 16;
    private static final String BETWEEN_WORDS = "[^A-Za-z0-9_-]+";
    private static final Set<String> ALL = ConcurrentHashMap.newKeySet();

    private Secrets() {
    }

    static String token(String token) {
        register(token.substring(token.lastIndexOf('.') + 1));
        return token;
    }

    static void text(String text) {
        Arrays.stream(text.split(BETWEEN_WORDS)).forEach(Secrets::register);
    }

    /** Registers the ticket in a response of {@code POST /api/tickets}. */
    static HttpAnswer ticket(HttpAnswer answer) {
        if (answer.status() == 200) {
            register(answer.json().get("ticket").stringValue());
        }
        return answer;
    }

    private static void register(String word) {
        if (word.length() >= MIN_LENGTH) {
            ALL.add(word);
        }
    }

    /** The number of registered secrets. */
    public static int count() {
        return ALL.size();
    }

    /** Searches a folder recursively; one line per file and secret found. */
    public static Set<String> foundIn(Path folder) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // ISO 8859-1 decodes any bytes, so files that are not UTF-8 are searched too.
                try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                    lines.lines().flatMap(line -> Arrays.stream(line.split(BETWEEN_WORDS))).filter(ALL::contains)
                            .forEach(word -> found.add(folder.relativize(file) + ": " + word));
                }
            }
        }
        return found;
    }
}
