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
import parley.checker.Recording.Entry;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that post and break off at random while trouble happens, and the judgement afterwards: what was acknowledged
 * is there, nobody saw anything twice, everyone saw the same, and that is what the log holds.
 */
public final class Trial {

    /** What happens meanwhile. */
    public interface Trouble {
        void happens() throws Exception;
    }

    /** A way into the database, beside the servers. */
    public interface Database {
        Connection connect() throws SQLException;
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(8);

    private final HttpClient http;
    private final UnaryOperator<String> tokens;
    private final Recording recording = new Recording();
    private final Supplier<URI> server;
    private final Database database;
    private final List<String> rooms;
    private final List<Participant> participants;

    /** {@code server} tells a client, each time it connects, where to. */
    public Trial(int clients, int rooms, Supplier<URI> server, Database database) {
        this(clients, rooms, server, database, HttpClient.newHttpClient(), null);
    }

    /** The same by this client, which may know a certificate, and with the tokens that a real issuer gives to users. */
    public Trial(int clients, int rooms, Supplier<URI> server, Database database, HttpClient http, UnaryOperator<String> tokens) {
        this.server = server;
        this.http = http;
        this.tokens = tokens == null ? this::developmentToken : tokens;
        this.database = database;
        this.rooms = Stream.generate(() -> UUID.randomUUID().toString()).limit(rooms).toList();
        participants = IntStream.range(0, clients).mapToObj(
                n -> new Participant("user-" + n, this.rooms.get(n % rooms), server, http, this.tokens, recording, n)).toList();
    }

    /** Waits until so many messages are acknowledged. */
    public void awaitAcknowledgements(long count) {
        await().atMost(LONGEST).until(() -> recording.acknowledgements() >= count);
    }

    /** How many messages are acknowledged by now. */
    public long acknowledgements() {
        return recording.acknowledgements();
    }

    /** How often a client could not resume, and loaded its room again. */
    public long beginningsAnew() {
        return recording.beginningsAnew();
    }

    /** When clients came back that a stopping server had sent away, in order. */
    public List<Instant> comebacks() {
        return recording.comebacks();
    }

    /** Has everyone post while the trouble happens, and until so many messages are acknowledged; then judges. */
    public void judgeAfter(int acknowledgements, Trouble trouble) throws Exception {
        createRooms();
        List<Thread> threads = participants.stream().map(Thread.ofVirtual()::start).toList();
        try {
            trouble.happens();
            awaitAcknowledgements(acknowledgements);
            participants.forEach(Participant::finish);
            await().atMost(Duration.ofSeconds(60)).until(() -> participants.stream().allMatch(Participant::isSettled));
            await().atMost(Duration.ofSeconds(60)).until(this::everyoneIsAtTheHead);
        } finally {
            participants.forEach(Participant::end);
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(10));
            }
        }
        readLogs();
        assertThat(recording.judge()).isEmpty();
        assertThat(recording.acknowledgements()).isGreaterThanOrEqualTo(acknowledgements);
        System.out.printf("%,d acknowledged, %d beginnings anew%n", recording.acknowledgements(), recording.beginningsAnew());
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
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.get() + path)).timeout(PATIENCE)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private boolean everyoneIsAtTheHead() throws SQLException {
        for (Participant one : participants) {
            if (recording.position(one.name(), one.room()) < head(one.room())) {
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

    private void readLogs() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement log = connection.prepareStatement(
                        "select log_offset, frame from room_event where room = ? order by log_offset")) {
            for (String room : rooms) {
                log.setString(1, room);
                List<Entry> entries = new ArrayList<>();
                try (ResultSet row = log.executeQuery()) {
                    while (row.next()) {
                        entries.add(new Entry(row.getLong(1), Participant.what(JSON.readTree(row.getString(2)))));
                    }
                }
                recording.log(room, entries);
            }
        }
    }
}
