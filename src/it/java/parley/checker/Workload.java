package parley.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.checker.History.Entry;
import parley.kit.RoomFold;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that post and reconnect at random while a test injects faults. Afterwards it checks that every acknowledged message is in
 * the log, and that each client received the log without gaps, duplicates or changes of order.
 */
public final class Workload {

    /** The faults that happen while the clients run. */
    public interface Faults {
        void inject() throws Exception;
    }

    /** Opens connections to the database, independent of the servers. */
    public interface Database {
        Connection connect() throws SQLException;
    }

    /**
     * Whether this is the long trial ({@code -Dparley.trial=long}): clients post as fast as they can. In every build they pause, because a
     * server that restarts meanwhile needs the processor.
     */
    public static final boolean LONG = System.getProperty("parley.trial", "short").equals("long");

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MAX_DURATION = Duration.ofMinutes(8);

    private final HttpClient http;
    private final UnaryOperator<String> tokens;
    private final History history = new History();
    private final Supplier<URI> server;
    private final Database database;
    private final List<String> rooms;
    private final List<WorkloadClient> clients;

    /** @param server returns the server for the next connection of a client */
    public Workload(int clients, int rooms, Supplier<URI> server, Database database) {
        this(clients, rooms, server, database, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), null);
    }

    /** The same with this HTTP client, and with tokens of another issuer; null for the development issuer. */
    public Workload(int clients, int rooms, Supplier<URI> server, Database database, HttpClient http, UnaryOperator<String> tokens) {
        this.server = server;
        this.http = http;
        this.tokens = tokens == null ? this::developmentToken : tokens;
        this.database = database;
        this.rooms = Stream.generate(() -> UUID.randomUUID().toString()).limit(rooms).toList();
        this.clients = IntStream.range(0, clients).mapToObj(
                n -> new WorkloadClient("user-" + n, this.rooms.get(n % rooms), server, http, this.tokens, history, n)).toList();
    }

    /** Waits until this many messages are acknowledged, 8 minutes at most. */
    public void awaitAcknowledgements(long count) {
        await().atMost(MAX_DURATION).until(() -> history.acknowledgements() >= count);
    }

    /** The number of acknowledged messages so far. */
    public long acknowledgements() {
        return history.acknowledgements();
    }

    /** How often clients could not resume and reloaded a room. */
    public long reloads() {
        return history.reloads();
    }

    /** When clients reconnected after a graceful shutdown, in order. */
    public List<Instant> reconnects() {
        return history.reconnects();
    }

    /** Runs the clients during the faults and until this many messages are acknowledged, then fails on any violation. */
    public void run(int acknowledgements, Faults faults) throws Exception {
        createRooms();
        List<Thread> threads = clients.stream().map(Thread.ofVirtual()::start).toList();
        try {
            faults.inject();
            awaitAcknowledgements(acknowledgements);
            clients.forEach(WorkloadClient::finish);
            await().atMost(Duration.ofSeconds(60)).until(() -> clients.stream().allMatch(WorkloadClient::isSettled));
            await().atMost(Duration.ofSeconds(60)).until(this::allClientsAreAtTheHead);
        } finally {
            clients.forEach(WorkloadClient::stop);
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(10));
            }
        }
        readLogs();
        assertThat(history.violations()).isEmpty();
        assertThat(history.acknowledgements()).isGreaterThanOrEqualTo(acknowledgements);
        assertTablesAreTheFoldOfTheLog();
        System.out.printf("%,d acknowledged, %d reloads%n", history.acknowledgements(), history.reloads());
    }

    private void createRooms() throws Exception {
        String token = tokens.apply("alice");
        for (String room : rooms) {
            post("/api/rooms", "{\"id\":\"" + room + "\",\"name\":\"Plaza " + room + "\"}", token);
        }
    }

    private String developmentToken(String user) {
        try {
            return JSON.readTree(post("/dev/token", "{\"user\":\"" + user + "\"}", "")).get("token").stringValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String post(String path, String body, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.get() + path)).timeout(TIMEOUT)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private boolean allClientsAreAtTheHead() throws SQLException {
        for (WorkloadClient client : clients) {
            if (history.position(client.name(), client.room()) < head(client.room())) {
                return false;
            }
        }
        return true;
    }

    private long head(String room) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement head = connection.prepareStatement("select head from room where id = ?")) {
            head.setString(1, room);
            try (ResultSet row = head.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    // Messages as history shows them, without those that only a thread shows: the clients post none.
    private void assertTablesAreTheFoldOfTheLog() throws Exception {
        for (String room : rooms) {
            // A reader for each room: one user may not call so often.
            String token = tokens.apply("reader-" + rooms.indexOf(room));
            List<JsonNode> shown = new ArrayList<>();
            JsonNode page;
            do {
                long after = shown.isEmpty() ? 0 : shown.getLast().get("offset").longValue();
                page = JSON.readTree(get("/api/rooms/" + room + "/messages?limit=100&after=" + after, token));
                page.get("messages").forEach(shown::add);
            } while (page.get("more").booleanValue());
            RoomFold fold = new RoomFold(0);
            fold.apply(frames(room));
            assertThat(shown).as("room %s", room).isEqualTo(fold.messages());
        }
    }

    private String get(String path, String token) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(server.get() + path)).timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString()).body();
    }

    private List<JsonNode> frames(String room) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement log = connection.prepareStatement("select frame from room_event where room = ? order by log_offset")) {
            log.setString(1, room);
            List<JsonNode> frames = new ArrayList<>();
            try (ResultSet row = log.executeQuery()) {
                while (row.next()) {
                    frames.add(JSON.readTree(row.getString(1)));
                }
            }
            return frames;
        }
    }

    private void readLogs() throws SQLException {
        for (String room : rooms) {
            history.log(room, frames(room).stream()
                    .map(frame -> new Entry(frame.get("offset").longValue(), WorkloadClient.entryId(frame))).toList());
        }
    }
}
