package parley.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/**
 * A million messages from Mattermost in less than ten minutes, and a second import that changes no count; a tenth of that while the server
 * is killed. Prints time and disk. Part of the long trials only: {@code -Dparley.trial=long}.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@EnabledIfSystemProperty(named = "parley.trial", matches = "long")
class ImportTrialIT {

    private static final int MESSAGES = Integer.getInteger("parley.trial.imports", 1_000_000);
    private static final int CHANNELS = 50;
    private static final int PEOPLE = 200;
    private static final int KILLS = 3;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Map<String, String> COUNTS = counts();

    private final ImportRequests admin = new ImportRequests();

    private static Map<String, String> counts() {
        Map<String, String> counts = new LinkedHashMap<>();
        for (String table : new String[] {"room_event", "room", "membership", "reaction", "reaction_count", "thread", "thread_person",
                "message_version", "mention", "pin", "import_room"}) {
            counts.put(table, "select count(*) from " + table);
        }
        counts.put("replies", "select coalesce(sum(replies), 0) from thread");
        counts.put("people", "select coalesce(sum(people), 0) from reaction_count");
        counts.put("keys", "select count(distinct key_hash) from room_event");
        return counts;
    }

    private static Map<String, Long> counted() throws SQLException {
        Map<String, Long> counted = new LinkedHashMap<>();
        for (Map.Entry<String, String> count : COUNTS.entrySet()) {
            counted.put(count.getKey(), number(count.getValue()));
        }
        return counted;
    }

    private static long number(String query) throws SQLException {
        try (Connection database = TestServer.databaseConnection(); ResultSet row = database.createStatement().executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aMillionMessagesInTenMinutesAndNoneOfThemTwice() throws SQLException, IOException {
        String team = "t" + UUID.randomUUID().toString().substring(0, 8);
        String file = ImportFiles.mattermost(team, MESSAGES, CHANNELS, PEOPLE);
        String people = ImportFiles.people(PEOPLE, team + "-");
        long posts = number("select count(*) from room_event where type = 'message.posted'");
        long bytes = number("select pg_database_size(current_database())");

        long start = System.nanoTime();
        JsonNode first = admin.awaits(admin.starts(team, "mattermost", file, people, Map.of()), Duration.ofMinutes(30));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Map<String, Long> after = counted();
        System.out.printf("%,d messages of a file of %,d MB in %,d s (%,d a second); the database grew by %,d MB%n", MESSAGES,
                Files.size(TestServer.imports().resolve(file)) >> 20, took.toSeconds(), MESSAGES * 1_000L / took.toMillis(),
                (number("select pg_database_size(current_database())") - bytes) >> 20);
        assertThat(first.get("added").longValue()).as("%s", first).isEqualTo(MESSAGES);
        assertThat(number("select count(*) from room_event where type = 'message.posted'") - posts).isEqualTo(MESSAGES);

        start = System.nanoTime();
        JsonNode second = admin.awaits(admin.starts(team, "mattermost", file, people, Map.of()), Duration.ofMinutes(30));
        System.out.printf("The second import took %,d s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds());
        assertThat(second.get("state").stringValue()).isEqualTo("done");
        assertThat(counted()).isEqualTo(after);
        assertThat(took).isLessThan(WITHIN);
    }

    @Test
    void killsLoseAndDoubleNothing() throws SQLException {
        String team = "k" + UUID.randomUUID().toString().substring(0, 8);
        int messages = MESSAGES / 10;
        String file = ImportFiles.mattermost(team, messages, CHANNELS / 10, PEOPLE);
        long posts = number("select count(*) from room_event where type = 'message.posted'");
        String id = admin.starts(team, "mattermost", file, ImportFiles.people(PEOPLE, team + "-"), Map.of());
        for (int kill = 1; kill <= KILLS; kill++) {
            long goal = (long) messages * kill / (KILLS + 1);
            while (number("select count(*) from room_event where type = 'message.posted'") - posts < goal) {
                assertThat(admin.reads(id).get("state").stringValue()).isIn("waiting", "running");
            }
            TestServer.kill();
            TestServer.start();
        }
        assertThat(admin.awaits(id, Duration.ofMinutes(10)).get("state").stringValue()).isEqualTo("done");
        assertThat(number("select count(*) from room_event where type = 'message.posted'") - posts).isEqualTo(messages);
        assertThat(number("select count(*) from (select key_hash from room_event where key_hash is not null group by key_hash "
                + "having count(*) > 1) twice")).isZero();
    }
}
