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
import parley.kit.EventStream;
import parley.kit.ForgedToken;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.RawFrame;
import parley.kit.RawSocket;
import parley.kit.Reply;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Clients that exceed a quota, and bystanders. Each test uses its own address, by a proxy header. */
abstract class SmallQuotas {

    /** The settings that these tests need. The tests act as the proxy. */
    static final Map<String, String> SETTINGS = Map.of("parley.proxies", "127.0.0.1, ::1", "parley.limits.user.connections", "10",
            "parley.limits.address.connections", "20", "parley.limits.user.commands", "20000", "parley.limits.user.refusals", "100",
            "parley.limits.user.calls", "400", "parley.limits.address.calls", "800", "parley.limits.address.handshakes", "400");

    private static final int POSTS = 60;
    /** JSR 356 closes a socket with unread bytes, so the client may see only a TCP reset. */
    private static final List<Integer> FLOOD_OR_RESET = List.of(4102, 1006);
    private static final AtomicInteger LAST = new AtomicInteger();

    private final String user = "user-" + UUID.randomUUID();
    private final String address = "203.0.113." + LAST.incrementAndGet();

    @Test
    void closesAClientThatFloodsWithJoins() {
        String room = Http.of("alice").createsRoom();
        Http bob = Http.of("bob");
        try (ChatClient flooder = ChatClient.of(user); ChatClient bystander = ChatClient.of("bob")) {
            flood(flooder, 100_000, "room.join", () -> Map.of("room", room)).ifPresent(refusal -> {
                assertThat(refusal.get("code").stringValue()).isEqualTo("rate_limited");
                assertThat(refusal.get("temporary").booleanValue()).isTrue();
                assertThat(refusal.get("retryAfter").longValue()).isBetween(1L, 1_000L);
            });
            assertThat(flooder.closeCode()).isIn(FLOOD_OR_RESET);
            assertThat(bystander.asks("room.join", Map.of("room", room)).offset()).isPositive();
            assertThat(bob.get("/api/rooms").status()).isEqualTo(200);
        }
    }

    @Test
    void aReconnectingFlooderDoesNotDelayOthers() throws Exception {
        String room = Http.of("alice").createsRoom();
        try (ChatClient flooder = ChatClient.of(user)) {
            flooder.asks("room.join", Map.of("room", room)).ok();
        }
        try (ChatClient bystander = ChatClient.of("bob")) {
            long quiet = medianOfPosts(bystander);
            // Uses up the burst allowance before measuring.
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
            assertThat(beside).as("a bystander's post, in microseconds").isLessThan(3 * quiet + 100_000);
        }
    }

    private void floodsWithPosts(String room) {
        try (ChatClient flooder = ChatClient.of(user)) {
            flood(flooder, 10_000, "message.post", () -> Map.of("room", room, "key", UUID.randomUUID().toString(), "text", "flood"))
                    .ifPresent(refusal -> assertThat(refusal.get("code").stringValue()).isEqualTo("rate_limited"));
            assertThat(flooder.closeCode()).isIn(FLOOD_OR_RESET);
        }
    }

    @Test
    void acceptsCommandsAgainAfterRetryAfter() {
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
    void refusesOneConnectionTooManyOfAUser() {
        List<RawSocket> all = open(10, () -> Handshake.of(user));
        try {
            assertRateLimited(Handshake.of(user).refused());
            Handshake.of("bob").accepted();
            all.removeLast().close();
            await().atMost(5, SECONDS).until(() -> answer(Handshake.of(user)) == 101);
        } finally {
            all.forEach(RawSocket::close);
        }
    }

    @Test
    void refusesOneStreamTooManyOfAUserWhoHasSockets() {
        List<RawSocket> sockets = open(5, () -> Handshake.of(user));
        List<EventStream> streams = Stream.generate(() -> EventStream.open(Tokens.of(user), Map.of())).limit(5).toList();
        try {
            streams.forEach(stream -> assertThat(stream.status()).isEqualTo(200));
            assertRateLimited(Http.of(user).post("/api/stream", Map.of()));
            assertRateLimited(Handshake.of(user).refused());
        } finally {
            streams.forEach(EventStream::close);
            sockets.forEach(RawSocket::close);
        }
    }

    @Test
    void refusesOneConnectionTooManyOfAnAddress() {
        List<RawSocket> all = open(20, () -> from(address, Handshake.of("user-" + UUID.randomUUID())));
        try {
            assertRateLimited(from(address, Handshake.of("bob")).refused());
            from("198.51.100.1, " + address, Handshake.of("bob")).refused();
            from(address + ", 198.51.100.1", Handshake.of("bob")).accepted();
        } finally {
            all.forEach(RawSocket::close);
        }
    }

    @Test
    void keepsTheBoundForSimultaneousConnections() {
        List<RawSocket> all = IntStream.range(0, 20).parallel()
                .mapToObj(i -> RawSocket.requesting(from(address, Handshake.of(user)))).toList();
        try {
            assertThat(all).allSatisfy(socket -> assertThat(socket.answered().status()).isIn(101, 429));
            await().atMost(5, SECONDS).until(() -> answer(from(address, Handshake.of(user))) == 429);
            List<RawSocket> taken = all.stream().filter(socket -> socket.answered().status() == 101).toList();
            int staying = 0;
            for (RawSocket socket : taken) {
                if (socket.readsAfterPings().opcode() == RawFrame.TEXT) {
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
    void refusesTooManyHandshakesOfAnAddress() {
        HttpAnswer answer = from(address, presenting(ForgedToken.EXPIRED.token())).refused();
        assertThat(answer.status()).isEqualTo(401);
        await().atMost(5, SECONDS).until(() -> Server.log().contains("Handshake from " + address + " refused with 401"));
        for (int i = 0; i < 500 && answer.status() == 401; i++) {
            answer = from(address, presenting("nonsense")).refused();
        }
        assertRateLimited(answer);
        // On a busy machine the next handshake may come when another one is allowed again.
        assertThat(IntStream.range(0, 100).map(i -> answer(from(address, Handshake.of("bob")))).anyMatch(status -> status == 429)).isTrue();
        Handshake.of("bob").accepted();
    }

    @Test
    void refusesTooManyCallsOfAUser() {
        Http caller = Http.of(user);
        assertRateLimited(until429(() -> caller.get("/api/rooms?limit=1"), 1_000));
        assertThat(Http.of("bob").get("/api/rooms").status()).isEqualTo(200);
    }

    @Test
    void refusesTooManyCallsOfAnAddress() {
        assertRateLimited(until429(() -> Http.anonymous().from(address).get("/api/rooms"), 2_500));
        assertThat(Http.anonymous().get("/api/rooms").status()).isEqualTo(401);
    }

    /** Sends commands as fast as possible until the connection closes. Returns one refusal; empty if a reset lost all of them. */
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

    /** The median time from a post to its reply, in microseconds. */
    private static long medianOfPosts(ChatClient client) {
        client.joins(Http.of("bob").createsRoom());
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
        boolean limited = IntStream.range(0, most).anyMatch(i -> (last[0] = call.get()).status() == 429);
        assertThat(limited).as("one of %d calls gets 429", most).isTrue();
        return last[0];
    }

    private static void assertRateLimited(HttpAnswer answer) {
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

    // Not in the Authorization header, which the server checks before Parley does.
    private static Handshake presenting(String token) {
        return Handshake.anonymous().with("Sec-WebSocket-Protocol", "parley.v1, bearer." + token);
    }

    private static Handshake from(String forwardedFor, Handshake handshake) {
        return handshake.with("X-Forwarded-For", forwardedFor);
    }
}
