package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.opentest4j.TestAbortedException;

/** The shell scripts that administrators run, as files. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "they are for POSIX shells")
class ScriptsIT {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    /** What the others read, which runs nothing by itself. */
    private static final Path LIBRARY = ROOT.resolve("server-config/apply.sh");

    @Test
    void areExecutable() throws IOException {
        assertThat(scripts()).filteredOn(script -> !script.equals(LIBRARY)).allMatch(Files::isExecutable);
    }

    @Test
    void endTheirLinesAsAShellExpects() throws IOException {
        for (Path folder : List.of(ROOT.resolve("server-config"), ROOT.resolve("docker"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile).filter(ScriptsIT::hasCarriageReturns)).isEmpty();
            }
        }
    }

    @Test
    void holdNothingThatShellcheckKnows() throws Exception {
        var command = new ArrayList<>(List.of("shellcheck", "--external-sources"));
        scripts().forEach(script -> command.add(script.toString()));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException notInstalled) {
            System.err.printf("%n*****  shellcheck is not installed: THE SCRIPTS ARE NOT CHECKED.  *****%n%n");
            throw new TestAbortedException("shellcheck is not installed", notInstalled);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> config = Files.walk(ROOT.resolve("server-config")); Stream<Path> docker = Files.walk(ROOT.resolve("docker"))) {
            List<Path> scripts = Stream.concat(Stream.concat(config, docker).filter(file -> file.toString().endsWith(".sh")),
                    Stream.of(ROOT.resolve(".ci/run"))).sorted().toList();
            assertThat(scripts).hasSizeGreaterThan(7);
            return scripts;
        }
    }

    private static boolean hasCarriageReturns(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains("\r");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
