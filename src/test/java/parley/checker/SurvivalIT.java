package parley.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.checker.Recording.Entry;
import parley.server.TestServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Forty clients in ten rooms post and break off at random while the server is killed and the database goes away. What was
 * acknowledged is there, nobody saw anything twice, and everyone saw the same.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class SurvivalIT {

    private static final int CLIENTS = 40;
    private static final int ROOMS = 10;
    private static final int ACKNOWLEDGEMENTS = 20_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Recording recording = new Recording();
    private final List<String> rooms = IntStream.range(0, ROOMS).mapToObj(n -> UUID.randomUUID().toString()).toList();

    @Test
    void nothingAcknowledgedIsLostWhenTheServerIsKilled() throws Exception {
        judgeAfter(() -> {
            for (int kill = 1; kill <= 3; kill++) {
                awaitAcknowledgements(kill * ACKNOWLEDGEMENTS / 4);
                TestServer.kill();
                TestServer.start();
            }
        });
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheDatabaseIsAway() throws Exception {
        judgeAfter(() -> {
            awaitAcknowledgements(ACKNOWLEDGEMENTS / 2);
            TestServer.stopDatabase();
            Thread.sleep(Duration.ofSeconds(10));
            TestServer.startDatabase();
        });
    }

    private interface Trouble {
        void happens() throws Exception;
    }

    private void judgeAfter(Trouble trouble) throws Exception {
        createRooms();
        List<Participant> participants = IntStream.range(0, CLIENTS).mapToObj(n -> new Participant("user-" + n,
                rooms.get(n % ROOMS), TestServer::base, http, recording, n)).toList();
        List<Thread> threads = participants.stream().map(Thread.ofVirtual()::start).toList();
        try {
            trouble.happens();
            awaitAcknowledgements(ACKNOWLEDGEMENTS);
            participants.forEach(Participant::finish);
            await().atMost(Duration.ofSeconds(60)).until(() -> participants.stream().allMatch(Participant::isSettled));
            await().atMost(Duration.ofSeconds(60)).until(() -> everyoneIsAtTheHead(participants));
        } finally {
            participants.forEach(Participant::end);
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(10));
            }
        }
        readLogs();
        assertThat(recording.judge()).isEmpty();
        assertThat(recording.acknowledgements()).isGreaterThanOrEqualTo(ACKNOWLEDGEMENTS);
        System.out.printf("%,d acknowledged, %d beginnings anew%n", recording.acknowledgements(), recording.beginningsAnew());
    }

    private void awaitAcknowledgements(long count) {
        await().atMost(Duration.ofMinutes(3)).until(() -> recording.acknowledgements() >= count);
    }

    private void createRooms() throws Exception {
        String token = JSON.readTree(post("/dev/token", "{\"user\":\"alice\"}", "")).get("token").stringValue();
        for (String room : rooms) {
            post("/api/rooms", "{\"id\":\"" + room + "\",\"name\":\"Plaza\"}", token);
        }
    }

    private String post(String path, String body, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(TestServer.base() + path))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private boolean everyoneIsAtTheHead(List<Participant> participants) throws SQLException {
        for (Participant one : participants) {
            if (recording.position(one.name(), one.room()) < head(one.room())) {
                return false;
            }
        }
        return true;
    }

    private long head(String room) throws SQLException {
        try (Connection database = TestServer.databaseConnection();
                PreparedStatement head = database.prepareStatement("select head from room where id = ?")) {
            head.setString(1, room);
            try (ResultSet row = head.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void readLogs() throws SQLException {
        try (Connection database = TestServer.databaseConnection();
                PreparedStatement log = database.prepareStatement(
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
