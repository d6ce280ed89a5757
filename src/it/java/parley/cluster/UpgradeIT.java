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
import parley.checker.Workload;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.Jcmd;
import parley.server.NextVersion;
import parley.server.TestCluster;

/**
 * Rolling upgrade to a version with another schema while clients chat, and back in the long trial. The tests after it meet the next
 * version, which differs in its number and its schema only.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class UpgradeIT {

    private static final Path WAR = Path.of(System.getProperty("basedir", ""), "target/parley.war").toAbsolutePath();
    private static final int ACKNOWLEDGEMENTS = 2_000;
    // Longer than the timeouts of commands for statements, locks and idle transactions.
    private static final String MIGRATION = """
            select pg_sleep(11);
            alter table message add column next_version_only varchar(20);
            """;

    private final Cluster cluster = TestCluster.shared();
    private final AtomicInteger connections = new AtomicInteger();

    @Test
    void losesNothing() throws Exception {
        Path next = NextVersion.of(WAR, MIGRATION);
        List<List<String>> threads = threads();
        Workload workload = new Workload(40, 10, this::next, cluster::databaseConnection);
        workload.run(ACKNOWLEDGEMENTS, () -> {
            workload.awaitAcknowledgements(ACKNOWLEDGEMENTS / 4);
            cluster.upgrade(next);
            assertThat(versions()).containsOnly(NextVersion.NUMBER);
            if (Workload.LONG) {
                workload.awaitAcknowledgements(workload.acknowledgements() + ACKNOWLEDGEMENTS / 4);
                cluster.upgrade(WAR);
                assertThat(versions()).doesNotContain(NextVersion.NUMBER);
            }
        });
        assertThat(threads()).as("an undeployed version leaves no threads").isEqualTo(threads);
    }

    // Each instance stores its version in the table.
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
        return cluster.instances().stream().map(instance -> Jcmd.threadNames(instance.process()).stream()
                .filter(name -> name.startsWith("parley-")).sorted().toList()).toList();
    }

    private URI next() {
        List<Instance> instances = cluster.instances();
        return instances.get(connections.getAndIncrement() % instances.size()).base();
    }
}
