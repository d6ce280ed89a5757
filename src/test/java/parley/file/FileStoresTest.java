package parley.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link FileStore}, for the database and for a bucket of a simulated S3 server on loopback. */
class FileStoresTest {

    private static final String BUCKET = "files";

    private static ABucketServer server;
    private static BucketStore bucket;

    @BeforeAll
    static void start() throws IOException {
        server = new ABucketServer(BUCKET);
        // Another S3 server with this bucket: -Dparley.test.s3=http://127.0.0.1:9090
        String endpoint = System.getProperty("parley.test.s3", server.address());
        bucket = new BucketStore(ADatabase.settings(Map.of("parley.files.s3.bucket", BUCKET, "parley.files.s3.endpoint", endpoint,
                "parley.files.s3.access-key", "key", "parley.files.s3.secret-key", "secret", "parley.files.s3.path-style", "true",
                "parley.files.s3.checksums", "false")).bucket().orElseThrow());
    }

    @AfterAll
    static void stop() {
        bucket.close();
        server.close();
    }

    static Stream<FileStore> stores() {
        return Stream.of(new DatabaseStore(new ADatabase()), bucket);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void keepsAFileUntilItIsDeleted(FileStore store) throws IOException {
        String id = UUID.randomUUID().toString().substring(0, 22);
        byte[] file = random(700_001);
        store.put(id, file.length, () -> new ByteArrayInputStream(file));
        assertThat(read(store, id, 0, file.length)).isEqualTo(file);
        assertThat(read(store, id, 262_140, 10)).isEqualTo(Arrays.copyOfRange(file, 262_140, 262_150));
        assertThat(read(store, id, 700_000, 1)).hasSize(1);
        store.delete(id);
        assertThatThrownBy(() -> read(store, id, 0, 1)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void replacesAFile(FileStore store) throws IOException {
        String id = UUID.randomUUID().toString().substring(0, 22);
        byte[] file = random(10);
        store.put(id, 600_000, () -> new ByteArrayInputStream(new byte[600_000]));
        store.put(id, file.length, () -> new ByteArrayInputStream(file));
        assertThat(read(store, id, 0, file.length)).isEqualTo(file);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void keepsAnEmptyFile(FileStore store) throws IOException {
        String id = UUID.randomUUID().toString().substring(0, 22);
        store.put(id, 0, InputStream::nullInputStream);
        assertThat(read(store, id, 0, 0)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void deletesWhatIsNotThere(FileStore store) throws IOException {
        store.delete(UUID.randomUUID().toString().substring(0, 22));
        assertThatThrownBy(() -> read(store, UUID.randomUUID().toString().substring(0, 22), 0, 1)).isInstanceOf(IOException.class);
    }

    private static byte[] read(FileStore store, String id, long from, long length) throws IOException {
        try (InputStream bytes = store.open(id, from, length)) {
            return bytes.readAllBytes();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
