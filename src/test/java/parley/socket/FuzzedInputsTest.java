package parley.socket;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs {@link WireFuzz} on the seed corpus and on inputs that the fuzzer found. */
class FuzzedInputsTest {

    static List<Path> inputs() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(Path.of(FuzzedInputsTest.class.getResource("fuzz").toURI()))) {
            return files.sorted().toList();
        }
    }

    // Loading the classes may take seconds on a busy machine.
    @BeforeAll
    static void loadClasses() throws IOException, URISyntaxException {
        for (Path input : inputs()) {
            WireFuzz.fuzzerTestOneInput(Files.readAllBytes(input));
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    @Timeout(5)
    void passes(Path input) throws IOException {
        WireFuzz.fuzzerTestOneInput(Files.readAllBytes(input));
    }
}
