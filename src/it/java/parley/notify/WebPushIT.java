package parley.notify;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import tools.jackson.databind.JsonNode;

/** Web Push to a person without an open page, through a push service in this JVM. */
class WebPushIT {

    private final String room = Http.of("alice").createsPrivateRoom();
    private final String reader = "reader-" + UUID.randomUUID();
    private final Http requests = Http.of(reader);
    private final Browser browser = Browser.create();
    @AutoClose
    private final PushService service = new PushService();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);

    private HttpAnswer subscribes(String endpoint) {
        return requests.put("/api/me/push", Map.of("endpoint", endpoint,
                "keys", Map.of("p256dh", browser.p256dh(), "auth", browser.auth())));
    }

    // Before the browser subscribes, so that only mentions are pushed.
    private void joins() {
        assertThat(requests.get("/api/me/notifications").status()).as("the first sign-in").isEqualTo(200);
        assertThat(Http.of("alice").setsRole(room, reader, "member").status()).isEqualTo(204);
        await().until(() -> requests.get("/api/me/notifications").json(200).get("unread").intValue() == 1);
    }

    private long mentions(String text) {
        return alice.asks("message.post", Map.of("room", room, "key", UUID.randomUUID().toString(), "text", text,
                "mentions", List.of(reader))).offset();
    }

    private PushService.Received next() throws InterruptedException {
        PushService.Received push = service.received().poll(20, SECONDS);
        assertThat(push).as("a push").isNotNull();
        return push;
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://push.example.com/a", "https://127.0.0.1/a", "https://[::1]/a", "https://10.0.0.1/a",
        "https://169.254.169.254/latest/meta-data", "https://push.example.com:8443/a", "file:///etc/passwd", "push"})
    void refusesEndpointsOfNoPushService(String endpoint) {
        assertThat(subscribes(endpoint).problem()).isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"endpoint\":\"https://push.example.com/a\"}",
        "{\"endpoint\":\"https://push.example.com/a\",\"keys\":{\"p256dh\":\"AAAA\",\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\"}}",
        "{\"endpoint\":\"https://push.example.com/a\",\"keys\":{\"p256dh\":1,\"auth\":\"a\",\"more\":1}}"})
    void refusesBodiesThatNoBrowserWrites(String body) {
        assertThat(requests.putText("/api/me/push", body).problem()).isEqualTo("bad_request");
    }

    @Test
    void aNotificationIsPushedOnceAndWithdrawnWhenItIsRead() throws InterruptedException {
        assertThat(Base64.getUrlDecoder().decode(requests.get("/api/push-key").json(200).get("key").stringValue())).hasSize(65);
        joins();
        assertThat(subscribes(service.endpoint("a")).status()).isEqualTo(204);
        long message = mentions("not in the push");

        PushService.Received push = next();
        JsonNode shown = Json.read(browser.decrypt(push.body()));
        assertThat(shown.get("room").stringValue()).isEqualTo(room);
        assertThat(shown.get("offset").longValue()).isEqualTo(message);
        assertThat(shown.get("why").stringValue()).isEqualTo("mention");
        assertThat(shown.at("/by/id").stringValue()).isEqualTo("alice");
        assertThat(shown.has("text")).isFalse();

        assertThat(requests.post("/api/me/notifications/read", Map.of("upto", shown.get("id").longValue())).status()).isEqualTo(204);
        PushService.Received withdrawal = next();
        assertThat(browser.decrypt(withdrawal.body())).isEqualTo("{\"withdraw\":[" + shown.get("id") + "]}");
        assertThat(withdrawal.header("Topic")).isEqualTo(push.header("Topic"));
        assertThat(service.received()).isEmpty();
    }

    @Test
    void aBrowserThatTheServiceDoesNotKnowIsForgotten() throws InterruptedException {
        joins();
        assertThat(subscribes(service.endpoint("gone")).status()).isEqualTo(204);
        service.answers(410);
        mentions("to a browser that is gone");
        next();
        service.answers(201);
        assertThat(subscribes(service.endpoint("new")).status()).isEqualTo(204);
        mentions("to the other browser");
        JsonNode shown = Json.read(browser.decrypt(next().body()));
        assertThat(shown.get("why").stringValue()).isEqualTo("mention");
        assertThat(requests.delete("/api/me/push?endpoint=" + Http.escaped(service.endpoint("new"))).status()).isEqualTo(204);
        assertThat(service.received()).as("one push to the one browser").isEmpty();
    }
}
