package parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;

/** Repeated deployments leak no class loaders, threads or ports. */
class RedeploymentIT {

    private static final String LOADER = "org.glassfish.web.loader.WebappClassLoader";
    private static final int TIMES = 3;
    /** Pooled requests of the server may still reference an earlier class loader until they are reused. */
    private static final int HELD_BY_POOLS = 2;

    @Test
    void redeploymentLeaksNothing() throws Exception {
        TestServer.redeploy();
        chat();
        long loaders = Jcmd.liveInstances(TestServer.process(), LOADER);
        List<String> threads = threads();
        Set<InetSocketAddress> ports = Sockets.listening(TestServer.process());

        for (int i = 0; i < TIMES; i++) {
            TestServer.redeploy();
            chat();
        }

        await("class loaders").atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(Jcmd.liveInstances(TestServer.process(), LOADER))
                        .isLessThanOrEqualTo(loaders + HELD_BY_POOLS));
        assertThat(threads()).containsExactlyInAnyOrderElementsOf(threads);
        assertThat(Sockets.listening(TestServer.process())).containsExactlyInAnyOrderElementsOf(ports);
    }

    @Test
    void whatWasReadAMomentBeforeIsKept() {
        String reader = "reader-" + UUID.randomUUID();
        String room = Http.of("alice").createsRoom();
        try (ChatClient alice = ChatClient.of("alice").joins(room); ChatClient bob = ChatClient.of(reader).joins(room)) {
            long last = alice.posts("hello");
            assertThat(unread(reader, room)).isOne();
            bob.asks("read", Map.of("room", room, "upto", last)).ok();
        }
        TestServer.redeploy();
        assertThat(unread(reader, room)).isZero();
    }

    private static int unread(String reader, String room) {
        return Http.of(reader).get("/api/me/rooms").json(200).get("rooms").valueStream()
                .filter(one -> one.get("id").stringValue().equals(room)).findFirst().orElseThrow().get("unread").intValue();
    }

    // Uses every part of the application: sockets, REST, request bodies.
    private static void chat() {
        String room = Http.of("alice").createsRoom();
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            alice.posts("hello");
            assertThat(Http.of("alice").get("/api/rooms/" + room + "/messages").status()).isEqualTo(200);
            assertThat(Http.of("alice").post("/api/tickets", Map.of()).status()).isEqualTo(200);
        }
    }

    private static List<String> threads() {
        return Jcmd.threadNames(TestServer.process()).stream().filter(name -> name.startsWith("parley-")).toList();
    }
}
