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
 * What the kit was given or said and no log may hold: the signatures of tokens, tickets, and the long words of messages. Words shorter
 * than {@value #SHORTEST} characters are not kept, for a log may have such a one by itself.
 */
public final class Secrets {

    private static final int SHORTEST = 16;
    private static final String BETWEEN_WORDS = "[^A-Za-z0-9_-]+";
    private static final Set<String> ALL = ConcurrentHashMap.newKeySet();

    private Secrets() {
    }

    static String token(String token) {
        keep(token.substring(token.lastIndexOf('.') + 1));
        return token;
    }

    static void text(String text) {
        Arrays.stream(text.split(BETWEEN_WORDS)).forEach(Secrets::keep);
    }

    /** The answer of {@code POST /api/tickets}. */
    static HttpAnswer ticket(HttpAnswer answer) {
        if (answer.status() == 200) {
            keep(answer.json().get("ticket").stringValue());
        }
        return answer;
    }

    private static void keep(String word) {
        if (word.length() >= SHORTEST) {
            ALL.add(word);
        }
    }

    /** How many there are by now. */
    public static int count() {
        return ALL.size();
    }

    /** Where they are found, a line a file and secret, in the files of a folder and below it. */
    public static Set<String> foundIn(Path folder) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // A character for each byte: what is no UTF-8 is searched all the same.
                try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                    lines.lines().flatMap(line -> Arrays.stream(line.split(BETWEEN_WORDS))).filter(ALL::contains)
                            .forEach(word -> found.add(folder.relativize(file) + ": " + word));
                }
            }
        }
        return found;
    }
}
