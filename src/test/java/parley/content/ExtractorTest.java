package parley.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.extract.Documents;
import parley.extract.Kind;
import parley.extract.Outcome;

/** The process that extracts a text: what ends it, and what the server gets from it. */
class ExtractorTest {

    private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());

    private final Extractor extractor = new Extractor(TIMER, Extractor.LONGEST);

    @AfterAll
    static void stop() {
        TIMER.shutdownNow();
    }

    @Test
    void aProcessThatTakesTooLongIsStopped() throws IOException {
        Extractor hasty = new Extractor(TIMER, Duration.ofMillis(5));
        assertThat(hasty.extract(Kind.PDF, file(Documents.pdf("page")))).isEqualTo(nothing(Outcome.TOO_SLOW));
        await().until(() -> ProcessHandle.current().children().findAny().isEmpty());
    }

    @Test
    void aDocumentThatFillsTheMemoryEndsOnlyItsProcess() throws IOException {
        long before = used();
        assertThat(extractor.extract(Kind.PDF, file(Documents.pdfBomb(300L << 20)))).isEqualTo(nothing(Outcome.OUT_OF_MEMORY));
        assertThat(used() - before).isLessThan(64L << 20);
    }

    @Test
    void aProcessThatCrashesLeavesNoFile() throws IOException, InterruptedException {
        CompletableFuture<Extractor.Extraction> crashing = CompletableFuture.supplyAsync(() -> {
            try {
                return extractor.extract(Kind.PDF, file(Documents.pdfBomb(300L << 20)));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        ProcessHandle reader = await().until(ExtractorTest::working, Optional::isPresent).orElseThrow();
        new ProcessBuilder("kill", "-SEGV", "" + reader.pid()).start().waitFor();
        assertThat(crashing.join()).isEqualTo(nothing(Outcome.FAILED));
        assertThat(Path.of(System.getProperty("java.io.tmpdir"), "hs_err_pid" + reader.pid() + ".log")).doesNotExist();
    }

    // A child that is past the start of its JVM.
    private static Optional<ProcessHandle> working() {
        return ProcessHandle.current().children().filter(child -> child.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() > 300)
                .findAny();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "FOUND", "found\ntext", "[0.001s][warning][os] a warning of the JVM\nFOUND\ntext"})
    void anAnswerThatDoesNotBeginWithAnOutcomeIsAFailure(String answer) {
        assertThat(Extractor.extraction(0, answer.getBytes(StandardCharsets.UTF_8))).isEqualTo(nothing(Outcome.FAILED));
    }

    @Test
    void aDocumentThatIsNoneYieldsNothing() throws IOException {
        assertThat(extractor.extract(Kind.OFFICE, file("not an archive".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(nothing(Outcome.MALFORMED));
    }

    @Test
    void aFileThatCannotBeReadStartsNoProcess() {
        InputStream gone = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("It was deleted");
            }
        };
        assertThatThrownBy(() -> extractor.extract(Kind.TEXT, gone)).isInstanceOf(IOException.class).hasMessage("It was deleted");
    }

    @Test
    void theTextComesBackWhole() throws IOException {
        String longest = "病院".repeat(50_000);
        assertThat(extractor.extract(Kind.TEXT, file(longest.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Extractor.Extraction(Outcome.FOUND, longest));
    }

    private static Extractor.Extraction nothing(Outcome outcome) {
        return new Extractor.Extraction(outcome, "");
    }

    private static InputStream file(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static long used() {
        Runtime.getRuntime().gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
