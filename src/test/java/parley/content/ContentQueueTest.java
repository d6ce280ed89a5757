package parley.content;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.protocol.AttachedFile;
import parley.protocol.Message;
import parley.protocol.User;
import parley.settings.Given;
import parley.settings.Settings;
import parley.sql.Statements;

/** Which files wait for their text, who extracts it, and what the tables hold. */
class ContentQueueTest {

    private static final Path MIGRATIONS = Path.of(System.getProperty("basedir", ""), "src/main/resources/db/migration");
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final long LARGEST = 1_000;

    private Connection connection;
    private EntityManager em;
    private ContentQueue queue;
    private FileContents contents;

    @BeforeEach
    void open() throws SQLException, IOException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        em = (EntityManager) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> connection);
        queue = new ContentQueue(em);
        contents = new FileContents(em, Settings.of(new Given(Map.of())));
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table lease (task varchar(50), node varchar(255), ends_at bigint)");
            statement.execute(Files.readString(MIGRATIONS.resolve("V35__files.sql")));
            statement.execute(Files.readString(MIGRATIONS.resolve("V42__file_texts.sql")));
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void onlyAFileOfTheRoomGetsAJobAndOnlyOne() {
        file("a", "text/plain", 5, 7L, "READY");
        ContentQueue.add("a", "rebuild:room", NOW, em);
        ContentQueue.add("gone", "room", NOW, em);
        assertThat(queue.waiting(10)).isZero();
        ContentQueue.add("a", "room", NOW, em);
        ContentQueue.add("a", "room", NOW, em);
        assertThat(queue.waiting(10)).isEqualTo(1);
        queue.done(queue.lease(NOW).orElseThrow(), "text");
        ContentQueue.add("a", "room", NOW, em);
        assertThat(queue.waiting(10)).isZero();
    }

    @Test
    void aJobIsLeasedOnceAndAgainAfterTwiceTheTime() {
        add("a");
        assertThat(queue.lease(NOW.minusMillis(1))).isEmpty();
        assertThat(queue.lease(NOW)).contains(new ContentQueue.Job("a", 1));
        Instant second = NOW.plus(ContentQueue.LEASE);
        assertThat(queue.lease(second.minusMillis(1))).isEmpty();
        assertThat(queue.lease(second)).contains(new ContentQueue.Job("a", 2));
        Instant third = second.plus(ContentQueue.LEASE.multipliedBy(2));
        assertThat(queue.lease(third.minusMillis(1))).isEmpty();
        assertThat(queue.lease(third)).contains(new ContentQueue.Job("a", 3));
        Instant later = NOW;
        for (int i = 4; i < 20; i++) {
            later = later.plus(Duration.ofHours(2));
            assertThat(queue.lease(later)).contains(new ContentQueue.Job("a", i));
        }
    }

    @Test
    void anInstanceThatLostItsLeaseStoresNothing() {
        add("a");
        ContentQueue.Job paused = queue.lease(NOW).orElseThrow();
        ContentQueue.Job taken = queue.lease(NOW.plus(ContentQueue.LEASE)).orElseThrow();
        assertThat(queue.done(paused, "paused")).isFalse();
        assertThat(texts("a")).isEmpty();
        assertThat(queue.done(taken, "taken")).isTrue();
        assertThat(texts("a")).containsExactly(Map.entry("a", "taken"));
        assertThat(queue.done(paused, "")).isFalse();
    }

    @Test
    void aFileThatWasDeletedMeanwhileGetsNoText() {
        add("a");
        ContentQueue.Job job = queue.lease(NOW).orElseThrow();
        update("delete from file where id = 'a'");
        assertThat(queue.done(job, "text")).isFalse();
        assertThat(rows()).isZero();
    }

    @Test
    void theDatabaseDeletesATextWithItsFile() {
        add("a");
        add("b");
        queue.done(queue.lease(NOW).orElseThrow(), "text");
        update("delete from file where id = 'a'");
        update("delete from file where id = 'b'");
        assertThat(rows()).isZero();
    }

    @Test
    void eachTextHasTheNextPositionAndAFileWithoutTextHasNone() {
        Stream.of("a", "b", "c").forEach(this::add);
        assertThat(contents.head()).isZero();
        ContentQueue.Job a = queue.lease(NOW).orElseThrow();
        ContentQueue.Job b = queue.lease(NOW).orElseThrow();
        ContentQueue.Job c = queue.lease(NOW).orElseThrow();
        queue.done(c, "of " + c.file());
        queue.done(b, "");
        queue.done(a, "of " + a.file());
        assertThat(contents.head()).isEqualTo(2);
        assertThat(contents.after(0, 10)).extracting(FileContents.Stored::position).containsExactly(1L, 2L);
        assertThat(contents.after(0, 1)).containsExactly(new FileContents.Stored(1, "room", 7));
        assertThat(contents.after(2, 10)).isEmpty();
        assertThat(texts("c", "b", "a", "unknown").keySet()).containsExactly(c.file(), a.file());
        assertThat(queue.lease(NOW.plus(Duration.ofDays(9)))).isEmpty();
    }

    @Test
    void theLongestTextFits() {
        add("a");
        String longest = "病".repeat(100_000);
        queue.done(queue.lease(NOW).orElseThrow(), longest);
        assertThat(texts("a")).containsEntry("a", longest);
    }

    @Test
    void filesWithoutAJobAreFound() {
        file("unsent", "text/plain", 5, null, "READY");
        file("unready", "text/plain", 5, 7L, "SCANNING");
        file("large", "text/plain", LARGEST + 1, 7L, "READY");
        file("picture", "image/png", 5, 7L, "READY");
        assertThat(addMissing(10)).isZero();
        file("text", "text/plain", LARGEST, 7L, "READY");
        file("pdf", "application/pdf", 5, 7L, "READY");
        file("word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 5, 7L, "READY");
        assertThat(addMissing(2)).isEqualTo(2);
        assertThat(addMissing(2)).isEqualTo(1);
        assertThat(addMissing(2)).isZero();
        assertThat(queue.waiting(2)).isEqualTo(2);
    }

    @Test
    void whileTheSettingIsOffTextsAreDeletedInParts() {
        Stream.of("a", "b", "c").forEach(this::add);
        queue.done(queue.lease(NOW).orElseThrow(), "text");
        assertThat(queue.deleteSome(2)).isEqualTo(2);
        assertThat(queue.deleteSome(2)).isEqualTo(1);
        assertThat(rows()).isZero();
    }

    private int addMissing(int most) {
        List<ContentQueue.Missing> missing = queue.missing(LARGEST, most);
        missing.forEach(file -> queue.add(file, NOW));
        return missing.size();
    }

    private void add(String id) {
        file(id, "text/plain", 5, 7L, "READY");
        ContentQueue.add(id, "room", NOW, em);
    }

    private Map<String, String> texts(String... files) {
        return contents.of(new Message(7, new User("bob", "bob"), NOW, "", "k", 0, false, List.of(), false, Optional.empty(), false, false,
                List.of(), Optional.empty(), Stream.of(files).map(id -> new AttachedFile(id, id, "text/plain", 5, 0, 0, false)).toList()));
    }

    private long rows() {
        return Statements.query(em, row -> row.getLong(1), "select count(*) from file_text").getFirst();
    }

    private void file(String id, String type, long size, Long message, String state) {
        Statements.update(em, """
                insert into file (id, room, owner, name, type, size, received, state, width, height, thumbnail, in_bucket, message_offset,
                tries, created_at, changed_at) values (?, 'room', 'bob', 'a', ?, ?, ?, ?, 0, 0, false, false, ?, 1, 0, 0)""",
                id, type, size, size, state, message);
    }

    private void update(String sql) {
        Statements.update(em, sql);
    }
}
