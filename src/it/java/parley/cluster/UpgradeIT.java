package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.checker.Trial;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.LiveHeap;
import parley.server.NextVersion;
import parley.server.TestCluster;

/** Another version with another schema takes the place of this one while people chat, and this one its place again. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class UpgradeIT {

    private static final Path WAR = Path.of(System.getProperty("basedir", ""), "target/parley.war").toAbsolutePath();
    private static final int ACKNOWLEDGEMENTS = 2_000;
    // It takes longer than a statement, a lock or a pause within a transaction may take for commands.
    private static final String MIGRATION = """
            select pg_sleep(11);
            alter table message add column next_version_only varchar(20);
            """;

    private final Cluster cluster = TestCluster.shared();
    private final AtomicInteger comings = new AtomicInteger();

    @Test
    void nothingIsLostForwardAndBack() throws Exception {
        Path next = NextVersion.of(WAR, MIGRATION);
        List<List<String>> threads = threads();
        Trial trial = new Trial(40, 10, this::next, cluster::databaseConnection);
        trial.judgeAfter(ACKNOWLEDGEMENTS, () -> {
            trial.awaitAcknowledgements(ACKNOWLEDGEMENTS / 4);
            cluster.upgrade(next);
            assertThat(versions()).containsOnly(NextVersion.NUMBER);
            long between = trial.acknowledgements();
            trial.awaitAcknowledgements(between + ACKNOWLEDGEMENTS / 4);
            cluster.upgrade(WAR);
            assertThat(versions()).doesNotContain(NextVersion.NUMBER);
        });
        assertThat(threads()).as("each version's threads end with it").isEqualTo(threads);
    }

    // As each instance wrote it into its row.
    private List<String> versions() throws SQLException {
        try (Connection database = cluster.databaseConnection(); Statement sql = database.createStatement();
             ResultSet rows = sql.executeQuery("select version from instance where node like 'parley-%'")) {
            List<String> versions = new ArrayList<>();
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
            return versions;
        }
    }

    private List<List<String>> threads() {
        return cluster.instances().stream().map(instance -> LiveHeap.threads(instance.process()).stream()
                .filter(name -> name.startsWith("parley-")).sorted().toList()).toList();
    }

    private URI next() {
        List<Instance> instances = cluster.instances();
        return instances.get(comings.getAndIncrement() % instances.size()).base();
    }
}
