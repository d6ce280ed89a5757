package parley.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.protocol.ErrorCode;
import parley.settings.FileSettings;
import parley.sql.Rows;
import parley.sql.Statements;
import parley.sql.Tables;

/** Uploads, against the tables in memory: what is refused, and how an upload goes on. */
class UploadsTest {

    private final ADatabase database = new ADatabase();
    private final ADatabase.Instance one = database.instance();
    private final ADatabase.Instance other = database.instance();

    @Test
    void refusesAFileOfOneByteTooMany() {
        ADatabase.Instance small = database.instance(Map.of("parley.files.bytes", "1000"));
        assertThat(code(small.upload("alice", "a", new byte[1_001]))).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(small.stored("alice", "a", new byte[1_000]).size()).isEqualTo(1_000);
    }

    @Test
    void refusesABodyThatIsLongerThanItSaidAndKeepsNothingOfIt() throws IOException {
        StoredFile upload = begun(one, Uploads.UNKNOWN);
        ADatabase.Instance small = database.instance(Map.of("parley.files.bytes", "300000"));
        StoredFile unknown = begun(small, Uploads.UNKNOWN);
        Outcome outcome = small.receiving.receive(unknown, 0, new ByteArrayInputStream(new byte[300_001]), true);
        assertThat(code(outcome)).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(database.find(unknown.id())).isEmpty();
        assertThat(database.rows("file_chunk")).isZero();
        assertThat(database.find(upload.id())).isPresent();
    }

    @Test
    void aPersonHasAQuota() {
        ADatabase.Instance small = database.instance(Map.of("parley.files.user-bytes", "1000"));
        StoredFile first = small.stored("alice", "a", new byte[600]);
        Outcome.Refused refused = (Outcome.Refused) small.upload("alice", "b", new byte[401]);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(small.stored("bob", "b", new byte[401]).size()).isEqualTo(401);
        assertThat(small.stored("alice", "c", new byte[400]).size()).isEqualTo(400);
        assertThat(small.uploads.terminate("general", "alice", first.id())).isTrue();
        assertThat(small.uploads.usedBy("alice")).isEqualTo(400);
    }

    @Test
    void twoUploadsAtOnceDontExceedTheQuota() {
        FileSettings small = ADatabase.settings(Map.of("parley.files.user-bytes", "1000"));
        database.tables().runInTurns(first -> assertThat(begun(first, small)).isInstanceOf(Outcome.Done.class),
                second -> assertThat(code(begun(second, small))).isEqualTo(ErrorCode.TOO_LARGE));
        assertThat(one.uploads.usedBy("alice")).isEqualTo(600);
    }

    private static Outcome begun(Tables.Running running, FileSettings settings) {
        return new Uploads(new OwnTransaction() {
            @Override
            public <R> R run(Rows.Work<R> work) {
                try {
                    return work.with(running.connection());
                } catch (SQLException refused) {
                    throw new PersistenceException(refused);
                }
            }
        }, settings, Clock.systemUTC()).begin("general", "alice", "a", 600);
    }

    @Test
    void theInstallationHasAQuota() {
        ADatabase.Instance small = database.instance(Map.of("parley.files.total-bytes", "1000"));
        small.stored("alice", "a", new byte[600]);
        Outcome.Refused refused = (Outcome.Refused) small.upload("bob", "b", new byte[401]);
        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.problem().code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void nobodyElseGoesOnWithAnUploadOrEndsIt() {
        StoredFile upload = begun(one, 10);
        assertThat(one.uploads.ownOf("general", "bob", upload.id())).isEmpty();
        assertThat(one.uploads.ownOf("plans", "alice", upload.id())).isEmpty();
        assertThat(one.uploads.terminate("general", "bob", upload.id())).isFalse();
        assertThat(one.uploads.terminate("general", "alice", upload.id())).isTrue();
        assertThat(code(one.uploads.append(upload.id(), 0, new byte[1]))).isEqualTo(ErrorCode.GONE);
    }

    @Test
    void goesOnOnAnotherInstanceAfterACut() throws IOException {
        byte[] file = random(1_000_000);
        StoredFile upload = begun(one, file.length);
        InputStream cut = new SequenceInputStream(new ByteArrayInputStream(file, 0, 700_001), new Cut());
        assertThatThrownBy(() -> one.receiving.receive(upload, 0, cut, false)).isInstanceOf(IOException.class);

        StoredFile there = other.uploads.ownOf("general", "alice", upload.id()).orElseThrow();
        assertThat(there.received()).isEqualTo(700_001);
        assertThat(code(other.uploads.append(upload.id(), 700_000, new byte[1]))).isEqualTo(ErrorCode.CONFLICT);
        InputStream rest = new ByteArrayInputStream(file, 700_001, file.length - 700_001);
        Outcome outcome = other.receiving.receive(there, 700_001, rest, false);
        StoredFile ready = ((Outcome.Done) outcome).file();
        assertThat(ready.state()).isEqualTo(StoredFile.State.READY);
        assertThat(one.bytes(ready)).isEqualTo(file);
    }

    @Test
    void aPartWithoutBytesMustBeAtTheRightPlaceToo() throws IOException {
        StoredFile upload = begun(one, 10);
        assertThat(code(one.receiving.receive(upload, 5, InputStream.nullInputStream(), false))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(one.receiving.receive(upload, 0, InputStream.nullInputStream(), false)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void ofTwoThatGoOnAtTheSamePlaceOneWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            StoredFile upload = begun(one, 2_000);
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                Callable<Outcome> mine = () -> one.uploads.append(upload.id(), 0, new byte[1_000]);
                Callable<Outcome> theirs = () -> other.uploads.append(upload.id(), 0, new byte[1_000]);
                long won = threads.invokeAll(List.of(mine, theirs)).stream()
                        .filter(outcome -> outcome.resultNow() instanceof Outcome.Done).count();
                assertThat(won).isEqualTo(1);
            }
            assertThat(database.find(upload.id()).orElseThrow().received()).isEqualTo(1_000);
        }
    }

    @Test
    void aRangeCrossesChunks() throws IOException {
        byte[] file = random(Chunks.LARGEST * 2 + 17);
        StoredFile stored = one.stored("alice", "a.bin", file);
        try (InputStream range = one.stores.open(stored, Chunks.LARGEST - 5, 10)) {
            assertThat(range.readAllBytes()).isEqualTo(Arrays.copyOfRange(file, Chunks.LARGEST - 5, Chunks.LARGEST + 5));
        }
    }

    @Test
    void whatNobodySendsIsDeletedAfterADay() {
        StoredFile unfinished = begun(one, 10);
        StoredFile unsent = one.stored("alice", "a", new byte[5]);
        StoredFile sent = one.stored("alice", "b", new byte[5]);
        database.run(connection -> Statements.update(connection, "update file set message_offset = 7 where id = ?", sent.id()));
        long day = Duration.ofDays(1).toMillis();
        assertThat(one.uploads.expire(database.now.toEpochMilli(), 100)).isZero();
        assertThat(one.uploads.expire(database.now.toEpochMilli() + day, 100)).isEqualTo(2);
        assertThat(database.find(unfinished.id())).isEmpty();
        assertThat(database.find(unsent.id())).isEmpty();
        assertThat(one.bytes(database.find(sent.id()).orElseThrow())).hasSize(5);
        assertThat(database.rows("file_chunk")).isEqualTo(1);
    }

    @Test
    void theFilesOfAClosedRoomAreDeletedInParts() {
        List<String> sent = Stream.of("a", "b", "c").map(name -> one.stored("alice", name, new byte[5]).id()).toList();
        database.run(connection -> Statements.update(connection, "update file set message_offset = 7"));
        assertThat(one.uploads.deleteOfClosedRooms(2, (room, messages) -> { })).as("the room is open").isZero();
        database.run(connection -> Statements.update(connection, "insert into room (id) values ('general')"));
        one.uploads.noticeClosedRooms();
        assertThat(one.uploads.deleteOfClosedRooms(2, (room, messages) -> { })).as("the room is still open").isZero();
        database.run(connection -> Statements.update(connection, "update room set closed_at = 1 where id = 'general'"));
        one.uploads.noticeClosedRooms();
        other.uploads.noticeClosedRooms();
        assertThat(one.uploads.deleteOfClosedRooms(2, (room, messages) -> { })).isEqualTo(2);
        assertThat(other.uploads.deleteOfClosedRooms(2, (room, messages) -> { })).isEqualTo(1);
        assertThat(sent).allSatisfy(id -> assertThat(database.find(id)).isEmpty());
        assertThat(database.rows("file_chunk") + database.rows("file_closed_room")).isZero();
    }

    @Test
    void retentionDeletesAFileWhileThoseOfItsClosedRoomAreDeleted() throws Exception {
        StoredFile file = one.stored("alice", "a", new byte[5]);
        database.run(connection -> Statements.update(connection, "update file set message_offset = 7"));
        Tables tables = database.tables();
        try (Tables.Running sweep = tables.begin()) {
            sweep.execute("select id from file order by id for update");
            CompletableFuture<Void> retention = tables.runBeside(other -> {
                try {
                    FileDeletion.delete(other.connection(), "room = ? and message_offset <= ?", "general", 7L);
                } catch (SQLException refused) {
                    throw new PersistenceException(refused);
                }
            });
            tables.awaitBlocked();
            sweep.execute("delete from file_chunk where file = '" + file.id() + "'");
            sweep.execute("delete from file");
            sweep.commit();
            retention.get(10, TimeUnit.SECONDS);
        }
        assertThat(database.rows("file_chunk") + database.rows("file")).isZero();
    }

    @Test
    void anUploadBeginsWhileAnotherReadsTheSizeOfAllFiles() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        Uploads uploads = new Uploads(new OwnTransaction() {
            @Override
            public <R> R run(Rows.Work<R> work) {
                return database.run(connection -> work.with(paused(connection, slow, reads, goesOn)));
            }
        }, ADatabase.settings(Map.of("parley.files.total-bytes", "1000")), ((InstantSource) () -> database.now).withZone(ZoneOffset.UTC));
        assertThat(uploads.begin("general", "alice", "a", 100)).isInstanceOf(Outcome.Done.class);
        database.now = database.now.plusSeconds(2);
        slow.set(true);
        CompletableFuture<Outcome> waiting = begun(uploads, "alice", 200);
        assertThat(reads.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(begun(uploads, "bob", 300).get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
        goesOn.countDown();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
        assertThat(((Outcome.Refused) uploads.begin("general", "bob", "d", 401)).status()).as("100, 200 and 300 are taken").isEqualTo(507);
    }

    private static CompletableFuture<Outcome> begun(Uploads uploads, String owner, long length) {
        return CompletableFuture.supplyAsync(() -> uploads.begin("general", owner, "a", length), Thread::startVirtualThread);
    }

    // A connection that waits where the size of all files is read, once.
    private static Connection paused(Connection connection, AtomicBoolean slow, CountDownLatch reads, CountDownLatch goesOn) {
        return (Connection) Proxy.newProxyInstance(UploadsTest.class.getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    boolean sum = arguments != null && String.valueOf(arguments[0]).endsWith("sum(size), 0) from file");
                    if (sum && slow.compareAndSet(true, false)) {
                        reads.countDown();
                        assertThat(goesOn.await(20, TimeUnit.SECONDS)).isTrue();
                    }
                    return method.invoke(connection, arguments);
                });
    }

    @Test
    void theSameBytesOfTwoPeopleAreTwoFiles() {
        StoredFile first = one.stored("alice", "a", new byte[50]);
        StoredFile second = one.stored("bob", "a", new byte[50]);
        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(one.uploads.terminate("general", "alice", first.id())).isTrue();
        assertThat(one.bytes(second)).hasSize(50);
        assertThat(one.uploads.usedBy("bob")).isEqualTo(50);
    }

    @Test
    void cutsOffAClientThatSendsTooSlowlyForTooLong() throws IOException {
        Receiving.checkPace(Duration.ofSeconds(29).toNanos(), 1);
        Receiving.checkPace(Duration.ofSeconds(60).toNanos(), 60 * 2_048);
        assertThatThrownBy(() -> Receiving.checkPace(Duration.ofSeconds(60).toNanos(), 60 * 2_048 - 1)).isInstanceOf(IOException.class);
    }

    private StoredFile begun(ADatabase.Instance instance, long length) {
        return ((Outcome.Done) instance.uploads.begin("general", "alice", "a.bin", length)).file();
    }

    private static ErrorCode code(Outcome outcome) {
        return ((Outcome.Refused) outcome).problem().code();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static final class Cut extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("cut");
        }
    }
}
