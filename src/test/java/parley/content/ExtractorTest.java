package parley.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
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
