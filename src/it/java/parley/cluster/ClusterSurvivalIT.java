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
import parley.checker.Trial;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.Relay;
import parley.server.TestCluster;

/**
 * Clients on two instances that post, break off and come back, each time to the other instance, while everything that can go away does.
 * In short in every build; {@code -Dparley.trial=long} takes its time: every trouble for as long as it is promised to be survived.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class ClusterSurvivalIT {

    private static final boolean LONG = System.getProperty("parley.trial", "short").equals("long");
    private static final int CLIENTS = 100;
    private static final int ROOMS = 20;
    private static final int ACKNOWLEDGEMENTS = LONG ? 50_000 : 10_000;
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final Cluster cluster = TestCluster.shared();
    private final AtomicInteger comings = new AtomicInteger();
    private final Trial trial = new Trial(CLIENTS, ROOMS, this::next, cluster::databaseConnection);

    @Test
    void nothingIsLostWhateverGoesAway() throws Exception {
        trial.judgeAfter(ACKNOWLEDGEMENTS, () -> {
            killed(cluster.instance(0));
            frozen(cluster.instance(1), Duration.ofSeconds(LONG ? 15 : 6));
            withoutBroker(Duration.ofSeconds(LONG ? 20 : 3));
            restartedDatabase();
            cut(cluster.instance(0).linkToBroker(), Duration.ofSeconds(LONG ? 15 : 3));
            cut(cluster.instance(1).linkToDatabase(), Duration.ofSeconds(LONG ? 15 : 6));
            if (LONG) {
                killed(cluster.instance(1));
                frozen(cluster.instance(0), Duration.ofSeconds(15));
                restartedDatabase();
            }
        });
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "it takes two restarts")
    void aRollingRestartSpreadsTheComingsBackAndLosesNothing() throws Exception {
        trial.judgeAfter(ACKNOWLEDGEMENTS, () -> {
            for (Instance instance : cluster.instances()) {
                goesOn();
                Instant begun = Instant.now();
                instance.stop();
                instance.start();
                goesOn();
                assertSpread(begun);
            }
        });
    }

    // Of those who were sent away at most twice the average came back in any one second of the window.
    private void assertSpread(Instant begun) {
        List<Long> seconds = trial.comebacks().stream().filter(begun::isBefore)
                .map(moment -> Duration.between(begun, moment).toMillis() / 1000).toList();
        long peak = seconds.stream().collect(Collectors.groupingBy(second -> second, Collectors.counting())).values().stream()
                .mapToLong(Long::longValue).max().orElseThrow();
        System.out.printf("%d came back, %d of them in the fullest second%n", seconds.size(), peak);
        assertThat(peak).isLessThanOrEqualTo(2 * Math.max(1, seconds.size() / WINDOW.toSeconds()));
    }

    private URI next() {
        List<Instance> instances = cluster.instances();
        return instances.get(comings.getAndIncrement() % instances.size()).base();
    }

    private void goesOn() {
        trial.awaitAcknowledgements(trial.acknowledgements() + ACKNOWLEDGEMENTS / 20);
    }

    private void killed(Instance instance) {
        goesOn();
        instance.kill();
        goesOn();
        instance.start();
    }

    private void frozen(Instance instance, Duration span) throws InterruptedException {
        during(instance::freeze, span, instance::thaw);
    }

    private void withoutBroker(Duration span) throws InterruptedException {
        during(cluster.broker()::kill, span, cluster.broker()::start);
    }

    private void restartedDatabase() throws InterruptedException {
        during(cluster::stopDatabase, Duration.ZERO, cluster::startDatabase);
    }

    private void cut(Relay link, Duration span) throws InterruptedException {
        during(link::fallsSilent, span, link::passes);
    }

    private void during(Runnable trouble, Duration span, Runnable end) throws InterruptedException {
        goesOn();
        trouble.run();
        try {
            Thread.sleep(span);
        } finally {
            end.run();
        }
    }
}
