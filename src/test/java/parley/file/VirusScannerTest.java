package parley.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.protocol.ErrorCode;
import parley.sql.Tables;

/** The virus scan, with a simulated clamd on loopback that finds the word EICAR. */
class VirusScannerTest {

    private static final int LARGEST = 100_000;

    private final ADatabase database = new ADatabase();
    private final AtomicInteger scans = new AtomicInteger();
    private volatile boolean away;
    private volatile Runnable beforeItAnswers = () -> { };
    private ServerSocket clamd;
    private ADatabase.Instance instance;

    @BeforeEach
    void start() throws IOException {
        clamd = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        instance = database.instance(Map.of("parley.files.clamd", "127.0.0.1:" + clamd.getLocalPort()));
    }

    @AfterEach
    void stop() throws IOException {
        clamd.close();
    }

    private void serve() {
        while (!clamd.isClosed()) {
            try (Socket client = clamd.accept()) {
                if (away) {
                    continue;
                }
                scans.incrementAndGet();
                String answer = answer(new DataInputStream(client.getInputStream()));
                beforeItAnswers.run();
                client.getOutputStream().write((answer + "\0").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException gone) {
                // The next client.
            }
        }
    }

    private static String answer(DataInputStream in) throws IOException {
        String command = new String(in.readNBytes("zINSTREAM\0".length()), StandardCharsets.US_ASCII);
        assertThat(command).isEqualTo("zINSTREAM\0");
        StringBuilder file = new StringBuilder();
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            file.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
            if (file.length() > LARGEST) {
                return "INSTREAM size limit exceeded. ERROR";
            }
        }
        return file.indexOf("EICAR") >= 0 ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
    }

    @Test
    void aFileWithSomethingInItIsRefusedAndItsBytesAreGone() {
        Outcome.Refused refused = (Outcome.Refused) instance.upload("alice", "a.txt", text("xEICARx"));
        assertThat(refused.problem().code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refused.problem().message()).isEqualTo("The virus scanner found something in this file.");
        assertThat(database.rows("file_chunk")).isZero();
    }

    @Test
    void aPersonDeletesAnUploadWhileTheScannerFindsSomethingInIt() throws Exception {
        Tables tables = database.tables();
        try (Tables.Running deleting = tables.begin()) {
            beforeItAnswers = () -> deleting.execute("select id from file for update");
            CompletableFuture<Outcome> upload = CompletableFuture.supplyAsync(() -> instance.upload("alice", "a.txt", text("xEICARx")),
                    Thread::startVirtualThread);
            tables.awaitBlocked();
            deleting.execute("delete from file_chunk");
            deleting.execute("delete from file");
            deleting.commit();
            assertThat(upload.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(database.rows("file")).isZero();
    }

    @Test
    void aCleanFileIsReady() {
        assertThat(instance.stored("alice", "a.txt", text("hello")).state()).isEqualTo(StoredFile.State.READY);
        assertThat(scans).hasValue(1);
    }

    @Test
    void whileTheDaemonIsAwayAFileWaits() {
        away = true;
        StoredFile waiting = instance.stored("alice", "a.txt", text("hello"));
        assertThat(waiting.state()).isEqualTo(StoredFile.State.SCANNING);
        assertThat(instance.uploads.unprepared(0, database.now.toEpochMilli() + 1, 10)).containsExactly(waiting.id());

        away = false;
        Outcome looked = instance.preparing.prepare(database.find(waiting.id()).orElseThrow());
        assertThat(((Outcome.Done) looked).file().state()).isEqualTo(StoredFile.State.READY);
    }

    @Test
    void aFileThatTheDaemonRefusesToLookAtWaits() {
        assertThat(instance.stored("alice", "a.txt", new byte[5_000_000]).state()).isEqualTo(StoredFile.State.SCANNING);
        VirusScanner.Verdict verdict = new VirusScanner(ADatabase.settings(Map.of("parley.files.clamd",
                "127.0.0.1:" + clamd.getLocalPort())).scanner().orElseThrow(), ADatabase.TIMER, VirusScanner.PATIENCE)
                .scan(() -> new ByteArrayInputStream(new byte[150_000]));
        assertThat(verdict).isInstanceOf(VirusScanner.Verdict.None.class);
    }

    @Test
    void aDaemonThatStopsReadingKeepsNoThread() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            VirusScanner scanner = new VirusScanner(ADatabase.settings(Map.of("parley.files.clamd", "127.0.0.1:" + deaf.getLocalPort()))
                    .scanner().orElseThrow(), ADatabase.TIMER, Duration.ofMillis(200));
            long start = System.nanoTime();
            VirusScanner.Verdict verdict = scanner.scan(() -> new ByteArrayInputStream(new byte[50_000_000]));
            assertThat(verdict).isInstanceOf(VirusScanner.Verdict.None.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
