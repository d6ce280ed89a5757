package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.kit.Expected.cameOnline;
import static parley.kit.Expected.posted;
import static parley.kit.Expected.typing;
import static parley.kit.Expected.unsubscribed;
import static parley.kit.Expected.wentOffline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Reply;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two instances on one database, and what happens to them. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class ClusterIT {

    private static final JsonMapper JSON = new JsonMapper();
    /** By default. */
    private static final int CONNECTIONS_OF_A_USER = 50;
    private static final Duration LIVE = Duration.ofSeconds(15);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Cluster cluster;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String room = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        cluster = TestCluster.shared();
    }

    @BeforeEach
    void aRoom() throws Exception {
        post(cluster.instance(0), "/api/rooms", Map.of("id", room, "name", "Plaza " + room));
    }

    @Test
    void whatIsPostedOnOneIsInTheOthersHistory() throws Exception {
        try (ChatClient alice = enters("alice", cluster.instance(0)); ChatClient bob = enters("bob", cluster.instance(1))) {
            assertThat(alice.hello().get("node").stringValue()).isEqualTo("parley-1");
            assertThat(bob.hello().get("node").stringValue()).isEqualTo("parley-2");
            alice.posts("from the first");
            bob.posts("from the second");
            for (ChatClient one : List.of(alice, bob)) {
                assertThat(history(one)).containsExactly("from the first", "from the second");
            }
        }
    }

    @Test
    void oneThatWasKilledComesBack() throws Exception {
        Instance first = cluster.instance(0);
        try (ChatClient alice = enters("alice", first)) {
            alice.posts("before");
            first.kill();
            assertThat(alice.isClosed()).isEqualTo(1006);
            try (ChatClient bob = enters("bob", cluster.instance(1))) {
                bob.posts("meanwhile");
            }
        } finally {
            first.start();
        }
        try (ChatClient alice = enters("alice", first)) {
            assertThat(history(alice)).containsExactly("before", "meanwhile");
        }
    }

    @Test
    void oneIsHeldWhileTheOtherGoesOn() throws Exception {
        try (ChatClient alice = enters("alice", cluster.instance(0)); ChatClient bob = enters("bob", cluster.instance(1))) {
            cluster.instance(0).freeze();
            try {
                bob.posts("meanwhile");
            } finally {
                cluster.instance(0).thaw();
            }
            assertThat(history(alice)).containsExactly("meanwhile");
        }
    }

    @Test
    void theBrokerIsKilledAndUsedAgain() throws Exception {
        awaitBus(true);
        cluster.broker().kill();
        try (ChatClient alice = enters("alice", cluster.instance(0)); ChatClient bob = enters("bob", cluster.instance(1))) {
            awaitBus(false);
            alice.posts("without a broker");
            assertThat(history(bob)).containsExactly("without a broker");
        } finally {
            cluster.broker().start();
        }
        awaitBus(true);
    }

    @Test
    void theBrokerIsHeardAgainAfterTheNetworkWasCut() throws Exception {
        awaitBus(true);
        cluster.instance(1).linkToBroker().fallsSilent();
        try {
            await().atMost(LIVE.multipliedBy(2)).until(() -> !busWorks(cluster.instance(1)));
            assertThat(busWorks(cluster.instance(0))).isTrue();
        } finally {
            cluster.instance(1).linkToBroker().passes();
        }
        awaitBus(true);
    }

    @Test
    void theDatabaseIsCutOffFromOne() throws Exception {
        Instance first = cluster.instance(0);
        try (ChatClient alice = enters("alice", first); ChatClient bob = enters("bob", cluster.instance(1))) {
            first.linkToDatabase().refuses();
            try {
                Map<String, String> message = Map.of("room", room, "key", "cut", "text", "lost?");
                assertThat(alice.asks("message.post", message).error().get("temporary").booleanValue()).isTrue();
                bob.posts("over here it is");
            } finally {
                first.linkToDatabase().passes();
            }
            await().atMost(LIVE).until(() -> alice.asks("message.post", Map.of("room", room, "key", "after", "text", "and here again")).json().has("ok"));
            assertThat(history(bob)).containsExactly("over here it is", "and here again");
        }
    }

    @Test
    void theDatabaseIsRestarted() throws Exception {
        try (ChatClient alice = enters("alice", cluster.instance(0)); ChatClient bob = enters("bob", cluster.instance(1))) {
            cluster.stopDatabase();
            cluster.startDatabase();
            for (ChatClient one : List.of(alice, bob)) {
                await().atMost(LIVE).until(() -> one.asks("message.post", Map.of("room", room, "key", "after", "text", "again")).json().has("ok"));
            }
            assertThat(history(alice)).containsExactly("again", "again");
        }
    }

    @Test
    void whatHappensOnOneIsHeardOnTheOther() throws Exception {
        awaitBus(true);
        try (ChatClient alice = enters("alice", cluster.instance(0)); ChatClient bob = enters("bob", cluster.instance(1))) {
            alice.receives(cameOnline("bob"));
            alice.posts("to both");
            bob.receives(posted("to both"));
            bob.types(true);
            alice.receives(typing("bob", true));

            ask(cluster.instance(0), "DELETE", "/api/rooms/" + room + "/members?user=bob", "");
            bob.receives(unsubscribed(room));
            alice.receives(wentOffline("bob"));
            alice.posts("about bob");
            assertThat(bob.receivedSoFar()).noneMatch(posted("about bob").matches());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE /members?user=bob", "PUT /bans", "DELETE "})
    void whoMayNoLongerOnOneMayNotOnTheOther(String act) throws Exception {
        awaitBus(true);
        try (ChatClient alice = enters("alice", cluster.instance(0)); ChatClient bob = enters("bob", cluster.instance(1))) {
            String[] request = act.split(" ", 2);
            ask(cluster.instance(0), request[0], "/api/rooms/" + room + request[1], request[0].equals("PUT") ? "{\"user\":\"bob\"}" : "");

            bob.receives(unsubscribed(room));
            assertThat(bob.posts("may I?", "key").error().get("temporary").booleanValue()).isFalse();
            alice.asks("message.post", Map.of("room", room, "key", "k", "text", "about bob"));
            assertThat(bob.receivedSoFar()).noneMatch(posted("about bob").matches());
        }
    }

    @Test
    void whoLeftAPrivateRoomOnOneHearsNothingOnTheOther() throws Exception {
        awaitBus(true);
        String hidden = JSON.readTree(send(cluster.instance(0), "POST", "/api/rooms", "{\"name\":\"Cellar\",\"kind\":\"private\"}",
                "Bearer " + token("alice", cluster.instance(0)))).get("id").stringValue();
        send(cluster.instance(0), "PUT", "/api/rooms/" + hidden + "/members", "{\"user\":\"bob\",\"role\":\"member\"}",
                "Bearer " + token("alice", cluster.instance(0)));
        try (ChatClient here = enters("bob", cluster.instance(0)); ChatClient there = enters("bob", cluster.instance(1))) {
            there.listensTo(hidden);
            here.asks("room.leave", Map.of("room", hidden)).ok();
            there.receives(unsubscribed(hidden));
            assertThat(there.asks("subscribe", Map.of("room", hidden)).refusal()).isEqualTo("not_found");
        }
    }

    @Test
    void whoeverChangesInstancesGainsNothing() throws Exception {
        awaitBus(true);
        List<ChatClient> many = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS_OF_A_USER; i++) {
                many.add(ChatClient.bearing(token("carol", cluster.instance(0)), cluster.instance(0).socket("/ws")));
            }
            await("connections count on the other").atMost(LIVE).until(() -> isTurnedAway("carol", cluster.instance(1)));
            many.removeLast().close();
            await("who left makes room").atMost(LIVE).until(() -> !isTurnedAway("carol", cluster.instance(1)));

            // Each costs ten: this leaves little of 3,000 a minute.
            for (int i = 0; i < 2; i++) {
                assertThat(leaves(many.getFirst(), 145)).isEqualTo(145);
            }
            try (ChatClient elsewhere = ChatClient.bearing(token("carol", cluster.instance(1)), cluster.instance(1).socket("/ws"))) {
                AtomicInteger taken = new AtomicInteger();
                await("commands count on the other").pollInterval(Duration.ofMillis(200)).atMost(LIVE).until(() -> {
                    int some = leaves(elsewhere, 10);
                    taken.addAndGet(some);
                    return some < 10;
                });
                assertThat(taken).as("commands that cost ten, until the first is refused").hasValueLessThan(200);
            }
        } finally {
            many.forEach(ChatClient::close);
        }
    }

    private int leaves(ChatClient client, int times) {
        List<CompletableFuture<Reply>> coming = Stream.generate(() -> client.sends("room.leave", Map.of("room", room))).limit(times).toList();
        return (int) coming.stream().filter(reply -> reply.join().json().has("ok")).count();
    }

    private boolean isTurnedAway(String user, Instance instance) throws Exception {
        try (ChatClient another = ChatClient.bearing(token(user, instance), instance.socket("/ws"))) {
            return false;
        } catch (AssertionError refused) {
            return true;
        }
    }

    @Test
    void withoutABrokerTheOtherReadsItFromTheLog() throws Exception {
        cluster.broker().kill();
        try (ChatClient alice = enters("alice", cluster.instance(0)); ChatClient bob = enters("bob", cluster.instance(1))) {
            alice.posts("without a broker");
            bob.receives(posted("without a broker"));

            ask(cluster.instance(0), "PUT", "/api/rooms/" + room + "/bans", "{\"user\":\"bob\"}");
            bob.receives(unsubscribed(room));
            alice.posts("about bob");
            assertThat(bob.receivedSoFar()).noneMatch(posted("about bob").matches());
            assertThat(bob.asks("history", Map.of("room", room)).refusal()).isEqualTo("not_found");
        } finally {
            cluster.broker().start();
        }
        awaitBus(true);
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "it takes a minute")
    void aMinuteWithoutABrokerMakesTheOtherTwoSecondsLateAtMost() throws Exception {
        awaitBus(true);
        cluster.broker().kill();
        long slowest = 0;
        int posted = 0;
        try (ChatClient alice = enters("alice", cluster.instance(0)); ChatClient bob = enters("bob", cluster.instance(1))) {
            for (long end = System.nanoTime() + MINUTE.toNanos(); System.nanoTime() < end; posted++) {
                long begun = System.nanoTime();
                alice.posts("post " + posted);
                bob.receives(posted("post " + posted));
                slowest = Math.max(slowest, System.nanoTime() - begun);
            }
        } finally {
            cluster.broker().start();
        }
        System.out.println("A minute without a broker: " + posted + " posts, the slowest at the other after " + slowest / 1_000_000 + " ms");
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
        awaitBus(true);
    }

    @Test
    void whatIsRevokedOnOneIsRevokedOnTheOther() throws Exception {
        Instance second = cluster.instance(1);
        String stolen = token("bob", second);
        String admin = "Bearer " + JSON.readTree(send(cluster.instance(0), "POST", "/dev/token",
                JSON.writeValueAsString(Map.of("user", "carol", "groups", List.of("parley-admin"))), "")).get("token").stringValue();
        // Whoever comes first may have to wait for a connection to the database.
        for (Instance instance : cluster.instances()) {
            assertThat(send(instance, "GET", "/api/rooms?limit=1", "", admin)).contains("rooms");
        }
        try (ChatClient bob = ChatClient.bearing(stolen, second.socket("/ws"))) {
            send(cluster.instance(0), "POST", "/api/administration/revocations", JSON.writeValueAsString(Map.of("user", "bob")), admin);
            long begun = System.nanoTime();
            assertThat(bob.isClosed()).isEqualTo(4001);
            long took = (System.nanoTime() - begun) / 1_000_000;
            assertThat(took).isLessThan(5_000);
            System.out.println("Revoked on one instance: closed on the other " + took + " ms after the answer");
        }
        second.linkToDatabase().refuses();
        try {
            assertThat(send(second, "GET", "/api/rooms", "", "Bearer " + stolen)).as("what is known holds").contains("unauthorized");
        } finally {
            second.linkToDatabase().passes();
        }
        // Bob is in the other tests too, with tokens of a later second than that of his revocation.
        await().atMost(LIVE).until(() -> send(second, "GET", "/api/rooms/" + room, "", "Bearer " + token("bob", second)).contains("Plaza"));
    }

    private void awaitBus(boolean working) {
        for (Instance instance : cluster.instances()) {
            await(instance.name()).atMost(LIVE.multipliedBy(2)).until(() -> busWorks(instance) == working);
        }
    }

    private boolean busWorks(Instance instance) throws IOException, InterruptedException {
        String metrics = http.send(HttpRequest.newBuilder(URI.create(instance.base() + "/metrics")).build(),
                BodyHandlers.ofString()).body();
        return metrics.lines().filter(line -> line.startsWith("parley_bus_connected")).anyMatch(line -> line.matches(".* 1(\\.0)?"));
    }

    private ChatClient enters(String user, Instance instance) throws Exception {
        return ChatClient.bearing(token(user, instance), instance.socket("/ws")).joins(room);
    }

    private List<String> history(ChatClient client) {
        JsonNode messages = client.asks("history", Map.of("room", room)).ok().get("messages");
        return messages.valueStream().map(message -> message.get("text").stringValue()).toList();
    }

    private String token(String user, Instance instance) throws Exception {
        return JSON.readTree(send(instance, "POST", "/dev/token", JSON.writeValueAsString(Map.of("user", user)), "")).get("token").stringValue();
    }

    private void post(Instance instance, String path, Map<String, ?> body) throws Exception {
        send(instance, "POST", path, JSON.writeValueAsString(body), "Bearer " + token("alice", instance));
    }

    private void ask(Instance instance, String method, String path, String body) throws Exception {
        String answer = send(instance, method, path, body, "Bearer " + token("alice", instance));
        assertThat(answer).as("%s %s", method, path).isEmpty();
    }

    private String send(Instance instance, String method, String path, String body, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(instance.base() + path)).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }
}
