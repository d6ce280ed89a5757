package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Json;
import parley.notify.Browser;
import parley.notify.PushService;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;

/**
 * A thousand notifications of people without an open page, while both instances are killed one after the other: none is missing, and what
 * is pushed again has the topic and the id of the first time, so that the push service and the service worker show it once.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@EnabledIfSystemProperty(named = "parley.trial", matches = "long", disabledReason = "waits for the leases of killed instances to end")
class PushSurvivalIT {

    private static final int NOTIFICATIONS = 1_000;
    /** Enough that no author reaches the limit of commands. */
    private static final int AUTHORS = 8;
    private static final int READERS = 3;

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What the browser of a reader was sent. */
    private static final class Reader {
        private final String id;
        private final Browser browser = Browser.create();
        /** By id of the notification: the offset of its message, and its topics. */
        private final Map<Long, Long> shown = new HashMap<>();
        private final Map<Long, Set<String>> topics = new HashMap<>();
        private int pushes;

        Reader(int number) {
            id = "reader-" + number + "-" + UUID.randomUUID();
        }

        void receives(PushService.Received push) {
            JsonNode json = Json.read(browser.decrypt(push.body()));
            if (json.get("why").stringValue().equals("mention")) {
                long notification = json.get("id").longValue();
                pushes++;
                shown.put(notification, json.get("offset").longValue());
                topics.computeIfAbsent(notification, first -> new TreeSet<>()).add(push.header("Topic"));
            }
        }
    }

    private final Cluster cluster = TestCluster.shared();
    private final String room = UUID.randomUUID().toString();
    @AutoClose
    private final PushService service = new PushService();
    private final List<Reader> readers = IntStream.range(0, READERS).mapToObj(Reader::new).toList();
    private final Map<String, List<Long>> mentioned = new HashMap<>();
    private final Map<Instance, List<ChatClient>> authors = new HashMap<>();
    private final Map<Instance, CompletableFuture<Void>> restarts = new HashMap<>();

    @Test
    void noNotificationIsMissingAndNoneIsShownTwice() throws Exception {
        Instance first = cluster.instance(0);
        send(first, "POST", "/api/rooms", "alice", Map.of("id", room, "name", "Room " + room));
        for (Reader reader : readers) {
            assertThat(send(first, "GET", "/api/me", reader.id, Map.of()).statusCode()).isEqualTo(200);
            assertThat(send(first, "PUT", "/api/rooms/" + room + "/members", "alice", Map.of("user", reader.id, "role", "member"))
                    .statusCode()).isEqualTo(204);
            assertThat(send(first, "PUT", "/api/me/push", reader.id, Map.of("endpoint", service.endpoint(reader.id), "keys",
                    Map.of("p256dh", reader.browser.p256dh(), "auth", reader.browser.auth()))).statusCode()).isEqualTo(204);
        }
        long start = System.nanoTime();
        for (int i = 0; i < NOTIFICATIONS; i++) {
            if (i == NOTIFICATIONS / 4) {
                killAndRestart(cluster.instance(0));
            } else if (i == NOTIFICATIONS * 3 / 4) {
                restarts.get(cluster.instance(0)).join();
                killAndRestart(cluster.instance(1));
            }
            post(i);
        }
        restarts.values().forEach(CompletableFuture::join);
        double posted = (System.nanoTime() - start) / 1e9;

        await().atMost(Duration.ofMinutes(4)).until(() -> {
            receive();
            return readers.stream().mapToInt(reader -> reader.shown.size()).sum() == NOTIFICATIONS;
        });
        double pushed = (System.nanoTime() - start) / 1e9;
        // A repetition comes when the lease of a killed instance ends.
        await().atMost(Duration.ofMinutes(2)).until(this::noJobIsLeft);
        receive();
        int pushes = readers.stream().mapToInt(reader -> reader.pushes).sum();
        System.out.printf("%,d notifications, both instances killed once: posted within %.0f s, all pushed after %.0f s, %d pushed again%n",
                NOTIFICATIONS, posted, pushed, pushes - NOTIFICATIONS);
        for (Reader reader : readers) {
            assertThat(reader.shown.values()).as("messages shown, each by one notification")
                    .containsExactlyInAnyOrderElementsOf(mentioned.get(reader.id));
            assertThat(stored(reader)).isEqualTo(reader.shown);
            assertThat(reader.topics).allSatisfy((id, topics) -> assertThat(topics).containsExactly("n" + id));
        }
        authors.values().forEach(clients -> clients.forEach(ChatClient::close));
    }

    private void receive() {
        List<PushService.Received> arrived = new ArrayList<>();
        service.received().drainTo(arrived);
        arrived.forEach(push -> readers.stream().filter(reader -> push.path().endsWith(reader.id)).findFirst().orElseThrow().receives(push));
    }

    // While the clients post through the other instance.
    private void killAndRestart(Instance instance) {
        List<ChatClient> gone = authors.remove(instance);
        restarts.put(instance, CompletableFuture.runAsync(() -> {
            instance.kill();
            instance.start();
        }));
        if (gone != null) {
            gone.forEach(client -> assertThat(client.closeCode()).isEqualTo(1006));
        }
    }

    // The key makes a repetition through the other instance harmless.
    private void post(int number) {
        Reader reader = readers.get(number % READERS);
        Map<String, Object> fields = Map.of("room", room, "key", "key-" + number, "text", "message " + number, "mentions",
                List.of(reader.id));
        Instance instance = cluster.instance(number % 2);
        CompletableFuture<Void> restart = restarts.get(instance);
        Instance running = restart == null || restart.isDone() ? instance : cluster.instance(1 - number % 2);
        long offset = author(running, number).asks("message.post", fields).offset();
        mentioned.computeIfAbsent(reader.id, first -> new ArrayList<>()).add(offset);
    }

    private ChatClient author(Instance instance, int number) {
        List<ChatClient> clients = authors.computeIfAbsent(instance, first -> IntStream.range(0, AUTHORS).mapToObj(n ->
                ChatClient.withToken(token(instance, "author-" + n), instance.socket("/ws")).joins(room)).toList());
        return clients.get(number / 2 % AUTHORS);
    }

    private Map<Long, Long> stored(Reader reader) throws Exception {
        Map<Long, Long> stored = new HashMap<>();
        String before = "";
        while (true) {
            JsonNode page = Json.read(send(cluster.instance(1), "GET", "/api/me/notifications?limit=100" + before, reader.id, Map.of())
                    .body());
            page.get("notifications").forEach(one -> {
                if (one.get("why").stringValue().equals("mention")) {
                    stored.put(one.get("id").longValue(), one.get("offset").longValue());
                }
            });
            if (!page.get("more").booleanValue()) {
                return stored;
            }
            before = "&before=" + page.get("notifications").get(page.get("notifications").size() - 1).get("id");
        }
    }

    private boolean noJobIsLeft() throws Exception {
        try (var connection = cluster.databaseConnection(); var sql = connection.createStatement();
                var rows = sql.executeQuery("select count(*) from push_job")) {
            return rows.next() && rows.getLong(1) == 0;
        }
    }

    private static String token(Instance instance, String user) {
        try {
            return Json.read(HTTP.send(request(instance, "POST", "/dev/token", Map.of("user", user)).build(), BodyHandlers.ofString())
                    .body()).get("token").stringValue();
        } catch (IOException refused) {
            throw new AssertionError(refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private static HttpResponse<String> send(Instance instance, String method, String path, String user, Map<String, ?> body)
            throws Exception {
        return HTTP.send(request(instance, method, path, body).header("Authorization", "Bearer " + token(instance, user)).build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(Instance instance, String method, String path, Map<String, ?> body) {
        return HttpRequest.newBuilder(URI.create(instance.base() + path)).header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.text(body)));
    }
}
