package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import parley.server.Cluster;
import parley.server.ConfiguredInstance;
import parley.server.Instance;
import parley.server.Sockets;
import parley.server.TestCluster;
import parley.server.TestServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each process listens on exactly the sockets in the table "What listens" of {@code server-config/README.md}. Runs before the tests
 * that kill servers and cut links.
 */
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@EnabledOnOs(value = OS.LINUX, disabledReason = "it reads /proc")
class WhatListensIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LAST = Integer.MAX_VALUE;
    private static final Path TABLE = Path.of(System.getProperty("basedir", ""), "server-config/README.md");

    /** A row of the table. */
    private record Row(String process, String purpose, String address, String port) {}

    @BeforeAll
    static void startTheClusterMeanwhile() {
        TestCluster.startInBackground();
    }

    @Test
    void embeddedRunListensAsDocumented() throws Exception {
        assertListens("`mvn -Prun`", TestServer.process(), TestServer.listeningPorts());
        assertListens("PostgreSQL of `mvn -Prun`", TestServer.databaseProcess(), Map.of("SQL", TestServer.databasePort()));
    }

    @Test
    void standaloneInstanceListensAsDocumented() throws Exception {
        try (ConfiguredInstance instance = ConfiguredInstance.start()) {
            assertListens("an instance by itself", instance.process(), instance.ports());
            assertThat(instance.canOpenJmsConnection()).isFalse();
            assertListens("an instance by itself", instance.process(), instance.ports());
            assertJsonLog(instance);
            assertScriptsChangeOnlyParley(instance);
        }
    }

    private static void assertJsonLog(ConfiguredInstance instance) throws IOException {
        // What comes before is of a start that was not configured yet.
        List<String> lines = Files.readAllLines(instance.log()).stream().dropWhile(line -> !line.contains(" starts as instance ")).toList();
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(JSON.readTree(line).isObject()).as(line).isTrue());
        assertThat(instance.settings()).anyMatch(line -> line.matches(".*GFFileHandler\\.maxHistoryFiles\\s*<20>"));
    }

    // Here because this test has a configured instance.
    private static void assertScriptsChangeOnlyParley(ConfiguredInstance instance) {
        assertThat(instance.shared()).as("shared with other applications").containsAll(instance.before());
        assertThat(instance.shared()).filteredOn(line -> !instance.before().contains(line))
                .allMatch(line -> line.matches("(resources\\.jdbc-.*\\.(jdbc/)?parley(-applications)?\\.|"
                        + "servers\\.server\\.server\\.resource-ref\\.jdbc/parley(-applications)?\\.).*"));
        assertThat(instance.settings()).contains(instance.heap()).doesNotContain("-Xmx2g", "-Xms2g");
        for (String run : List.of("first run", "second run")) {
            instance.uninstall();
            assertThat(instance.settings()).as("uninstalled, " + run).containsExactlyInAnyOrderElementsOf(instance.before());
        }
    }

    @Test
    @Order(LAST)
    void deploymentGroupListensAsDocumented() throws Exception {
        Cluster cluster = TestCluster.shared();
        for (Instance instance : cluster.instances()) {
            assertListens("an instance of a group", instance.process(), instance.listeningPorts());
        }
        assertListens("the domain's server of a group", cluster.administration(), cluster.administrationPorts());
        assertListens("a broker", cluster.broker().process(), Map.of("JMS", cluster.broker().port()));
    }

    @Test
    void aGroupWithOtherMachinesNeedsSecureAdministration() {
        Cluster cluster = TestCluster.shared();
        cluster.administer("create-node-config --nodehost 192.0.2.7 node-far");
        try {
            assertThatThrownBy(cluster::configure).hasMessageContaining("need secure administration").hasMessageContaining("node-far");
        } finally {
            cluster.administer("delete-node-config node-far");
        }
    }

    private static void assertListens(String process, ProcessHandle running, Map<String, Integer> ports) throws IOException {
        List<InetSocketAddress> expected = rows().stream().filter(row -> row.process.equals(process))
                .map(row -> loopback(portOf(row, ports))).toList();
        assertThat(expected).as(process + " in the table").isNotEmpty();
        // Under load an instance closes a port of its start only after 20 s.
        await(process).atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(Sockets.listening(running)).map(WhatListensIT::asIpv4)
                .containsExactlyInAnyOrderElementsOf(expected));
    }

    private static int portOf(Row row, Map<String, Integer> ports) {
        String purpose = row.purpose.split("[:,]")[0];
        assertThat(ports).as("ports of " + row).containsKey(purpose);
        return ports.get(purpose);
    }

    // Treats ::1 and 127.0.0.1 alike.
    private static InetSocketAddress asIpv4(InetSocketAddress address) {
        return address.getAddress().isLoopbackAddress() ? loopback(address.getPort()) : address;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = Files.readAllLines(TABLE).stream().dropWhile(line -> !line.equals("### What listens"))
                .dropWhile(line -> !line.startsWith("| process |")).skip(2).takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\s*\\|\\s*")).map(cells -> new Row(cells[1], cells[2], cells[3], cells[4])).toList();
        assertThat(rows.stream().map(Row::address).collect(Collectors.toSet())).as("addresses")
                .isSubsetOf("loopback", "every address", "every address; with `--tls` on loopback",
                        "loopback; with nodes on other machines on every address", "`--host`");
        return rows;
    }
}
