package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.application.ExampleApplication;
import parley.application.OrdersApplication;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;

/**
 * Ten thousand transactions of the example application that it answers, some of which fail, on two instances that are killed three times
 * while the broker is away once: the table of the business and the log of the room agree. Prints what a post adds to a transaction.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@EnabledIfSystemProperty(named = "parley.trial", matches = "long")
class ApplicationTrialIT {

    private static final int TRANSACTIONS = 10_000;
    private static final int THREADS = 8;
    /** Before the number of the first order. Other tests choose theirs at random, far above the last one. */
    private static final long FIRST = 1_000_000_000L;
    private static final long LAST = FIRST + 1_000_000;
    /** Added to the number of an order that is not posted. */
    private static final long SILENT = 1_000_000_000L;
    private static final int KILLS = 3;
    private static final Duration BROKER_AWAY = Duration.ofSeconds(10);
    private static final int WARM_UP = 500;
    private static final int COMPARED = 500;
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);
    private static final Pattern TEXT = Pattern.compile("Order (\\d+) is confirmed\\.");

    private final Cluster cluster = TestCluster.shared();
    private final UserAt reader = new UserAt(cluster.instance(1), "alice");
    private final Random random = new Random(1);
    private final AtomicLong next = new AtomicLong(FIRST);
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Set<Long> confirmed = ConcurrentHashMap.newKeySet();
    private final Set<Long> failed = ConcurrentHashMap.newKeySet();
    private final List<Double> withPost = new ArrayList<>();
    private final List<Double> withoutPost = new ArrayList<>();

    @Test
    void tableAndRoomAgree() throws Exception {
        try (var application = new ExampleApplication(OrdersApplication.PART, "parley", cluster::administer);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<OrdersApplication> everywhere = cluster.instances().stream()
                    .map(instance -> new OrdersApplication(application, instance.base())).toList();
            assertThat(everywhere.getFirst().opens().statusCode()).isEqualTo(204);
            compares(everywhere.getFirst());
            for (int i = 0; i < THREADS; i++) {
                OrdersApplication here = everywhere.get(i % everywhere.size());
                threads.execute(() -> work(here));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                int until = TRANSACTIONS * kill / (KILLS + 1);
                await().atMost(Duration.ofMinutes(10)).until(() -> answered.get() >= until);
                Instance instance = cluster.instance(kill % cluster.instances().size());
                instance.kill();
                if (kill == 2) {
                    cluster.broker().kill();
                    Thread.sleep(BROKER_AWAY);
                    cluster.broker().start();
                }
                instance.start();
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.MINUTES)).isTrue();

            await().atMost(SETTLES_WITHIN).untilAsserted(() -> assertThat(posted()).isEqualTo(stored()));
            assertThat(stored()).containsAll(confirmed).doesNotContainAnyElementsOf(failed);
            assertThat(waiting()).isZero();
            System.out.printf("%,d transactions answered, %,d confirmed, %,d refused; %,d requests met an instance that was away, "
                    + "%d kills, the broker was away for %d s%n", answered.get(), confirmed.size(), failed.size(), lost.get(), KILLS,
                    BROKER_AWAY.toSeconds());
        }
    }

    // One transaction at a time, with and without a post in turn.
    private void compares(OrdersApplication application) {
        for (int i = 0; i < WARM_UP + COMPARED; i++) {
            long number = next.incrementAndGet();
            long start = System.nanoTime();
            assertThat(application.confirms(number).statusCode()).isEqualTo(204);
            long between = System.nanoTime();
            assertThat(application.confirmsSilently(number + SILENT).statusCode()).isEqualTo(204);
            if (i >= WARM_UP) {
                withPost.add((between - start) / 1e6);
                withoutPost.add((System.nanoTime() - between) / 1e6);
            }
            confirmed.add(number);
        }
        System.out.printf("A transaction with a post: %s; without: %s%n", quantiles(withPost), quantiles(withoutPost));
    }

    private static String quantiles(List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        return "p50 %.1f ms, p99 %.1f ms".formatted(sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100));
    }

    private void work(OrdersApplication application) {
        while (answered.get() < TRANSACTIONS) {
            long number = next.incrementAndGet();
            boolean fails = random.nextInt(4) == 0;
            try {
                switch ((fails ? application.failsToConfirm(number) : application.confirms(number)).statusCode()) {
                    case 204 -> {
                        confirmed.add(number);
                        answered.incrementAndGet();
                    }
                    case 409 -> {
                        failed.add(number);
                        answered.incrementAndGet();
                    }
                    default -> awaitServer();
                }
            } catch (RuntimeException killed) {
                awaitServer();
            }
        }
    }

    private void awaitServer() {
        lost.incrementAndGet();
        try {
            Thread.sleep(200);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<Long> stored() throws SQLException {
        Set<Long> numbers = new TreeSet<>();
        try (Connection database = cluster.databaseConnection();
                ResultSet rows = database.createStatement()
                        .executeQuery("select number from example_order where number between " + FIRST + " and " + LAST)) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    private long waiting() throws SQLException {
        try (Connection database = cluster.databaseConnection();
                ResultSet rows = database.createStatement().executeQuery("select count(*) from application_command")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Set<Long> posted() {
        List<Long> numbers = new ArrayList<>();
        long before = 0;
        JsonNode page;
        do {
            page = reader.gets("/api/rooms/orders/messages?limit=100" + (before == 0 ? "" : "&before=" + before));
            for (JsonNode message : page.get("messages")) {
                Matcher text = TEXT.matcher(message.get("text").stringValue());
                long number = text.matches() ? Long.parseLong(text.group(1)) : 0;
                if (number > FIRST && number <= LAST) {
                    numbers.add(number);
                }
            }
            before = page.get("messages").isEmpty() ? 0 : page.get("messages").get(0).get("offset").longValue();
        } while (page.get("more").booleanValue());
        assertThat(numbers).doesNotHaveDuplicates();
        return new TreeSet<>(numbers);
    }
}
