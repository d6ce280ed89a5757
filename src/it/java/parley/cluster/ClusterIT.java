package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.kit.Expected.cameOnline;
import static parley.kit.Expected.posted;
import static parley.kit.Expected.renamed;
import static parley.kit.Expected.typing;
import static parley.kit.Expected.unsubscribed;
import static parley.kit.Expected.wentOffline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.LinkedPages;
import parley.kit.Reply;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two instances on one database: delivery, eviction and limits across instances, and faults of each part. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class ClusterIT {

    private static final JsonMapper JSON = new JsonMapper();
    /** The default of {@code parley.limits.user.connections}. */
    private static final int CONNECTIONS_PER_USER = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int IDLE_ROOMS = 9_000;
    private static final int IDLE_SECONDS = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Messages whose links an instance looks at, at the same time. */
    private static final int PREVIEWED_BY_ONE = 4;

    private static Cluster cluster;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String room = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        cluster = TestCluster.shared();
    }

    @BeforeEach
    void createRoom() throws Exception {
        post(cluster.instance(0), "/api/rooms", Map.of("id", room, "name", "Plaza " + room));
    }

    @Test
    void postIsInTheHistoryOfTheOtherInstance() throws Exception {
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
            assertThat(alice.hello().get("node").stringValue()).isEqualTo("parley-1");
            assertThat(bob.hello().get("node").stringValue()).isEqualTo("parley-2");
            alice.posts("from the first");
            bob.posts("from the second");
            for (ChatClient one : List.of(alice, bob)) {
                assertThat(history(one)).containsExactly("from the first", "from the second");
            }
        }
    }

    /** The kill is in the middle of an upload and of a call, and while both instances wait for pages that messages link to. */
    @Test
    void killedInstanceServesAgainAfterARestart() throws Exception {
        Instance first = cluster.instance(0);
        try (ChatClient alice = join("alice", first); LinkedPages pages = LinkedPages.on(TestCluster.PAGES_PORT);
                CallAcross call = new CallAcross(room, alice, join("carol", first), join("bob", cluster.instance(1)))) {
            alice.posts("before");
            call.begins();
            byte[] bytes = new byte[900_000];
            new Random(1).nextBytes(bytes);
            FilesAt there = new FilesAt(cluster.instance(1), room, token("alice", cluster.instance(1)));
            FilesAt here = new FilesAt(first, room, token("alice", first));
            String upload = here.begins(bytes.length);
            CompletableFuture<?> stalled = here.stalls(upload, 0, Arrays.copyOf(bytes, 600_000));
            await().atMost(TIMEOUT).until(() -> there.offset(upload) > 0);
            String links = previewJobs(pages, alice);
            first.kill();
            pages.goesOn();
            assertThat(alice.closeCode()).isEqualTo(1006);
            assertThat(stalled).failsWithin(TIMEOUT);

            long offset = there.offset(upload);
            assertThat(offset).isBetween(1L, 600_000L);
            assertThat(there.sends(upload, offset, Arrays.copyOfRange(bytes, (int) offset, bytes.length))).isEqualTo(204);
            assertThat(there.reads(upload.replaceAll(".*/", "")).body()).isEqualTo(bytes);
            try (ChatClient bob = join("bob", cluster.instance(1)); ChatClient back = join("alice", cluster.instance(1))) {
                bob.posts("meanwhile");
                // The leases of the killed instance have ended, and carol does not come back in time.
                execute("update preview_job set due_at = 0");
                execute("update call_participant set lost_at = 0 where person = 'carol'");
                execute("update lease set ends_at = 0 where task = 'calls'");
                call.goesOn(back);
                await().atMost(TIMEOUT).until(() -> previewed(bob, links) > PREVIEWED_BY_ONE);
            }
        } finally {
            first.start();
        }
        try (ChatClient alice = join("alice", first)) {
            assertThat(history(alice)).filteredOn(text -> !text.contains("://")).containsExactly("before", "meanwhile");
        }
    }

    // As many messages with links as both instances take at once. Returns how the links begin.
    private static String previewJobs(LinkedPages pages, ChatClient client) {
        String path = "/" + UUID.randomUUID() + "-";
        List<String> links = IntStream.range(0, 2 * PREVIEWED_BY_ONE).mapToObj(n -> pages.adds(path + n, "Page " + n, "")).toList();
        pages.holds();
        links.forEach(client::posts);
        await().atMost(TIMEOUT).until(() -> pages.asked().size() == links.size());
        return pages.at(path);
    }

    private long previewed(ChatClient client, String links) {
        return client.asks("history", Map.of("room", room)).ok().get("messages").valueStream()
                .filter(message -> message.get("text").stringValue().startsWith(links) && message.has("previews")).count();
    }

    @Test
    void aFileIsOnBothInstancesAtOnceAndGoneFromBothWithinASecond() throws Exception {
        FilesAt here = new FilesAt(cluster.instance(0), room, token("alice", cluster.instance(0)));
        FilesAt there = new FilesAt(cluster.instance(1), room, token("carol", cluster.instance(1)));
        byte[] bytes = new byte[700_000];
        new Random(2).nextBytes(bytes);
        String id = here.uploads(bytes);
        try (ChatClient alice = join("alice", cluster.instance(0))) {
            assertThat(there.reads(id).statusCode()).as("no message carries it").isEqualTo(404);
            long message = alice.asks("message.post", Map.of("room", room, "key", "file", "text", "", "files", List.of(id))).offset();
            assertThat(there.reads(id).body()).isEqualTo(bytes);
            alice.asks("message.delete", Map.of("room", room, "message", message)).ok();
            await().atMost(Duration.ofSeconds(1)).until(() -> here.reads(id).statusCode() == 404 && there.reads(id).statusCode() == 404);
        }
    }

    @Test
    void clientsOfBothInstancesReloadIfTheDatabaseLostCommits() throws Exception {
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
            alice.posts("kept");
            String key = UUID.randomUUID().toString();
            long lost = alice.posts("lost", key).offset();
            bob.receives(posted("lost"));
            loseCommitsFrom(lost);
            for (ChatClient one : List.of(alice, bob)) {
                JsonNode end = one.receives(unsubscribed(room));
                assertThat(end.get("code").stringValue()).isEqualTo("gone");
                assertThat(end.get("resubscribe").booleanValue()).isTrue();
                one.subscribes(room);
            }
            assertThat(alice.posts("after")).isEqualTo(lost);
            bob.receives(posted("after"));
            Reply again = alice.posts("lost", key);
            assertThat(again.ok().get("duplicate").booleanValue()).as("the lost message").isFalse();
            bob.receives(posted("lost"));
            assertThat(history(bob)).containsExactly("kept", "after", "lost");
        }
    }

    private void loseCommitsFrom(long offset) throws SQLException {
        try (Connection database = cluster.databaseConnection(); Statement statement = database.createStatement()) {
            statement.executeUpdate("delete from room_event where room = '" + room + "' and log_offset >= " + offset);
            statement.executeUpdate("delete from message where room = '" + room + "' and log_offset >= " + offset);
            statement.executeUpdate("update room set head = " + (offset - 1) + " where id = '" + room + "'");
            // The last probes are lost too.
            statement.executeUpdate("update instance set seen_at = seen_at - 5000, event_kinds_at = event_kinds_at - 5000");
        }
    }

    @Test
    void frozenInstanceCatchesUp() throws Exception {
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
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
    void instancesReconnectToARestartedBroker() throws Exception {
        awaitBus(true);
        cluster.broker().kill();
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
            awaitBus(false);
            alice.posts("without a broker");
            assertThat(history(bob)).containsExactly("without a broker");
        } finally {
            cluster.broker().start();
        }
        awaitBus(true);
    }

    @Test
    void instanceReconnectsToTheBrokerAfterANetworkFault() throws Exception {
        awaitBus(true);
        cluster.instance(1).linkToBroker().stall();
        try {
            await().atMost(TIMEOUT.multipliedBy(2)).until(() -> !busWorks(cluster.instance(1)));
            assertThat(busWorks(cluster.instance(0))).isTrue();
        } finally {
            cluster.instance(1).linkToBroker().resume();
        }
        awaitBus(true);
    }

    @Test
    void instanceWithoutDatabaseRefusesPostsAndRecovers() throws Exception {
        Instance first = cluster.instance(0);
        try (ChatClient alice = join("alice", first); ChatClient bob = join("bob", cluster.instance(1))) {
            first.linkToDatabase().refuseConnections();
            try {
                Map<String, String> message = Map.of("room", room, "key", "cut", "text", "lost?");
                assertThat(alice.asks("message.post", message).error().get("temporary").booleanValue()).isTrue();
                bob.posts("over here it is");
            } finally {
                first.linkToDatabase().resume();
            }
            await().atMost(TIMEOUT).until(() -> alice.asks("message.post", Map.of("room", room, "key", "after", "text", "and here again"))
                    .json().has("ok"));
            assertThat(history(bob)).containsExactly("over here it is", "and here again");
        }
    }

    @Test
    void instancesReconnectToARestartedDatabase() throws Exception {
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
            cluster.stopDatabase();
            cluster.startDatabase();
            for (ChatClient one : List.of(alice, bob)) {
                await().atMost(TIMEOUT).until(() -> one.asks("message.post", Map.of("room", room, "key", "after", "text", "again")).json()
                        .has("ok"));
            }
            assertThat(history(alice)).containsExactly("again", "again");
        }
    }

    @Test
    void eventsReachTheOtherInstance() throws Exception {
        awaitBus(true);
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
            alice.receives(cameOnline("bob"));
            alice.posts("to both");
            bob.receives(posted("to both"));
            bob.types(true);
            alice.receives(typing("bob", true));

            request(cluster.instance(0), "DELETE", "/api/rooms/" + room + "/members?user=bob", "");
            bob.receives(unsubscribed(room));
            alice.receives(wentOffline("bob"));
            alice.posts("after bob is gone");
            assertThat(bob.receivedSoFar()).noneMatch(posted("after bob is gone").matches());
        }
    }

    @Test
    void firstListenerHereLearnsWhoIsOnlineElsewhere() throws Exception {
        awaitBus(true);
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
            assertThat(bob.receives(cameOnline("alice")).get("online").valueStream().map(JsonNode::stringValue)).contains("alice", "bob");
            alice.receives(cameOnline("bob"));
        }
    }

    @Test
    void memberIsOnlineForAnInstanceWhereNobodyListens() throws Exception {
        awaitBus(true);
        try (ChatClient alice = join("alice", cluster.instance(0))) {
            String reader = "Bearer " + token("alice", cluster.instance(1));
            await().atMost(TIMEOUT).until(() -> JSON.readTree(send(cluster.instance(1), "GET", "/api/rooms/" + room + "/members", "",
                            reader))
                    .get("members").get(0).get("online").booleanValue());
        }
    }

    @Test
    void quietClusterComparesNoHeads() throws Exception {
        awaitBus(true);
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
            alice.posts("the last one");
            bob.receives(posted("the last one"));
            double[] last = new double[1];
            // In doubt, an instance compares each of its rooms twice a second.
            await().pollInterval(Duration.ofSeconds(3)).atMost(MINUTE).until(() -> {
                double before = last[0];
                last[0] = metric(cluster.instance(0), "parley_heads_compared_total")
                        + metric(cluster.instance(1), "parley_heads_compared_total");
                return last[0] == before;
            });
        }
    }

    /**
     * What a cluster asked its database within some seconds, how many heads its first instance compared, and the processor time of its
     * instances and of the database, in ms.
     */
    private record Load(long transactions, long heads, long instances, long database) {

        Load since(Load before) {
            return new Load(transactions - before.transactions, heads - before.heads, instances - before.instances,
                    database - before.database);
        }

        @Override
        public String toString() {
            return "%d transactions/s, %d heads compared/s, processor time %d ms/s of the instances and %d ms/s of the database".formatted(
                    transactions / IDLE_SECONDS, heads / IDLE_SECONDS, instances / IDLE_SECONDS, database / IDLE_SECONDS);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "takes a minute")
    void idleInstanceWithManyRoomsAsksTheDatabaseLittle() throws Exception {
        awaitBus(true);
        List<String> rooms = createInTheTable(IDLE_ROOMS);
        List<ChatClient> clients = new ArrayList<>();
        try {
            for (int from = 0; from < IDLE_ROOMS; from += 100) {
                // A user may subscribe 600 times a minute.
                ChatClient client = ChatClient.withToken(token("idle-" + from / 500, cluster.instance(0)),
                        cluster.instance(0).socket("/ws"));
                clients.add(client);
                rooms.subList(from, from + 100).forEach(client::subscribes);
            }
            assertThat(metric(cluster.instance(0), "parley_rooms_listened")).isGreaterThanOrEqualTo(IDLE_ROOMS);
            double[] compared = new double[1];
            await("no doubt").pollInterval(Duration.ofSeconds(2)).atMost(MINUTE).until(() -> {
                double before = compared[0];
                compared[0] = metric(cluster.instance(0), "parley_heads_compared_total");
                return compared[0] == before;
            });
            Load quiet = load();
            cluster.broker().kill();
            awaitBus(false);
            Load inDoubt = load();
            System.out.println("An idle cluster with " + IDLE_ROOMS + " rooms: " + quiet + "; with every room in doubt: " + inDoubt);
            assertThat(quiet.heads).isLessThan(inDoubt.heads / 10);
        } finally {
            cluster.broker().start();
            clients.forEach(ChatClient::close);
            execute("delete from room where id like 'idle-%'");
        }
        awaitBus(true);
    }

    private List<String> createInTheTable(int count) throws SQLException {
        execute("insert into room (id, epoch, head, name, kind, created) select 'idle-' || n, 'e', 0, 'Idle ' || n, 'public', 0 "
                + "from generate_series(1, " + count + ") n");
        return IntStream.rangeClosed(1, count).mapToObj(n -> "idle-" + n).toList();
    }

    private void execute(String sql) throws SQLException {
        try (Connection database = cluster.databaseConnection(); Statement statement = database.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private Load load() throws Exception {
        Load before = loadSoFar();
        await().pollDelay(Duration.ofSeconds(IDLE_SECONDS)).atMost(MINUTE).until(() -> true);
        return loadSoFar().since(before);
    }

    private Load loadSoFar() throws Exception {
        try (Connection database = cluster.databaseConnection(); Statement statement = database.createStatement();
             ResultSet row = statement.executeQuery("select xact_commit + xact_rollback from pg_stat_database "
                     + "where datname = current_database()")) {
            row.next();
            return new Load(row.getLong(1), (long) metric(cluster.instance(0), "parley_heads_compared_total"),
                    processorTime(cluster.instances().stream().map(Instance::process)),
                    processorTime(Stream.concat(Stream.of(cluster.databaseProcess()), cluster.databaseProcess().children())));
        }
    }

    private static long processorTime(Stream<ProcessHandle> processes) {
        return processes.mapToLong(process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis()).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE /members?user=bob", "PUT /bans", "DELETE "})
    void lossOfAccessAppliesOnTheOtherInstance(String act) throws Exception {
        awaitBus(true);
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
            String[] request = act.split(" ", 2);
            request(cluster.instance(0), request[0], "/api/rooms/" + room + request[1], request[0].equals("PUT") ? "{\"user\":\"bob\"}"
                    : "");

            bob.receives(unsubscribed(room));
            assertThat(bob.posts("no longer allowed", "key").error().get("temporary").booleanValue()).isFalse();
            alice.asks("message.post", Map.of("room", room, "key", "k", "text", "after bob is gone"));
            assertThat(bob.receivedSoFar()).noneMatch(posted("after bob is gone").matches());
        }
    }

    @Test
    void leavingAPrivateRoomEndsTheSubscriptionOnTheOtherInstance() throws Exception {
        awaitBus(true);
        String hidden = JSON.readTree(send(cluster.instance(0), "POST", "/api/rooms", "{\"name\":\"Cellar\",\"kind\":\"private\"}",
                "Bearer " + token("alice", cluster.instance(0)))).get("id").stringValue();
        // Only people who have signed in can be invited.
        send(cluster.instance(0), "GET", "/api/me", "", "Bearer " + token("bob", cluster.instance(0)));
        send(cluster.instance(0), "PUT", "/api/rooms/" + hidden + "/members", "{\"user\":\"bob\",\"role\":\"member\"}",
                "Bearer " + token("alice", cluster.instance(0)));
        try (ChatClient here = join("bob", cluster.instance(0)); ChatClient there = join("bob", cluster.instance(1))) {
            there.subscribes(hidden);
            here.asks("room.leave", Map.of("room", hidden)).ok();
            there.receives(unsubscribed(hidden));
            assertThat(there.asks("subscribe", Map.of("room", hidden)).refusal()).isEqualTo("not_found");
        }
    }

    @Test
    void limitsCountAcrossInstances() throws Exception {
        awaitBus(true);
        List<ChatClient> many = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS_PER_USER; i++) {
                many.add(ChatClient.withToken(token("carol", cluster.instance(0)), cluster.instance(0).socket("/ws")));
            }
            await("connections count on the other instance").atMost(TIMEOUT).until(() -> isRefused("carol", cluster.instance(1)));
            many.removeLast().close();
            await("a closed connection no longer counts").atMost(TIMEOUT).until(() -> !isRefused("carol", cluster.instance(1)));

            // Each costs 10, which nearly uses up 3,000 per minute.
            for (int i = 0; i < 2; i++) {
                assertThat(sendLeaveCommands(many.getFirst(), 145)).isEqualTo(145);
            }
            try (ChatClient elsewhere = ChatClient.withToken(token("carol", cluster.instance(1)), cluster.instance(1).socket("/ws"))) {
                AtomicInteger taken = new AtomicInteger();
                await("commands count on the other instance").pollInterval(Duration.ofMillis(200)).atMost(TIMEOUT).until(() -> {
                    int some = sendLeaveCommands(elsewhere, 10);
                    taken.addAndGet(some);
                    return some < 10;
                });
                assertThat(taken).as("accepted commands of cost 10 before the first refusal").hasValueLessThan(200);
            }
        } finally {
            many.forEach(ChatClient::close);
        }
    }

    private int sendLeaveCommands(ChatClient client, int times) {
        List<CompletableFuture<Reply>> replies = Stream.generate(() -> client.sends("room.leave", Map.of("room", room))).limit(times)
                .toList();
        return (int) replies.stream().filter(reply -> reply.join().json().has("ok")).count();
    }

    private boolean isRefused(String user, Instance instance) throws Exception {
        try (ChatClient another = ChatClient.withToken(token(user, instance), instance.socket("/ws"))) {
            return false;
        } catch (AssertionError refused) {
            return true;
        }
    }

    @Test
    void withoutABrokerTheOtherInstanceReadsTheLog() throws Exception {
        cluster.broker().kill();
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
            alice.posts("without a broker");
            bob.receives(posted("without a broker"));

            request(cluster.instance(0), "PUT", "/api/rooms/" + room + "/bans", "{\"user\":\"bob\"}");
            bob.receives(unsubscribed(room));
            alice.posts("after bob is gone");
            assertThat(bob.receivedSoFar()).noneMatch(posted("after bob is gone").matches());
            assertThat(bob.asks("history", Map.of("room", room)).refusal()).isEqualTo("not_found");
        } finally {
            cluster.broker().start();
        }
        awaitBus(true);
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "takes a minute")
    void aMinuteWithoutABrokerDelaysTheOtherInstanceByTwoSecondsAtMost() throws Exception {
        awaitBus(true);
        cluster.broker().kill();
        long slowest = 0;
        int posted = 0;
        try (ChatClient alice = join("alice", cluster.instance(0)); ChatClient bob = join("bob", cluster.instance(1))) {
            for (long end = System.nanoTime() + MINUTE.toNanos(); System.nanoTime() < end; posted++) {
                long start = System.nanoTime();
                alice.posts("post " + posted);
                bob.receives(posted("post " + posted));
                slowest = Math.max(slowest, System.nanoTime() - start);
            }
        } finally {
            cluster.broker().start();
        }
        System.out.println("A minute without a broker: " + posted + " posts, slowest delivery on the other instance after "
                + slowest / 1_000_000 + " ms");
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
        awaitBus(true);
    }

    @Test
    void revocationAppliesOnTheOtherInstance() throws Exception {
        Instance second = cluster.instance(1);
        String stolen = token("bob", second);
        String admin = token(Map.of("user", "carol", "groups", List.of("parley-admin")), cluster.instance(0));
        // Warm up: the first request may wait for a database connection.
        for (Instance instance : cluster.instances()) {
            assertThat(send(instance, "GET", "/api/rooms?limit=1", "", admin)).contains("rooms");
        }
        try (ChatClient bob = ChatClient.withToken(stolen, second.socket("/ws"))) {
            send(cluster.instance(0), "POST", "/api/administration/revocations", JSON.writeValueAsString(Map.of("user", "bob")), admin);
            long start = System.nanoTime();
            assertThat(bob.closeCode()).isEqualTo(4001);
            long took = (System.nanoTime() - start) / 1_000_000;
            assertThat(took).isLessThan(5_000);
            System.out.println("Token revoked: connection on the other instance closed " + took + " ms after the response");
        }
        second.linkToDatabase().refuseConnections();
        try {
            assertThat(send(second, "GET", "/api/rooms", "", "Bearer " + stolen)).as("known revocations apply without a database")
                    .contains("unauthorized");
        } finally {
            second.linkToDatabase().resume();
        }
        // Other tests use bob: wait until new tokens are issued after the second of the revocation.
        await().atMost(TIMEOUT).until(() -> send(second, "GET", "/api/rooms/" + room, "", "Bearer " + token("bob", second))
                .contains("Plaza"));
    }

    @Test
    void searchFindsWhatTheOtherInstanceHasAndNothingThatIsGone() throws Exception {
        UserAt alice = new UserAt(cluster.instance(1), "alice");
        String found = "/api/search?room=" + room + "&q=";
        try (ChatClient bob = join("bob", cluster.instance(0))) {
            for (String word : List.of("heron", "stork", "crane")) {
                long offset = bob.posts(word);
                await(word).atMost(TIMEOUT).until(() -> alice.gets(found + word).get("results").size() == 1);
                bob.asks("message.edit", Map.of("room", room, "message", offset, "text", "changed " + word + "s")).ok();
                JsonNode edited = alice.gets(found + "%22" + word + "%22");
                assertThat(edited.get("results")).as("a former text").isEmpty();
                await(word).atMost(TIMEOUT).until(() -> alice.gets(found + "changed+" + word).get("results").size() == 1);
                bob.asks("message.delete", Map.of("room", room, "message", offset)).ok();
                assertThat(alice.gets(found + word).get("results")).as("a deleted text").isEmpty();
            }
        }
    }

    @Test
    void peopleAreTheSameOnBothInstances() throws Exception {
        Instance first = cluster.instance(0);
        Instance second = cluster.instance(1);
        String person = "person-" + UUID.randomUUID();
        String alices = "Bearer " + token("alice", first);
        String theirs = "Bearer " + token(person, second);
        send(first, "GET", "/api/me", "", alices);
        send(second, "GET", "/api/me", "", theirs);
        CompletableFuture<String> byThem = http.sendAsync(openingDirectRoom(second, "alice", theirs), BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
        JsonNode opened = JSON.readTree(http.send(openingDirectRoom(first, person, alices), BodyHandlers.ofString()).body());
        assertThat(JSON.readTree(byThem.join()).get("id")).isEqualTo(opened.get("id"));

        try (ChatClient alice = ChatClient.withToken(token("alice", first), first.socket("/ws"));
             ChatClient client = ChatClient.withToken(theirs.substring("Bearer ".length()), second.socket("/ws"))) {
            alice.subscribes(opened.get("id").stringValue());
            send(second, "GET", "/api/me", "", token(Map.of("user", person, "name", "New Name"), second));
            alice.receives(renamed(person, "New Name"));

            send(first, "PUT", "/api/administration/people/access", JSON.writeValueAsString(Map.of("user", person, "allowed", false)),
                    token(Map.of("user", "carol", "groups", List.of("parley-admin")), first));
            long start = System.nanoTime();
            assertThat(client.closeCode()).isEqualTo(4001);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(send(second, "GET", "/api/rooms", "", theirs)).contains("forbidden");
    }

    private static HttpRequest openingDirectRoom(Instance instance, String user, String authorization) {
        return HttpRequest.newBuilder(URI.create(instance.base() + "/api/direct")).header("Content-Type", "application/json")
                .header("Authorization", authorization).PUT(BodyPublishers.ofString("{\"users\":[\"" + user + "\"]}")).build();
    }

    private String token(Map<String, ?> claims, Instance instance) throws Exception {
        return "Bearer " + JSON.readTree(send(instance, "POST", "/dev/token", JSON.writeValueAsString(claims), "")).get("token")
                .stringValue();
    }

    private void awaitBus(boolean working) {
        for (Instance instance : cluster.instances()) {
            await(instance.name()).atMost(TIMEOUT.multipliedBy(2)).until(() -> busWorks(instance) == working);
        }
    }

    private boolean busWorks(Instance instance) throws IOException, InterruptedException {
        return metric(instance, "parley_bus_connected") == 1;
    }

    private double metric(Instance instance, String name) throws IOException, InterruptedException {
        String metrics = http.send(HttpRequest.newBuilder(URI.create(instance.base() + "/metrics")).build(),
                BodyHandlers.ofString()).body();
        return metrics.lines().filter(line -> line.startsWith(name)).mapToDouble(line -> Double.parseDouble(
                line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    private ChatClient join(String user, Instance instance) throws Exception {
        return ChatClient.withToken(token(user, instance), instance.socket("/ws")).joins(room);
    }

    private List<String> history(ChatClient client) {
        JsonNode messages = client.asks("history", Map.of("room", room)).ok().get("messages");
        return messages.valueStream().map(message -> message.get("text").stringValue()).toList();
    }

    private String token(String user, Instance instance) throws Exception {
        return JSON.readTree(send(instance, "POST", "/dev/token", JSON.writeValueAsString(Map.of("user", user)), "")).get("token")
                .stringValue();
    }

    private void post(Instance instance, String path, Map<String, ?> body) throws Exception {
        send(instance, "POST", path, JSON.writeValueAsString(body), "Bearer " + token("alice", instance));
    }

    private void request(Instance instance, String method, String path, String body) throws Exception {
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
