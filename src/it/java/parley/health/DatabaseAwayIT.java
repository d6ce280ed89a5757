package parley.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Reply;
import parley.kit.Server;
import parley.kit.Tokens;
import parley.server.TestServer;

/** A database that is unreachable, locked or read-only: the instance reports why, refuses requests in time, and recovers by itself. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class DatabaseAwayIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(8);
    private static final int STRANGERS = 40;
    private static final int PINGS = 200;
    /** 20 ms on a quiet machine. */
    private static final Duration LONGEST_PING = Duration.ofMillis(200);

    // The tests before may have left the disk busy: a commit that takes seconds makes the instance unready for a moment.
    @BeforeEach
    void serverIsReady() {
        awaitReady();
    }

    @Test
    void startsWithoutADatabaseAndWaitsForIt() throws Exception {
        TestServer.stop();
        long before = Files.size(TestServer.log());
        TestServer.stopDatabase();
        TestServer.startWithoutWaiting();
        try {
            await("health").atMost(Duration.ofMinutes(2)).ignoreExceptions()
                    .untilAsserted(() -> assertThat(health().body()).contains("waits for the database"));
            assertThat(Handshake.of("alice").refused().status()).isEqualTo(503);
            assertUnavailable(Http.of("alice").get("/api/rooms"));
            assertThat(Http.anonymous().get("/ready").status()).isEqualTo(503);
            assertThat(TestServer.logSince(before)).doesNotContain("\tat parley").doesNotContain("SEVERE");
        } finally {
            TestServer.startDatabase();
            TestServer.awaitReady();
        }
        try (ChatClient alice = ChatClient.of("alice")) {
            alice.joins(createsRoom());
            assertThat(alice.posts("after the start")).isPositive();
        }
        assertThat(Http.anonymous().get("/ready").status()).isEqualTo(200);
    }

    @Test
    void reportsALockedTableInHealthSocketAndRest() throws Exception {
        String room = createsRoom();
        try (ChatClient alice = ChatClient.of("alice").joins(room); Connection other = TestServer.databaseConnection();
             Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            long before = Files.size(TestServer.log());
            sql.execute("lock table message in access exclusive mode");

            assertUnavailable(alice.asks("message.post", Map.of("room", room, "key", UUID.randomUUID().toString(), "text", "not now")));
            long start = System.nanoTime();
            assertUnavailable(Http.of("alice").get("/api/rooms/" + room + "/messages"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(REFUSED_WITHIN);
            awaitUnready("no write for");

            other.rollback();
            awaitReady();
            assertThat(alice.posts("now")).isPositive();
            assertNoStackTrace(before);
        }
    }

    @Test
    void strangersWithMadeUpTicketsDelayNobodyWhileTheDatabaseHangs() throws Exception {
        List<Long> pings = new ArrayList<>();
        try (ChatClient alice = ChatClient.of("alice"); Connection other = TestServer.databaseConnection();
             Statement sql = other.createStatement()) {
            alice.asks("ping", Map.of()).ok();
            other.setAutoCommit(false);
            sql.execute("lock table ticket in access exclusive mode");
            List<CompletableFuture<Integer>> strangers = IntStream.range(0, STRANGERS).mapToObj(i -> CompletableFuture.supplyAsync(
                    () -> Handshake.anonymous().withQuery("ticket=made-up-" + i).refused().status(), Thread::startVirtualThread)).toList();
            long begun = System.nanoTime();
            ChatClient.of("bob").close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("another handshake").isLessThan(Duration.ofSeconds(2));
            while (pings.size() < PINGS || !strangers.stream().allMatch(CompletableFuture::isDone)) {
                long start = System.nanoTime();
                alice.asks("ping", Map.of()).ok();
                pings.add(System.nanoTime() - start);
            }
            assertThat(strangers).allSatisfy(stranger -> assertThat(stranger.join()).isEqualTo(503));
            other.rollback();
        }
        long p99 = pings.stream().sorted().toList().get(pings.size() * 99 / 100);
        System.out.printf("Pings beside %d strangers while the database hangs: p99 %.1f ms of %d%n", STRANGERS, p99 / 1e6, pings.size());
        assertThat(Duration.ofNanos(p99)).isLessThan(LONGEST_PING);
    }

    @Test
    void servesReadsFromAReadOnlyDatabase() throws Exception {
        String room = createsRoom();
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            alice.posts("before");
            long before = Files.size(TestServer.log());
            setReadOnly("on");
            try {
                awaitUnready("read-only");
                assertUnavailable(alice.asks("message.post", Map.of("room", room, "key", UUID.randomUUID().toString(), "text", "not now")));
                assertUnavailable(Http.of("alice").post("/api/rooms", Map.of("name", "Not now " + room)));
                assertUnavailable(Http.of("alice").post("/api/tickets", Map.of()));
                assertThat(Http.withToken("no token").get("/api/me").status()).isEqualTo(401);
                assertUnavailable(Http.withToken(Tokens.of("carol", "Carol", "parley-admin")).get("/api/administration/audit"));
                assertThat(Http.of("alice").get("/api/rooms/" + room + "/messages").json(200).get("messages")).isNotEmpty();
            } finally {
                setReadOnly("off");
            }
            awaitReady();
            assertThat(alice.posts("after")).isPositive();
            assertNoStackTrace(before);
        }
    }

    // After an outage, the pool may still have broken connections for some seconds. A request that gets one is refused as unavailable.
    private static String createsRoom() {
        return await("a room").atMost(TIMEOUT).ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(Http.of("alice")::createsRoom, room -> true);
    }

    private static void setReadOnly(String readOnly) throws SQLException {
        try (Connection database = TestServer.databaseConnection(); Statement sql = database.createStatement()) {
            sql.execute("alter system set default_transaction_read_only = " + readOnly);
            sql.execute("select pg_reload_conf()");
        }
    }

    private static void awaitUnready(String why) {
        await("unready").atMost(TIMEOUT).untilAsserted(() -> {
            HttpAnswer health = health();
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.body()).contains(why);
        });
    }

    private static void awaitReady() {
        await("ready").atMost(TIMEOUT).until(() -> health().status() == 200);
    }

    private static void assertUnavailable(Reply reply) {
        assertThat(reply.error().get("code").stringValue()).isEqualTo("unavailable");
    }

    private static void assertUnavailable(HttpAnswer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.problem()).isEqualTo("unavailable");
    }

    private static void assertNoStackTrace(long before) throws IOException {
        assertThat(TestServer.logSince(before)).doesNotContain("\tat ").doesNotContain("SEVERE");
    }

    private static HttpAnswer health() {
        return Http.anonymous().send(HttpRequest.newBuilder(Server.base().resolve("/health/ready")).GET());
    }
}
