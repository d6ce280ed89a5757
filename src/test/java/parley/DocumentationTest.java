package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents link to what exists, and name the tests and metrics that exist. */
class DocumentationTest {

    private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Pattern CODE = Pattern.compile("(?ms)^\\s*```.*?^\\s*```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern TEST = Pattern.compile("`(?:[a-z]+\\.)*([A-Z][A-Za-z]+(?:IT|Test)|[a-z-]+(?:\\.test|-tests)\\.js)`");
    private static final Pattern METRIC = Pattern.compile("\\b(?:count|gauge|info|sizes|times)\\(\\s*\"((?:parley|jvm|process)_[a-z_]+)\"");
    private static final Pattern NAMED_METRIC = Pattern.compile("`((?:parley|jvm|process)_[a-z_]+)");

    @Test
    void everyLinkLeadsToAFileAndAHeading() {
        List<String> broken = documents().flatMap(document -> matches(LINK, prose(document)).map(link -> link.group(1))
                .filter(link -> !link.contains(":") && !leads(document, link))
                .map(link -> PROJECT.relativize(document) + ": " + link)).toList();
        assertThat(broken).isEmpty();
    }

    @Test
    void everyTestThatADocumentNamesExists() {
        Set<String> files = files("src").map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        List<String> missing = documents().flatMap(document -> matches(TEST, prose(document)).map(test -> test.group(1))
                .filter(test -> !files.contains(test) && !files.contains(test + ".java"))
                .map(test -> PROJECT.relativize(document) + ": " + test)).toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void operatingHasEveryMetric() {
        Set<String> named = matches(NAMED_METRIC, text(PROJECT.resolve("src/site/markdown/operating.md")))
                .map(name -> name.group(1)).collect(Collectors.toSet());
        Set<String> registered = files("src/main/java").flatMap(file -> matches(METRIC, text(file)))
                .map(name -> name.group(1)).collect(Collectors.toSet());
        assertThat(named).isEqualTo(registered);
    }

    private static boolean leads(Path document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    // As GitHub and Maven's site make them; the second heading with the same words gets a number.
    private static Set<String> anchors(Path document) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        matches(HEADING, prose(document)).forEach(heading -> {
            String anchor = heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").strip().toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
            int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
        });
        return anchors;
    }

    private static Stream<Path> documents() {
        return Stream.concat(Stream.of(PROJECT.resolve("README.md")), Stream.of("src", "server-config", "docker")
                .flatMap(DocumentationTest::files).filter(file -> file.toString().endsWith(".md")));
    }

    private static String prose(Path document) {
        return CODE.matcher(text(document)).replaceAll("");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static Stream<Path> files(String root) {
        try (Stream<Path> files = Files.walk(PROJECT.resolve(root))) {
            return files.filter(Files::isRegularFile).filter(file -> !file.toString().contains("node_modules")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
