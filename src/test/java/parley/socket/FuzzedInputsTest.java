package parley.socket;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer begins with, and what it has found: {@link WireFuzz} takes all of it. */
class FuzzedInputsTest {

    static List<Path> inputs() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(Path.of(FuzzedInputsTest.class.getResource("fuzz").toURI()))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    @Timeout(5)
    void isRead(Path input) throws IOException {
        WireFuzz.fuzzerTestOneInput(Files.readAllBytes(input));
    }
}
