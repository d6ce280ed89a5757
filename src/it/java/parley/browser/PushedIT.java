package parley.browser;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.Server;
import parley.notify.PushService;

/**
 * Web Push to a person without an open page, in a real browser. The push service is in this JVM, because a browser without a window can't
 * subscribe to one: it decrypts what the server sends, and the browser's service worker gets that as if the browser had received it.
 */
class PushedIT {

    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(2);
    private static final String SHOWN = """
            async () => {
              const [registration] = await navigator.serviceWorker.getRegistrations();
              return (await registration.getNotifications()).map(({ title, body, tag }) => [title, body, tag]);
            }""";

    private final String room = Http.of("alice").createsPrivateRoom();
    private final String reader = "reader-" + UUID.randomUUID();
    private final Http requests = Http.of(reader);
    private final parley.notify.Browser keys = parley.notify.Browser.create();
    private final Browser browser = Browser.start();
    @AutoClose
    private final PushService service = new PushService();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);

    private Page page;
    private CDPSession devtools;
    private String worker;

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void showsAPushOnceAndWithdrawsIt() throws InterruptedException {
        registersTheWorker();
        subscribes();
        long before = System.nanoTime();
        mentions();
        String push = next();
        delivers(push);
        await().atMost(SHOWN_WITHIN).pollInterval(Duration.ofMillis(20)).until(() -> shown().size() == 1);
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        System.out.printf("A pushed notification is shown %d ms after the post%n", took.toMillis());
        assertThat(took).isLessThan(SHOWN_WITHIN);
        String id = Json.read(push).get("id").toString();
        List<String> first = List.of(Json.read(push).at("/by/name").stringValue(), "Mentioned you", id);
        assertThat(shown()).containsExactly(first);

        // A push service may deliver twice.
        delivers(push);
        mentions();
        String second = next();
        delivers(second);
        String other = Json.read(second).get("id").toString();
        await().until(() -> shown().size() > 1);
        assertThat(shown()).map(List::getLast).containsExactlyInAnyOrder(id, other);

        assertThat(requests.post("/api/me/notifications/read", Map.of("upto", Long.parseLong(id))).status()).isEqualTo(204);
        delivers(next());
        await().until(() -> shown().equals(List.of(List.of(first.getFirst(), "Mentioned you", other))));
        // The browser looks for an icon of the picture that is open in place of the page.
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("incognito") || complaint.contains("404"));
    }

    // As the page does it when the person turns Web Push on. Then no page of the chat is open.
    private void registersTheWorker() {
        page = browser.opensPortal(800, 600);
        String origin = Server.base().resolve("/").toString().replaceFirst("/$", "");
        page.context().grantPermissions(List.of("notifications"), new com.microsoft.playwright.BrowserContext.GrantPermissionsOptions()
                .setOrigin(origin));
        var found = new AtomicReference<String>();
        devtools = page.context().newCDPSession(page);
        devtools.on("ServiceWorker.workerRegistrationUpdated", event -> event.getAsJsonArray("registrations").forEach(one -> {
            if (one.getAsJsonObject().get("scopeURL").getAsString().startsWith(Server.base().toString())) {
                found.set(one.getAsJsonObject().get("registrationId").getAsString());
            }
        }));
        devtools.send("ServiceWorker.enable");
        String refused = (String) page.evaluate("""
                async (key) => {
                  const { Push } = await import('/parley/chat/notify/push.js');
                  return new Push(() => ({ pushKey: async () => key })).turnOn().then(() => '', ({ message }) => message);
                }""", requests.get("/api/push-key").json(200).get("key").stringValue());
        assertThat(refused).as("the worker is active, and the browser has no push service")
                .isEqualTo("Registration failed - permission denied");
        page.navigate(Server.at("/favicon.svg").toString());
        await().until(() -> {
            page.evaluate("1");
            return found.get() != null;
        });
        worker = found.get();
    }

    private void subscribes() {
        assertThat(Http.of("alice").setsRole(room, reader, "member").status()).isEqualTo(204);
        await().until(() -> requests.get("/api/me/notifications").json(200).get("unread").intValue() == 1);
        assertThat(requests.put("/api/me/push", Map.of("endpoint", service.endpoint("browser"),
                "keys", Map.of("p256dh", keys.p256dh(), "auth", keys.auth()))).status()).isEqualTo(204);
    }

    private void mentions() {
        alice.asks("message.post", Map.of("room", room, "key", UUID.randomUUID().toString(), "text", "Look",
                "mentions", List.of(reader))).offset();
    }

    private String next() throws InterruptedException {
        PushService.Received push = service.received().poll(20, SECONDS);
        assertThat(push).as("a push").isNotNull();
        return keys.decrypt(push.body());
    }

    private void delivers(String data) {
        JsonObject push = new JsonObject();
        push.addProperty("origin", Server.base().resolve("/").toString().replaceFirst("/$", ""));
        push.addProperty("registrationId", worker);
        push.addProperty("data", data);
        devtools.send("ServiceWorker.deliverPushMessage", push);
    }

    private List<List<String>> shown() {
        return ((List<?>) page.evaluate(SHOWN)).stream().map(one -> ((List<?>) one).stream().map(String::valueOf).toList()).toList();
    }
}
