package parley.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.Http;
import parley.kit.Tokens;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/**
 * One of fifty people in a million messages is erased. Prints the time. The server is killed in the middle of another erasure, which
 * goes on. Part of the long trials only: {@code -Dparley.trial=long}.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@EnabledIfSystemProperty(named = "parley.trial", matches = "long")
class ErasureTrialIT {

    private static final String PATH = "/api/administration/erasures";
    private static final int MESSAGES = Integer.getInteger("parley.trial.erasures", 1_000_000);
    private static final int ROOMS = 20;
    private static final int PEOPLE = 50;
    private static final Http ADMINISTRATOR = Http.withToken(Tokens.of("administrator", "Administrator", "parley-admin"));

    // As the server writes a post: fields in this order, the time to the millisecond. Every tenth message names the first person.
    private static final String POSTS = """
            insert into room_event (room, log_offset, type, actor, frame, happened_at, key_hash)
            select ?, r.head + n, 'message.posted', u.id, '{"type":"message.posted","room":"' || ? || '","offset":' || r.head + n
                || ',"at":"' || to_char(timestamp '2020-01-01' + n * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                || '","by":{"id":"' || u.id || '","name":"' || u.name || '"},"text":"Message ' || n || case n % 10 when 0 then ' for ' || ?
                else '' end || ' ' || repeat('words and ümläuts ', 3 + n % 6) || '","key":"key-' || n || '"}',
                extract(epoch from timestamp '2020-01-01')::bigint * 1000 + n * 1000::bigint, hashtext(? || n)
            from generate_series(1, ?) n join room r on r.id = ?
            cross join lateral (select ? || (100 + n % 50) as id, 'Quill-' || ? || (100 + n % 50) as name) u""";

    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    private String person(int number) {
        return "person-" + mark + "-" + (100 + number);
    }

    private String name(int number) {
        return "Quill-" + mark + "-" + (100 + number);
    }

    private List<String> rooms(int messages) throws SQLException {
        String named = name(1);
        List<String> rooms = new ArrayList<>();
        String owner = "owner-" + mark;
        for (int i = 0; i < ROOMS; i++) {
            rooms.add(Http.of(owner).createsPrivateRoom());
        }
        try (Connection database = TestServer.databaseConnection()) {
            for (String room : rooms) {
                update(database, POSTS, room, room, named, room, messages / ROOMS, room, "person-" + mark + "-", mark + "-");
                update(database, "update room set head = head + ? where id = ?", messages / ROOMS, room);
            }
            update(database, "analyze room_event");
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

    private static String starts(String person, String mode) {
        return ADMINISTRATOR.post(PATH, Map.of("user", person, "mode", mode)).json(202).get("id").stringValue();
    }

    private static JsonNode reads(String erasure) {
        return ADMINISTRATOR.get(PATH + "/" + erasure).json(200);
    }

    private static JsonNode awaits(String erasure) {
        await().atMost(Duration.ofMinutes(30)).pollInterval(Duration.ofMillis(200)).until(() ->
                reads(erasure).get("state").stringValue().equals("done"));
        return reads(erasure);
    }

    private static long count(String text) throws SQLException {
        try (Connection database = TestServer.databaseConnection(); PreparedStatement query = database.prepareStatement(
                "select count(*) from room_event where position(? in frame) > 0 or actor = ?")) {
            query.setString(1, text);
            query.setString(2, text);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Test
    void onePersonOfAMillionMessages() throws Exception {
        rooms(MESSAGES);
        List.of(1, 2).forEach(number -> Http.withToken(Tokens.of(person(number), name(number))).get("/api/me").json(200));
        assertThat(count(person(1))).isEqualTo(MESSAGES / PEOPLE);
        long start = System.nanoTime();
        JsonNode done = awaits(starts(person(1), "erase"));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("Erased a person with %,d of %,d messages, named in %,d others, in %.1f s (6 s of them wait for the end of the "
                + "access): removed %s, changed %s%n", done.at("/removed/messages").longValue(), MESSAGES, MESSAGES / 10,
                took.toMillis() / 1000.0, done.get("removed"), done.get("changed"));
        assertThat(count(person(1))).isZero();
        assertThat(count(name(1))).isZero();
        assertThat(count("for " + name(1))).isZero();
        assertThat(done.at("/removed/messages").longValue()).isEqualTo(MESSAGES / PEOPLE);

        start = System.nanoTime();
        JsonNode renamed = awaits(starts(person(2), "pseudonymise"));
        System.out.printf("Pseudonymised another one in %.1f s: changed %s%n", (System.nanoTime() - start) / 1e9, renamed.get("changed"));
        assertThat(count(person(2))).isZero();
        assertThat(count(renamed.get("pseudonym").stringValue())).isGreaterThanOrEqualTo(MESSAGES / PEOPLE);
    }

    @Test
    void aKilledServerGoesOn() throws Exception {
        rooms(MESSAGES / 5);
        Http.withToken(Tokens.of(person(1), name(1))).get("/api/me").json(200);
        String erasure = starts(person(1), "erase");
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20)).until(() ->
                !List.of("access", "look").contains(reads(erasure).path("step").asString("done")));
        TestServer.kill();
        TestServer.start();
        JsonNode done = awaits(erasure);
        assertThat(done.get("state").stringValue()).isEqualTo("done");
        assertThat(count(person(1))).isZero();
        assertThat(count(name(1))).isZero();
    }
}
