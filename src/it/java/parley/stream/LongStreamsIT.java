package parley.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.EventStream;
import parley.kit.EventStream.Kind;
import parley.kit.EventStream.Sent;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;

/** What a stream shows only after many seconds. All waits begin together. */
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "it doesn't depend on the database")
class LongStreamsIT {

    private static final String LONGEST = "\uD83D\uDE00".repeat(4_000);
    /** More than the buffers of both kernels take: 10 MB. */
    private static final int HUNDREDS = 6;
    private static final int MOST_WAITING = 2 << 20;

    private static String room;
    private static ChatClient alice;
    private static long begun;
    private static List<EventStream> quiet;
    private static long slowBefore;
    private static Socket deaf;

    @BeforeAll
    static void begin() throws IOException {
        String loud = Http.of("alice").createsRoom();
        long first;
        String epoch;
        try (ChatClient poster = ChatClient.of("alice").joins(loud)) {
            epoch = poster.subscribes(loud).get("epoch").stringValue();
            first = poster.posts("first");
            for (int hundred = 0; hundred < HUNDREDS; hundred++) {
                IntStream.range(0, 100).mapToObj(i -> poster.sends("message.post", Map.of("room", loud, "key", UUID.randomUUID().toString(),
                        "text", LONGEST))).toList().forEach(reply -> reply.join().ok());
            }
        }
        slowBefore = Server.metric("parley_connections_slow_total");
        deaf = new Socket();
        deaf.setReceiveBufferSize(4_096);
        deaf.connect(new InetSocketAddress(Server.base().getHost(), Server.base().getPort()));
        String request = "GET " + Server.base().getPath() + "/api/rooms/" + loud + "/events?since=" + epoch + ":" + first
                + " HTTP/1.1\r\nHost: localhost:" + Server.base().getPort() + "\r\nAuthorization: Bearer " + Tokens.of("bob") + "\r\n\r\n";
        deaf.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

        room = Http.of("alice").createsRoom();
        alice = ChatClient.of("alice").joins(room);
        begun = System.nanoTime();
        quiet = Stream.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)
                .map(version -> HttpClient.newBuilder().version(version).build())
                .map(client -> EventStream.open(client, Server.base(), Tokens.of("carol"),
                        Map.of("subscribe", List.of(Map.of("room", room))))).toList();
    }

    @AfterAll
    static void end() throws IOException {
        deaf.close();
        quiet.forEach(EventStream::close);
        alice.close();
    }

    @Test
    void aCommentComesEveryFifteenSecondsOverEachVersionOfHttp() {
        assertThat(quiet).extracting(EventStream::version).containsExactly(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2);
        for (EventStream stream : quiet) {
            Sent next = stream.next();
            while (next.kind() == Kind.FRAME) {
                next = stream.next(16_000);
            }
            assertThat(next.kind()).isEqualTo(Kind.COMMENT);
            assertThat(Duration.ofNanos(next.at() - begun)).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(17));
        }
        alice.posts("after a quiet time");
        quiet.forEach(stream -> stream.upTo(posted("after a quiet time")));
    }

    @Test
    void aClientThatDoesNotReadCostsLittleAndIsClosed() {
        assertThat(Server.metric("parley_outbox_largest_bytes")).isLessThan(MOST_WAITING);
        alice.posts("unaffected");
        alice.receives(posted("unaffected"));
        Awaitility.await().atMost(Duration.ofSeconds(45)).until(() -> Server.metric("parley_connections_slow_total") > slowBefore);
    }
}
