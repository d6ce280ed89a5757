package parley.socket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
            "parley.limits.user.calls", "600", "parley.limits.address.calls", "1500", "parley.limits.address.handshakes", "400",
            "parley.limits.user.rooms", "300", "parley.limits.user.memberships", "300");

    private static final AtomicInteger LAST = new AtomicInteger();

    private final String user = "user-" + UUID.randomUUID();
    private final String address = "203.0.113." + LAST.incrementAndGet();

    @Test
    void aHundredThousandJoinsByOne() {
        String room = Http.of("alice").makesRoom();
        Http bob = Http.of("bob");
        try (ChatClient flooder = ChatClient.of(user); ChatClient neighbour = ChatClient.of("bob")) {
            long quiet = medianOfPosts(neighbour, 40, () -> false);
            JsonNode refusal = flood(flooder, 100_000, "room.join", () -> Map.of("room", room));
            assertThat(refusal.get("code").stringValue()).isEqualTo("rate_limited");
            assertThat(refusal.get("temporary").booleanValue()).isTrue();
            assertThat(refusal.get("retryAfter").longValue()).isBetween(1L, 1_000L);
            assertThat(flooder.isClosed()).isEqualTo(4102);
            assertThat(medianOfPosts(neighbour, 40, () -> false)).as("of a neighbour").isLessThan(3 * quiet + 20_000);
            assertThat(bob.get("/api/rooms").status()).isEqualTo(200);
        }
    }

    @Test
    void tenThousandPostsASecondByOne() throws Exception {
        try (ChatClient neighbour = ChatClient.of("bob"); ChatClient flooder = ChatClient.of(user).joins(Http.of("alice").makesRoom())) {
            String room = Http.of("alice").makesRoom();
            flooder.asks("room.join", Map.of("room", room)).ok();
            long quiet = medianOfPosts(neighbour, 40, () -> false);
            CompletableFuture<JsonNode> flood = CompletableFuture.supplyAsync(() -> flood(flooder, 10_000, "message.post",
                    () -> Map.of("room", room, "key", UUID.randomUUID().toString(), "text", "flood")));
            long beside = medianOfPosts(neighbour, 40, () -> !flood.isDone());
            assertThat(flood.get(20, SECONDS).get("code").stringValue()).isEqualTo("rate_limited");
            assertThat(flooder.isClosed()).isEqualTo(4102);
            assertThat(beside).as("a neighbour's post, in microseconds").isLessThan(3 * quiet + 20_000);
        }
    }

    @Test
    void whoWaitsAsToldIsServed() {
        try (ChatClient eager = ChatClient.of(user)) {
            int tooMany = 2_010;
            List<CompletableFuture<Reply>> coming = new ArrayList<>();
            for (int i = 0; i < tooMany; i++) {
                coming.add(eager.sends("room.leave", Map.of("room", "general")));
                if (i % 50 == 49) {
                    coming.getLast().join();
                }
            }
            assertThat(coming).filteredOn(reply -> reply.join().json().has("error")).isNotEmpty()
                    .allSatisfy(reply -> assertThat(reply.join().refusal()).isEqualTo("rate_limited"));
            await().atMost(1, SECONDS).until(() -> eager.asks("room.leave", Map.of("room", "general")).json().has("ok"));
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
        HttpAnswer answer = from(address, Handshake.bearing(Forgery.EXPIRED.token())).refused();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(Server.log()).contains("Handshake from " + address + " refused with 401");
        for (int i = 0; i < 500 && answer.status() == 401; i++) {
            answer = from(address, Handshake.bearing("nonsense")).refused();
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

    @Test
    void moreRoomsThanAUserMayHave() {
        Http maker = Http.of(user);
        for (int i = 0; i < 300; i++) {
            maker.makesRoom();
        }
        HttpAnswer answer = maker.post("/api/rooms", Map.of("name", "One too many"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("conflict");
        try (ChatClient member = ChatClient.of(user)) {
            assertThat(member.asks("room.join", Map.of("room", "general")).refusal()).isEqualTo("conflict");
        }
    }

    /** Sends commands as fast as they are taken, until the connection is closed; answers with a refusal. */
    private static JsonNode flood(ChatClient flooder, int most, String type, Supplier<Map<String, ?>> fields) {
        CompletableFuture<JsonNode> refusal = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Semaphore free = new Semaphore(150);
        for (int i = 0; i < most && !closed.isDone(); i++) {
            free.acquireUninterruptibly();
            flooder.sends(type, fields.get()).whenComplete((reply, ended) -> {
                free.release();
                if (ended != null) {
                    closed.complete(null);
                } else if (reply.json().has("error")) {
                    refusal.complete(reply.error());
                }
            });
        }
        return refusal.join();
    }

    /** How long a post of this client's takes until it is answered, in microseconds: so many, and while something goes on. */
    private static long medianOfPosts(ChatClient client, int count, BooleanSupplier goesOn) {
        client.joins(Http.of("bob").makesRoom());
        List<Long> taken = new ArrayList<>();
        while (taken.size() < count || goesOn.getAsBoolean()) {
            long begin = System.nanoTime();
            client.posts("beside it");
            taken.add((System.nanoTime() - begin) / 1_000);
        }
        return taken.stream().sorted().skip(taken.size() / 2).findFirst().orElseThrow();
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

    private static Handshake from(String forwardedFor, Handshake handshake) {
        return handshake.with("X-Forwarded-For", forwardedFor);
    }
}
