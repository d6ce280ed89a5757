package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.imports.ImportFiles;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;

/** The instance that imports is killed, and the other one imports the rest. Takes more than a minute, for which the lease lasts. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@EnabledIfSystemProperty(named = "parley.trial", matches = "long")
class ImportTakeOverIT {

    private static final int MESSAGES = 50_000;
    private static final String IMPORTS = "/api/administration/imports/";

    private final Cluster cluster = TestCluster.shared();

    @Test
    void theOtherInstanceImportsTheRestAndNothingTwice() throws SQLException {
        String team = "t" + UUID.randomUUID().toString().substring(0, 8);
        String file = ImportFiles.mattermost(team, MESSAGES, 5, 20);
        new UserAt(cluster.instance(0), "alice").posts(IMPORTS.substring(0, IMPORTS.length() - 1), Map.of("source", team, "format",
                "mattermost", "file", file, "people", ImportFiles.people(20, team + "-")));
        await().atMost(Duration.ofSeconds(60)).until(() -> job(team, "added"), added -> !added.equals("0"));
        String id = job(team, "id");
        Instance first = cluster.instances().stream().filter(one -> one.name().equals(job(team, "node"))).findFirst().orElseThrow();
        Instance other = cluster.instances().stream().filter(one -> one != first).findFirst().orElseThrow();
        UserAt reader = new UserAt(other, "alice");
        first.kill();
        try {
            await().atMost(Duration.ofMinutes(5)).until(() -> !reader.gets(IMPORTS + id).get("state").stringValue().equals("running"));
        } finally {
            first.start();
        }

        JsonNode ended = reader.gets(IMPORTS + id);
        assertThat(ended.get("state").stringValue()).as("%s", ended).isEqualTo("done");
        assertThat(job(team, "node")).isEqualTo(other.name());
        assertThat(count("select count(*) from room_event where type = 'message.posted' and room in "
                + "(select room from import_room where source = ?)", team)).isEqualTo("" + MESSAGES);
    }

    private String job(String source, String column) {
        return count("select " + column + " from import_job where source = ?", source);
    }

    private String count(String query, String source) {
        try (Connection database = cluster.databaseConnection(); PreparedStatement select = database.prepareStatement(query)) {
            select.setString(1, source);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
