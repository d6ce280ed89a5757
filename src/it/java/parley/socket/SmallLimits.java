package parley.socket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Forgery;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.RawFrame;
import parley.kit.RawSocket;
import parley.kit.Reply;
import parley.kit.Server;
import tools.jackson.databind.JsonNode;

/** What happens to those who want too much of a server, and to those beside them. Each comes from an address of its own, by a proxy. */
abstract class SmallLimits {

    /** The settings that these tests expect; the proxy is the machine that they run on. */
    static final Map<String, String> SETTINGS = Map.of("parley.proxies", "127.0.0.1, ::1", "parley.limits.user.connections", "10",
            "parley.limits.address.connections", "20", "parley.limits.user.commands", "20000", "parley.limits.user.refusals", "100",
            "parley.limits.user.calls", "400", "parley.limits.address.calls", "800", "parley.limits.address.handshakes", "400");

    private static final int POSTS = 60;
    /** The standard interface closes a socket on which more is still coming, and a reset may then be all that the client sees. */
    private static final List<Integer> FLOOD_OR_RESET = List.of(4102, 1006);
    private static final AtomicInteger LAST = new AtomicInteger();

    private final String user = "user-" + UUID.randomUUID();
    private final String address = "203.0.113." + LAST.incrementAndGet();

    @Test
    void aHundredThousandJoinsByOne() {
        String room = Http.of("alice").makesRoom();
        Http bob = Http.of("bob");
        try (ChatClient flooder = ChatClient.of(user); ChatClient bystander = ChatClient.of("bob")) {
            flood(flooder, 100_000, "room.join", () -> Map.of("room", room)).ifPresent(refusal -> {
                assertThat(refusal.get("code").stringValue()).isEqualTo("rate_limited");
                assertThat(refusal.get("temporary").booleanValue()).isTrue();
                assertThat(refusal.get("retryAfter").longValue()).isBetween(1L, 1_000L);
            });
            assertThat(flooder.isClosed()).isIn(FLOOD_OR_RESET);
            assertThat(bystander.asks("room.join", Map.of("room", room)).offset()).isPositive();
            assertThat(bob.get("/api/rooms").status()).isEqualTo(200);
        }
    }

    @Test
    void tenThousandPostsASecondByOneWhoComesBackAndBack() throws Exception {
        String room = Http.of("alice").makesRoom();
        try (ChatClient flooder = ChatClient.of(user)) {
            flooder.asks("room.join", Map.of("room", room)).ok();
        }
        try (ChatClient bystander = ChatClient.of("bob")) {
            long quiet = medianOfPosts(bystander);
            // What one may do at once is done and over before it counts for the neighbour.
            floodsWithPosts(room);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Integer> floods = CompletableFuture.supplyAsync(() -> {
                int times = 0;
                for (; !enough.get() && times < 100; times++) {
                    floodsWithPosts(room);
                }
                return times;
            }, Thread::startVirtualThread);
            long beside = medianOfPosts(bystander);
            enough.set(true);
            assertThat(floods.get(60, SECONDS)).isPositive();
            assertThat(beside).as("a neighbour's post, in microseconds").isLessThan(3 * quiet + 100_000);
        }
    }

    private void floodsWithPosts(String room) {
        try (ChatClient flooder = ChatClient.of(user)) {
            flood(flooder, 10_000, "message.post", () -> Map.of("room", room, "key", UUID.randomUUID().toString(), "text", "flood"))
                    .ifPresent(refusal -> assertThat(refusal.get("code").stringValue()).isEqualTo("rate_limited"));
            assertThat(flooder.isClosed()).isIn(FLOOD_OR_RESET);
        }
    }

    @Test
    void whoWaitsAsToldIsServed() {
        try (ChatClient eager = ChatClient.of(user)) {
            List<Reply> refused = List.of();
            for (int i = 0; i < 200 && refused.isEmpty(); i++) {
                refused = Stream.generate(() -> eager.sends("room.leave", Map.of("room", "general"))).limit(20).toList().stream()
                        .map(CompletableFuture::join).filter(reply -> reply.json().has("error")).toList();
            }
            assertThat(refused).isNotEmpty().allSatisfy(reply -> assertThat(reply.refusal()).isEqualTo("rate_limited"));
            await().atMost(10, SECONDS).until(() -> eager.asks("room.leave", Map.of("room", "general")).json().has("ok"));
        }
    }

    @Test
    void oneConnectionTooManyOfAUser() {
        List<RawSocket> all = open(10, () -> Handshake.of(user));
        try {
            assertTurnedAway(Handshake.of(user).refused());
            Handshake.of("bob").taken();
            all.removeLast().close();
            await().atMost(5, SECONDS).until(() -> answer(Handshake.of(user)) == 101);
        } finally {
            all.forEach(RawSocket::close);
        }
    }

    @Test
    void oneConnectionTooManyOfAnAddress() {
        List<RawSocket> all = open(20, () -> from(address, Handshake.of("user-" + UUID.randomUUID())));
        try {
            assertTurnedAway(from(address, Handshake.of("bob")).refused());
            from("198.51.100.1, " + address, Handshake.of("bob")).refused();
            from(address + ", 198.51.100.1", Handshake.of("bob")).taken();
        } finally {
            all.forEach(RawSocket::close);
        }
    }

    @Test
    void ofManyConnectionsAtOnceThereAreNoMoreThanAllowed() {
        List<RawSocket> all = IntStream.range(0, 20).parallel().mapToObj(i -> RawSocket.requesting(from(address, Handshake.of(user)))).toList();
        try {
            assertThat(all).allSatisfy(socket -> assertThat(socket.answered().status()).isIn(101, 429));
            await().atMost(5, SECONDS).until(() -> answer(from(address, Handshake.of(user))) == 429);
            List<RawSocket> taken = all.stream().filter(socket -> socket.answered().status() == 101).toList();
            int staying = 0;
            for (RawSocket socket : taken) {
                if (socket.reads().opcode() == RawFrame.TEXT) {
                    staying++;
                } else {
                    socket.close();
                }
            }
            assertThat(staying).isLessThanOrEqualTo(10);
        } finally {
            all.forEach(RawSocket::close);
        }
    }

    @Test
    void moreHandshakesThanAnAddressMayTry() {
        HttpAnswer answer = from(address, presenting(Forgery.EXPIRED.token())).refused();
        assertThat(answer.status()).isEqualTo(401);
        await().atMost(5, SECONDS).until(() -> Server.log().contains("Handshake from " + address + " refused with 401"));
        for (int i = 0; i < 500 && answer.status() == 401; i++) {
            answer = from(address, presenting("nonsense")).refused();
        }
        assertTurnedAway(answer);
        assertTurnedAway(from(address, Handshake.of("bob")).refused());
        Handshake.of("bob").taken();
    }

    @Test
    void moreCallsThanAUserMayMake() {
        Http caller = Http.of(user);
        assertTurnedAway(until429(() -> caller.get("/api/rooms?limit=1"), 1_000));
        assertThat(Http.of("bob").get("/api/rooms").status()).isEqualTo(200);
    }

    @Test
    void moreCallsThanAnAddressMayMake() {
        assertTurnedAway(until429(() -> Http.ofNobody().from(address).get("/api/rooms"), 2_500));
        assertThat(Http.ofNobody().get("/api/rooms").status()).isEqualTo(401);
    }

    /** Sends commands as fast as they are taken, until the connection is closed; answers with a refusal, where no reset took them all. */
    private static Optional<JsonNode> flood(ChatClient flooder, int most, String type, Supplier<Map<String, ?>> fields) {
        CompletableFuture<JsonNode> refusal = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Semaphore free = new Semaphore(150);
        for (int i = 0; i < most && !closed.isDone(); i++) {
            free.acquireUninterruptibly();
            sends(flooder, type, fields.get()).whenComplete((reply, ended) -> {
                free.release();
                if (ended != null) {
                    closed.complete(null);
                } else if (reply.json().has("error")) {
                    refusal.complete(reply.error());
                }
            });
        }
        return Optional.ofNullable(refusal.getNow(null));
    }

    private static CompletableFuture<Reply> sends(ChatClient flooder, String type, Map<String, ?> fields) {
        try {
            return flooder.sends(type, fields);
        } catch (AssertionError closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    /** How long a post of this client's takes until it is answered, in microseconds. */
    private static long medianOfPosts(ChatClient client) {
        client.joins(Http.of("bob").makesRoom());
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < POSTS; i++) {
            long begin = System.nanoTime();
            client.posts("beside it");
            taken.add((System.nanoTime() - begin) / 1_000);
        }
        return taken.stream().sorted().skip(POSTS / 2).findFirst().orElseThrow();
    }

    private static HttpAnswer until429(Supplier<HttpAnswer> call, int most) {
        HttpAnswer[] last = new HttpAnswer[1];
        boolean turnedAway = IntStream.range(0, most).anyMatch(i -> (last[0] = call.get()).status() == 429);
        assertThat(turnedAway).as("one of %d calls is turned away", most).isTrue();
        return last[0];
    }

    private static void assertTurnedAway(HttpAnswer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(429);
        assertThat(answer.problem()).isEqualTo("rate_limited");
        assertThat(answer.header("Retry-After")).hasValueSatisfying(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 60));
    }

    private static List<RawSocket> open(int count, Supplier<Handshake> handshake) {
        return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> handshake.get().opens()).toList());
    }

    private static int answer(Handshake handshake) {
        try (RawSocket socket = RawSocket.requesting(handshake)) {
            return socket.answered().status();
        }
    }

    // In the header, the server itself would look at it first.
    private static Handshake presenting(String token) {
        return Handshake.ofNobody().with("Sec-WebSocket-Protocol", "parley.v1, bearer." + token);
    }

    private static Handshake from(String forwardedFor, Handshake handshake) {
        return handshake.with("X-Forwarded-For", forwardedFor);
    }
}
