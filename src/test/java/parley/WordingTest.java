package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the texts of the project plain: no phrase of {@code .ci/wording.txt}, and no line that is too long to read. */
class WordingTest {

    private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Set<String> TEXTS = Set.of("java", "js", "css", "html", "md", "sql", "xml", "yaml", "properties", "sh", "asadmin");
    private static final int LONGEST_LINE = 140;

    private static final String WORD = "(?i)\\b";

    private final Pattern avoided = Pattern.compile(oneOf(phrases()), Pattern.CASE_INSENSITIVE);

    @Test
    void noTextHasAnAvoidedPhrase() {
        assertThat(texts("src", "README.md", "server-config", "docker").parallel().flatMap(this::findings)).isEmpty();
    }

    @Test
    void aPlantedPhraseIsFoundWithItsPlace() {
        String planted = "Who" + "ever";
        assertThat(findings(Path.of("Planted.java"), List.of("fine", "// " + planted + " comes later")))
                .containsExactly("Planted.java:2: " + planted);
    }

    @Test
    void noLineOfProseIsTooLong() {
        assertThat(texts("src", "README.md", "server-config", "docker").flatMap(WordingTest::longLines)).isEmpty();
    }

    private static List<String> phrases() {
        List<String> phrases = lines(PROJECT.resolve(".ci/wording.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        assertThat(phrases).isNotEmpty();
        return phrases;
    }

    // Most phrases begin with a word. They are tried at the beginnings of words only, which takes a fifth of the time.
    private static String oneOf(List<String> phrases) {
        Map<Boolean, List<String>> parts = phrases.stream().collect(Collectors.partitioningBy(phrase -> phrase.startsWith(WORD)));
        String words = parts.get(true).stream().map(phrase -> phrase.substring(WORD.length())).collect(Collectors.joining("|"));
        return Stream.concat(Stream.of("\\b(?:" + words + ")"), parts.get(false).stream()).collect(Collectors.joining("|"));
    }

    private Stream<String> findings(Path file) {
        return findings(PROJECT.relativize(file), lines(file)).stream();
    }

    private List<String> findings(Path file, List<String> lines) {
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = avoided.matcher(lines.get(i));
            while (matcher.find()) {
                findings.add(file + ":" + (i + 1) + ": " + matcher.group());
            }
        }
        return findings;
    }

    private static Stream<String> longLines(Path file) {
        List<String> prose = file.toString().endsWith(".md") ? withoutCode(lines(file))
                : file.toString().endsWith(".java") ? comments(lines(file)) : List.of();
        return IntStream.range(0, prose.size()).filter(i -> prose.get(i).length() > LONGEST_LINE)
                .mapToObj(i -> PROJECT.relativize(file) + ":" + (i + 1));
    }

    private static List<String> comments(List<String> lines) {
        return lines.stream().map(line -> line.strip().matches("(/\\*|\\*|//).*") ? line : "").toList();
    }

    // Commands and tables can't be wrapped.
    private static List<String> withoutCode(List<String> lines) {
        boolean code = false;
        List<String> prose = new ArrayList<>();
        for (String line : lines) {
            boolean fence = line.strip().startsWith("```");
            code ^= fence;
            prose.add(code || fence || line.startsWith("|") ? "" : line);
        }
        return prose;
    }

    // A migration that was applied never changes: Flyway compares its checksum. The client's parts are the words of others.
    private static Stream<Path> texts(String... roots) {
        return Stream.of(roots).map(PROJECT::resolve).flatMap(WordingTest::files).filter(file -> !file.toString().contains("db/migration"))
                .filter(file -> !file.toString().contains("node_modules")).filter(file -> !file.getParent().endsWith("chat/parts"))
                .filter(file -> TEXTS.contains(file.getFileName().toString().replaceAll(".*\\.", "")));
    }

    private static Stream<Path> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
