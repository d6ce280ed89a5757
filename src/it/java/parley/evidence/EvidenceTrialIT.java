package parley.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import parley.kit.Http;
import parley.kit.Tokens;
import parley.server.TestServer;
import parley.verify.Verify;

/**
 * The verifier checks a million events in less than a minute, as a process of its own, and names one changed byte among them. Prints the
 * times. Part of the long trials only: {@code -Dparley.trial=long}.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@EnabledIfSystemProperty(named = "parley.trial", matches = "long")
class EvidenceTrialIT {

    private static final int EVENTS = Integer.getInteger("parley.trial.evidence", 1_000_000);
    private static final int ROOMS = 20;
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final String PATH = "/api/administration/evidence";

    // As the server writes a post: fields in this order, the time to the millisecond, a text of 60 to 160 characters.
    private static final String POSTS = """
            insert into room_event (room, log_offset, type, actor, frame, happened_at, key_hash)
            select r.id, r.head + n, 'message.posted', u.id, '{"type":"message.posted","room":"' || r.id || '","offset":' || r.head + n
                || ',"at":"' || to_char(timestamp '2020-01-01' + n * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                || '","by":{"id":"' || u.id || '","name":"' || u.id || '"},"text":"Message ' || n || ' '
                || repeat('words and ümläuts ', 3 + n % 6) || '","key":"key-' || n || '"}',
                extract(epoch from timestamp '2020-01-01')::bigint * 1000 + n * 1000::bigint, hashtext(r.id || n)
            from generate_series(1, ?) n join room r on r.id = ?
            cross join lateral (select 'person-' || n % 50 as id) u""";

    private final Http administrator = Http.withToken(Tokens.of("administrator", "Administrator", "parley-admin"));
    @TempDir
    private Path folder;

    private static void update(Connection database, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }

    private List<String> rooms() throws SQLException {
        List<String> rooms = new ArrayList<>();
        Http owner = Http.of("alice");
        try (Connection database = TestServer.databaseConnection()) {
            for (int i = 0; i < ROOMS; i++) {
                rooms.add(owner.createsPrivateRoom());
                update(database, POSTS, EVENTS / ROOMS, rooms.getLast());
                update(database, "update room set head = head + ? where id = ?", EVENTS / ROOMS, rooms.getLast());
            }
        }
        return rooms;
    }

    private void seal() {
        await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofSeconds(1)).until(() ->
                administrator.get(PATH).json(200).get("eventsBehind").longValue() == 0);
        administrator.post(PATH + "/roots", Map.of()).json(201);
    }

    private String verify(List<String> rooms) throws IOException, InterruptedException {
        String classPath = String.join(":", Path.of(System.getProperty("basedir", ""), "target/parley-verify.jar").toString(),
                Path.of(org.postgresql.Driver.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString());
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp", classPath,
                Verify.class.getName(), "--database", "jdbc:postgresql://localhost:" + TestServer.databasePort() + "/postgres",
                "--user", "postgres"));
        rooms.forEach(room -> command.addAll(List.of("--room", room)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("PARLEY_PASSWORD", "postgres");
        Process verifier = builder.start();
        assertThat(verifier.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output);
    }

    @Test
    void aMillionEventsInAMinute() throws Exception {
        List<String> rooms = rooms();
        long start = System.nanoTime();
        seal();
        System.out.printf("Sealed %,d events in %,d s%n", EVENTS, Duration.ofNanos(System.nanoTime() - start).toSeconds());
        start = System.nanoTime();
        String clean = verify(rooms);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("The verifier took %,d ms and printed:%n%s", took.toMillis(), clean);
        assertThat(clean).contains("Everything fits");
        try (Connection database = TestServer.databaseConnection()) {
            update(database, "update room_event set frame = replace(frame, 'Message 777 ', 'Message 778 ') where room = ? and "
                    + "log_offset = (select log_offset from room_event where room = ? and frame like '%Message 777 %')", rooms.get(7),
                    rooms.get(7));
        }
        String changed = verify(rooms);
        System.out.printf("After one changed byte it printed:%n%s", changed);
        assertThat(changed).containsPattern("room " + rooms.get(7) + ", offset \\d+: was changed: byte \\d+ of the frame was 0x37 \\(7\\) "
                + "and is 0x38 \\(8\\)").contains("1 finding");
        assertThat(took).isLessThan(WITHIN);
    }
}
