package parley.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.opentest4j.TestAbortedException;
import parley.kit.ChatClient;
import parley.kit.EventStream;
import parley.server.Balancer;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each installed proxy in front of the shared cluster, started by the first use. Each has a client that is idle since then. Proxies and
 * clients end with this JVM.
 */
final class Proxies {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient DIRECT = HttpClient.newHttpClient();
    private static final Map<Balancer, RunningProxy> RUNNING = new EnumMap<>(Balancer.class);
    private static final Map<Balancer, IdleClient> IDLE = new EnumMap<>(Balancer.class);

    /**
     * A client subscribed to a room without traffic.
     *
     * @param stream a stream of the same room
     * @param since when it connected, by {@link System#nanoTime}
     */
    record IdleClient(ChatClient client, EventStream stream, String room, long since) {}

    private Proxies() {
    }

    /** Starts the proxies and connects the idle clients, unless that is done. */
    static void start() throws Exception {
        if (!RUNNING.isEmpty()) {
            return;
        }
        List<String> instances = TestCluster.shared().instances().stream().map(Instance::address).toList();
        for (Balancer balancer : Balancer.values()) {
            try {
                RUNNING.put(balancer, RunningProxy.start(balancer, "/parley", "/parley", instances));
            } catch (TestAbortedException notInstalled) {
                continue;
            }
            String room = createRoom(balancer);
            IDLE.put(balancer, new IdleClient(connect(balancer, "carol").joins(room), stream(balancer, "bob", room), room,
                    System.nanoTime()));
        }
    }

    /** Requests through this proxy. If it is not installed, the test is skipped. */
    static ProxyClient client(Balancer balancer) {
        RunningProxy proxy = RUNNING.get(balancer);
        if (proxy == null) {
            throw new TestAbortedException(balancer + " is not installed");
        }
        return proxy.client();
    }

    /** The idle client of this proxy. If it is not installed, the test is skipped. */
    static IdleClient idle(Balancer balancer) {
        client(balancer);
        return IDLE.get(balancer);
    }

    static int port(Balancer balancer) {
        return RUNNING.get(balancer).setup().port();
    }

    /** A client of this user through the proxy. */
    static ChatClient connect(Balancer balancer, String user) throws Exception {
        URI socket = URI.create("wss://localhost:" + port(balancer) + "/parley/ws");
        return ChatClient.withToken(token(user), socket, client(balancer).http(), client(balancer).origin());
    }

    /** A stream of this user and room through the proxy. */
    static EventStream stream(Balancer balancer, String user, String room) throws Exception {
        URI base = URI.create(client(balancer).origin() + "/parley");
        return EventStream.open(client(balancer).http(), base, token(user), Map.of("subscribe", List.of(Map.of("room", room))));
    }

    /** Creates a public room through the proxy and returns its id. */
    static String createRoom(Balancer balancer) throws Exception {
        String plaza = "{\"name\":\"Plaza " + UUID.randomUUID() + "\"}";
        HttpResponse<String> made = client(balancer).post("/parley/api/rooms", plaza, "Authorization", "Bearer " + token("alice"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JSON.readTree(made.body()).get("id").stringValue();
    }

    /** A token directly from an instance, because these tests are not about the sign-in. */
    static String token(String user, String... groups) throws IOException, InterruptedException {
        String who = JSON.writeValueAsString(Map.of("user", user, "name", user, "groups", List.of(groups)));
        URI issuer = URI.create(TestCluster.shared().instance(0).base() + "/dev/token");
        return JSON.readTree(DIRECT.send(HttpRequest.newBuilder(issuer).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(who)).build(), BodyHandlers.ofString()).body()).get("token").stringValue();
    }
}
