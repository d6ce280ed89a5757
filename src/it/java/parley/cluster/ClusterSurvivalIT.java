package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.checker.Workload;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TcpRelay;
import parley.server.TestCluster;

/**
 * Clients alternate between two instances while instances, broker, database and links fail; a bot on the Java client answers meanwhile.
 * Every build injects short faults; {@code -Dparley.trial=long} injects each fault for the full duration that Parley guarantees to survive.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class ClusterSurvivalIT {

    private static final int CLIENTS = 100;
    private static final int ROOMS = 20;
    private static final int ACKNOWLEDGEMENTS = Workload.LONG ? 50_000 : 7_000;
    private static final Duration RECONNECT_WINDOW = Duration.ofSeconds(10);

    private final Cluster cluster = TestCluster.shared();
    private final AtomicInteger connections = new AtomicInteger();
    private final Workload workload = new Workload(CLIENTS, ROOMS, this::next, cluster::databaseConnection);

    @Test
    void losesNothingUnderAnyFault() throws Exception {
        EchoTrial bot = new EchoTrial(cluster);
        bot.begins();
        workload.run(ACKNOWLEDGEMENTS, () -> {
            kill(cluster.instance(0));
            freeze(cluster.instance(1), Duration.ofSeconds(Workload.LONG ? 15 : 6));
            stopBroker(Duration.ofSeconds(Workload.LONG ? 20 : 3));
            restartDatabase();
            cut(cluster.instance(0).linkToBroker(), Duration.ofSeconds(Workload.LONG ? 15 : 3));
            cut(cluster.instance(1).linkToDatabase(), Duration.ofSeconds(Workload.LONG ? 15 : 6));
            if (Workload.LONG) {
                kill(cluster.instance(1));
                freeze(cluster.instance(0), Duration.ofSeconds(15));
                restartDatabase();
            }
        });
        bot.endsWell();
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "takes twenty restarts")
    void javaBotLosesNothingOverTwentyKills() throws Exception {
        EchoTrial bot = new EchoTrial(cluster);
        bot.begins();
        for (int kills = 0; kills < 20; kills++) {
            Instance instance = cluster.instance(kills % 2);
            bot.answers(20);
            instance.kill();
            bot.answers(20);
            instance.start();
        }
        bot.endsWell();
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "takes two restarts")
    void rollingRestartLosesNothingAndSpreadsReconnects() throws Exception {
        workload.run(ACKNOWLEDGEMENTS, () -> {
            for (Instance instance : cluster.instances()) {
                awaitProgress();
                Instant start = Instant.now();
                instance.stop();
                instance.start();
                awaitProgress();
                assertReconnectsSpread(start);
            }
        });
    }

    // In any second at most twice the average number of clients may reconnect.
    private void assertReconnectsSpread(Instant start) {
        List<Long> seconds = workload.reconnects().stream().filter(start::isBefore)
                .map(moment -> Duration.between(start, moment).toMillis() / 1000).toList();
        long peak = seconds.stream().collect(Collectors.groupingBy(second -> second, Collectors.counting())).values().stream()
                .mapToLong(Long::longValue).max().orElseThrow();
        System.out.printf("%d reconnects, %d in the busiest second%n", seconds.size(), peak);
        assertThat(peak).isLessThanOrEqualTo(2 * Math.max(1, seconds.size() / RECONNECT_WINDOW.toSeconds()));
    }

    private URI next() {
        List<Instance> instances = cluster.instances();
        return instances.get(connections.getAndIncrement() % instances.size()).base();
    }

    private void awaitProgress() {
        workload.awaitAcknowledgements(workload.acknowledgements() + ACKNOWLEDGEMENTS / 20);
    }

    private void kill(Instance instance) {
        awaitProgress();
        instance.kill();
        awaitProgress();
        instance.start();
    }

    private void freeze(Instance instance, Duration duration) throws InterruptedException {
        during(instance::freeze, duration, instance::thaw);
    }

    private void stopBroker(Duration duration) throws InterruptedException {
        during(cluster.broker()::kill, duration, cluster.broker()::start);
    }

    private void restartDatabase() throws InterruptedException {
        during(cluster::stopDatabase, Duration.ZERO, cluster::startDatabase);
    }

    private void cut(TcpRelay link, Duration duration) throws InterruptedException {
        during(link::stall, duration, link::resume);
    }

    private void during(Runnable fault, Duration duration, Runnable end) throws InterruptedException {
        awaitProgress();
        fault.run();
        try {
            Thread.sleep(duration);
        } finally {
            end.run();
        }
    }
}
