package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
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
    private static final String LOADER = "org.glassfish.web.loader.WebappClassLoader";
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
        List<Long> loaders = loaders();
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
        // Two deployments an instance. The server's caches may keep one of the two for a while.
        long before = Collections.max(loaders);
        assertThat(loaders()).as("class loaders of each instance, before: %s", loaders).allMatch(now -> now <= before + 1);
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

    private List<Long> loaders() {
        return cluster.instances().stream().map(Instance::process).map(process -> LiveHeap.instances(process, LOADER)).toList();
    }

    private URI next() {
        List<Instance> instances = cluster.instances();
        return instances.get(comings.getAndIncrement() % instances.size()).base();
    }
}
