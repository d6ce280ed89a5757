package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Reply;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;

/**
 * Several people write in one document on two instances, go offline and come back, and an instance is killed: every copy equals the log,
 * every acknowledged update is in it once, and no version is missing. {@code -Dparley.trial=long} has 20 writers, 20,000 updates and five
 * kills.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class DocumentTrialIT {

    private static final boolean LONG = System.getProperty("parley.trial", "short").equals("long");
    private static final int WRITERS = LONG ? 20 : 6;
    private static final int UPDATES = LONG ? 1_000 : 60;
    private static final int KILLS = LONG ? 5 : 1;
    /** After one in so many updates, a writer goes offline, or comes back on the other instance. */
    private static final int ABSENCE = LONG ? 100 : 20;
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(LONG ? 300 : 60);
    /** Before a command that was refused for now is sent again. */
    private static final long PAUSE_MILLIS = 200;
    private static final Duration BAN_ELSEWHERE = Duration.ofSeconds(5);

    private final Cluster cluster = TestCluster.shared();
    private final String room = UUID.randomUUID().toString();
    private String document;

    /** A person with a copy of the document: the list of its updates. */
    private final class Writer {
        private final UserAt first;
        private final UserAt second;
        private final Random random;
        private final List<String> copy = new ArrayList<>();
        private final Map<String, String> unacknowledged = new LinkedHashMap<>();
        private final Map<String, Long> acknowledged = new LinkedHashMap<>();
        private ChatClient socket;
        private boolean atFirst;
        private int resumes;

        Writer(int number) {
            first = new UserAt(cluster.instance(0), "writer-" + number);
            second = new UserAt(cluster.instance(1), "writer-" + number);
            random = new Random(number);
            atFirst = number % 2 == 0;
        }

        // Tries the instances in turn until one answers.
        void connect() {
            while (socket == null) {
                try {
                    atFirst = !atFirst;
                    socket = (atFirst ? first : second).connects();
                    socket.asks("room.join", Map.of("room", room)).ok();
                    resume();
                } catch (AssertionError | RuntimeException unreachable) {
                    leave();
                }
            }
        }

        private void resume() {
            JsonNode opened;
            do {
                opened = socket.asks("document.open", Map.of("room", room, "document", document, "since", copy.size())).ok();
                assertThat(opened.get("recovered").booleanValue()).isTrue();
                opened.get("updates").forEach(update -> copy.add(update.stringValue()));
                assertThat(opened.get("version").longValue()).isEqualTo(copy.size());
            } while (opened.path("more").booleanValue(false));
            resumes++;
            List.copyOf(unacknowledged.entrySet()).forEach(update -> send(update.getKey(), update.getValue()));
        }

        void leave() {
            if (socket != null) {
                socket.disconnectsAbruptly();
                socket = null;
            }
        }

        void writes() {
            for (int i = 0; i < UPDATES; i++) {
                byte[] content = new byte[8 + random.nextInt(24)];
                random.nextBytes(content);
                String key = "k" + i;
                unacknowledged.put(key, Base64.getEncoder().encodeToString(content));
                if (random.nextInt(ABSENCE) == 0) {
                    leave();
                } else if (socket == null && random.nextInt(4) == 0) {
                    connect();
                } else if (socket != null) {
                    tryToSend(key);
                }
                listen();
            }
            connect();
        }

        private void tryToSend(String key) {
            try {
                send(key, unacknowledged.get(key));
            } catch (AssertionError | RuntimeException broken) {
                leave();
                connect();
            }
        }

        private void send(String key, String update) {
            Reply reply = socket.asks("document.update", Map.of("room", room, "document", document, "key", key, "update", update));
            while (!reply.json().has("ok")) {
                assertThat(reply.error().get("temporary").booleanValue()).as("%s", reply).isTrue();
                pause();
                reply = socket.asks("document.update", Map.of("room", room, "document", document, "key", key, "update", update));
            }
            Long before = acknowledged.put(key, reply.ok().get("version").longValue());
            assertThat(before).as("acknowledged twice").isNull();
            unacknowledged.remove(key);
        }

        private void pause() {
            CompletableFuture.runAsync(() -> { }, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)).join();
        }

        // Adds what has arrived to the copy. A version that is missing or comes twice fails.
        void listen() {
            if (socket == null) {
                return;
            }
            boolean closed = false;
            for (JsonNode event : socket.received()) {
                String type = event.get("type").stringValue();
                if (type.equals("document.updated")) {
                    assertThat(event.get("version").longValue()).as("the next version").isEqualTo(copy.size() + 1);
                    copy.add(event.get("update").stringValue());
                }
                closed |= type.equals("document.closed");
            }
            if (closed) {
                leave();
                connect();
            }
        }

        boolean has(long version) {
            connect();
            listen();
            return copy.size() == version;
        }
    }

    @Test
    void everyCopyEqualsTheLog() throws Exception {
        UserAt alice = new UserAt(cluster.instance(0), "alice");
        alice.posts("/api/rooms", Map.of("id", room, "name", "Room " + room));
        alice.posts("/api/rooms/" + room + "/documents", Map.of("title", "Trial"));
        document = alice.gets("/api/rooms/" + room + "/documents").at("/documents/0/id").stringValue();
        List<Writer> writers = IntStream.range(0, WRITERS).mapToObj(Writer::new).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            writers.forEach(Writer::connect);
            List<CompletableFuture<Void>> writing = writers.stream()
                    .map(writer -> CompletableFuture.runAsync(writer::writes, threads)).toList();
            for (int kill = 0; kill < KILLS; kill++) {
                awaitVersion((kill + 1) * (long) WRITERS * UPDATES / (KILLS + 2));
                Instance killed = cluster.instance(kill % 2);
                killed.kill();
                killed.start();
            }
            writing.forEach(CompletableFuture::join);
            List<String> log = log();
            await().atMost(SETTLES_WITHIN).until(() -> writers.stream().allMatch(writer -> writer.has(log.size())));
            writers.forEach(writer -> {
                assertThat(writer.copy).isEqualTo(log);
                assertThat(writer.acknowledged).hasSize(UPDATES);
            });
            Set<Long> versions = new HashSet<>();
            writers.forEach(writer -> versions.addAll(writer.acknowledged.values()));
            assertThat(versions).as("each acknowledged update has its own version").hasSize(WRITERS * UPDATES).hasSize(log.size());
            System.out.printf("%d writers, %,d updates, %d resumes, %d kills: every copy equals the log%n", WRITERS, log.size(),
                    writers.stream().mapToInt(writer -> writer.resumes).sum(), KILLS);
            aBanClosesTheDocumentOnTheOtherInstance(writers.getFirst());
        } finally {
            writers.forEach(Writer::leave);
        }
        deletingLeavesNothing(alice);
    }

    private void aBanClosesTheDocumentOnTheOtherInstance(Writer banned) {
        // The last kill may have cut its socket.
        banned.leave();
        banned.connect();
        Instance other = banned.atFirst ? cluster.instance(1) : cluster.instance(0);
        int status = new UserAt(other, "alice").puts("/api/rooms/" + room + "/bans", Map.of("user", banned.first.user())).join();
        assertThat(status).isEqualTo(204);
        long since = System.nanoTime();
        banned.socket.receives(Expected.documentClosed(document));
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(BAN_ELSEWHERE);
    }

    private void deletingLeavesNothing(UserAt alice) throws SQLException {
        assertThat(alice.deletes("/api/rooms/" + room + "/documents/" + document).join()).isEqualTo(204);
        for (String table : List.of("document_update", "document_snapshot", "document_snapshot_part", "document_title", "document_text")) {
            assertThat(number("select count(*) from " + table + " where document = ?", document)).as(table).isZero();
        }
        assertThat(number("select count(*) from room_event where room = ? and frame like '%Trial%'", room)).isZero();
    }

    private void awaitVersion(long version) {
        await().atMost(SETTLES_WITHIN).until(() -> number("select version from document where id = ?", document) >= version);
    }

    private long number(String sql, String argument) throws SQLException {
        try (Connection database = cluster.databaseConnection(); PreparedStatement query = database.prepareStatement(sql)) {
            query.setString(1, argument);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private List<String> log() throws SQLException {
        List<String> log = new ArrayList<>();
        try (Connection database = cluster.databaseConnection(); PreparedStatement query = database.prepareStatement(
                "select version, content from document_update where document = ? order by version")) {
            query.setString(1, document);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    log.add(Base64.getEncoder().encodeToString(rows.getBytes(2)));
                    assertThat(rows.getLong(1)).as("a hole").isEqualTo(log.size());
                }
            }
        }
        return log;
    }
}
