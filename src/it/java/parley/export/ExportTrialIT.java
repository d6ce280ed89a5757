package parley.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import parley.kit.Http;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/**
 * A million messages in less than two minutes, the same bytes twice, rebuilt by another program; and an export whose server is killed.
 * Prints time and bytes. Part of the long trials only: {@code -Dparley.trial=long}.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@EnabledIfSystemProperty(named = "parley.trial", matches = "long")
class ExportTrialIT {

    private static final int MESSAGES = Integer.getInteger("parley.trial.exports", 1_000_000);
    private static final int ROOMS = 20;
    private static final Duration WITHIN = Duration.ofMinutes(2);

    // As the server writes a post: fields in this order, the time to the millisecond, a text of 60 to 160 characters.
    private static final String POSTS = """
            insert into room_event (room, log_offset, type, actor, frame, happened_at, key_hash)
            select ?, r.head + n, 'message.posted', u.id, '{"type":"message.posted","room":"' || ? || '","offset":' || r.head + n
                || ',"at":"' || to_char(timestamp '2020-01-01' + n * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                || '","by":{"id":"' || u.id || '","name":"' || u.id || '"},"text":"Message ' || n || ' '
                || repeat('words and ümläuts ', 3 + n % 6) || '","key":"key-' || n || '"}',
                extract(epoch from timestamp '2020-01-01')::bigint * 1000 + n * 1000::bigint, hashtext(? || n)
            from generate_series(1, ?) n join room r on r.id = ?
            cross join lateral (select 'person-' || n % 50 as id) u""";

    @AutoClose
    private final Exporter admin = new Exporter();
    @TempDir
    private Path folder;

    private static List<String> rooms(int messages) throws SQLException {
        List<String> rooms = new ArrayList<>();
        String owner = "owner-" + UUID.randomUUID();
        for (int i = 0; i < ROOMS; i++) {
            rooms.add(Http.of(owner).createsPrivateRoom());
        }
        try (Connection database = TestServer.databaseConnection()) {
            for (String room : rooms) {
                update(database, POSTS, room, room, room, messages / ROOMS, room);
                update(database, "update room set head = head + ? where id = ?", messages / ROOMS, room);
            }
        }
        return rooms;
    }

    private static void update(Connection database, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }

    @Test
    void aMillionMessagesInTwoMinutesTwiceTheSameBytes() throws Exception {
        List<String> rooms = rooms(MESSAGES);
        String to = Instant.now().minusSeconds(1).toString();
        Map<String, Object> request = Map.of("rooms", rooms, "to", to);
        long start = System.nanoTime();
        JsonNode first = admin.awaits(admin.starts(request), Duration.ofMinutes(30));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("An export of %,d events in %,d s: %,d MB, %,d MB in the database%n", first.get("events").longValue(),
                took.toSeconds(), first.get("bytes").longValue() >> 20, first.get("stored").longValue() >> 20);
        assertThat(first.get("state").stringValue()).as("%s", first).isEqualTo("done");
        assertThat(first.get("events").longValue()).isGreaterThanOrEqualTo(MESSAGES);

        start = System.nanoTime();
        JsonNode second = admin.awaits(admin.starts(request), Duration.ofMinutes(30));
        System.out.printf("The second one took %,d s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds());
        assertThat(second.get("manifest")).isEqualTo(first.get("manifest"));
        start = System.nanoTime();
        Path one = admin.archive(first, folder.resolve("one.zip"));
        System.out.printf("The download took %,d s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds());
        Path other = admin.archive(second, folder.resolve("other.zip"));
        assertThat(Files.mismatch(one, other)).isEqualTo(-1);
        Files.delete(other);
        compares(rooms, Exporter.rebuilt(one, folder, "--hashes"));
        assertThat(took).isLessThan(WITHIN);
    }

    private static void compares(List<String> rooms, JsonNode rebuilt) throws Exception {
        for (String room : rooms) {
            JsonNode messages = rebuilt.at("/rooms/" + room);
            assertThat(messages.get("messages").intValue()).isEqualTo(MESSAGES / ROOMS);
            assertThat(messages.get("sha256").stringValue()).isEqualTo(hash(room));
        }
    }

    // Of what the database has, as the checker hashes what it rebuilt.
    private static String hash(String room) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Connection database = TestServer.databaseConnection(); PreparedStatement statement = database.prepareStatement(
                "select log_offset, actor, cast(frame as jsonb) ->> 'text' from room_event where room = ? and type = 'message.posted' "
                + "order by log_offset")) {
            statement.setString(1, room);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    digest.update((row.getLong(1) + "\t" + row.getString(2) + "\t" + row.getString(3) + "\n")
                            .getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void aKilledServerContinuesAfterTheLastCompleteRoom() throws Exception {
        List<String> rooms = rooms(MESSAGES / 5);
        Map<String, Object> request = Map.of("rooms", rooms, "to", Instant.now().minusSeconds(1).toString());
        String interrupted = admin.starts(request);
        while (admin.reads(interrupted).get("done").intValue() < ROOMS / 4) {
            assertThat(admin.reads(interrupted).get("state").stringValue()).isIn("waiting", "running");
        }
        TestServer.kill();
        TestServer.start();
        JsonNode resumed = admin.awaits(interrupted, Duration.ofMinutes(5));
        assertThat(resumed.get("state").stringValue()).as("%s", resumed).isEqualTo("done");
        JsonNode whole = admin.awaits(admin.starts(request), Duration.ofMinutes(5));
        assertThat(resumed.get("manifest")).isEqualTo(whole.get("manifest"));
        assertThat(Files.mismatch(admin.archive(resumed, folder.resolve("a.zip")), admin.archive(whole, folder.resolve("b.zip"))))
                .isEqualTo(-1);
    }
}
