package parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;

/** Deploying again and again leaves nothing of what was there before. */
class RedeploymentIT {

    private static final String LOADER = "org.glassfish.web.loader.WebappClassLoader";
    private static final int TIMES = 5;
    /** The server's caches keep a request, and with it an exception's trace, until they use it again. */
    private static final int KEPT_FOR_A_WHILE = 2;

    @Test
    void nothingIsLeftOfEarlierDeployments() throws Exception {
        TestServer.deployAgain();
        chat();
        long loaders = LiveHeap.instances(TestServer.process(), LOADER);
        List<String> threads = threads();
        Set<InetSocketAddress> ports = Sockets.listening(TestServer.process());

        for (int i = 0; i < TIMES; i++) {
            TestServer.deployAgain();
            chat();
        }

        await("class loaders").atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(LiveHeap.instances(TestServer.process(), LOADER))
                        .isLessThanOrEqualTo(loaders + KEPT_FOR_A_WHILE));
        assertThat(threads()).containsExactlyInAnyOrderElementsOf(threads);
        assertThat(Sockets.listening(TestServer.process())).containsExactlyInAnyOrderElementsOf(ports);
    }

    // Every part of the application has been at work: sockets, REST, bodies.
    private static void chat() {
        String room = Http.of("alice").makesRoom();
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            alice.posts("hello");
            assertThat(Http.of("alice").get("/api/rooms/" + room + "/messages").status()).isEqualTo(200);
            assertThat(Http.of("alice").post("/api/tickets", Map.of()).status()).isEqualTo(200);
        }
    }

    private static List<String> threads() {
        return LiveHeap.threads(TestServer.process()).stream().filter(name -> name.startsWith("parley-")).toList();
    }
}
