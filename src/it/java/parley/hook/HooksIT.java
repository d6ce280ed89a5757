package parley.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.kit.Expected.posted;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.HookReceiver;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Webhooks to a receiver on this machine, which the settings allow, and messages that other programs post. */
class HooksIT {

    private final Http requests = Http.of("alice");
    private final String room = requests.createsPrivateRoom();
    @AutoClose
    private final HookReceiver receiver = HookReceiver.on(Server.hooksPort());
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice");

    HooksIT() {
        alice.subscribes(room);
    }

    private JsonNode adds(Map<String, ?> hook) {
        return requests.post(path(""), hook).json(201);
    }

    private String path(String rest) {
        return "/api/rooms/" + room + "/hooks" + rest;
    }

    private JsonNode shown(String hook) {
        return requests.get(path("")).json(200).get("hooks").valueStream().filter(one -> one.get("id").stringValue().equals(hook))
                .findFirst().orElseThrow();
    }

    private List<String> statuses(String hook) {
        return requests.get(path("/" + hook + "/attempts")).json(200).get("attempts").valueStream()
                .map(attempt -> attempt.get("status").stringValue()).toList();
    }

    // As an integrator does it.
    private static String signature(String secret, HookReceiver.Received received) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(
                (received.id() + "." + received.timestamp() + "." + received.body()).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void receiversThatAreNotPublicAndUnknownTypesAreRefused() {
        for (String url : List.of("http://a.example/", "https://127.0.0.1/", "https://[::1]/", "https://a.example:8443/",
                "https://u@a.example/", "http://localhost:" + Server.base().getPort() + "/", "file:///etc/passwd", "x")) {
            assertThat(requests.post(path(""), Map.of("url", url)).problem()).as(url).isEqualTo("bad_request");
        }
        assertThat(requests.post(path(""), Map.of("url", receiver.url(), "events", List.of("message.read"))).problem())
                .isEqualTo("bad_request");
        assertThat(requests.post(path(""), Map.of("kind", "jms")).problem()).isEqualTo("forbidden");
        assertThat(requests.get(path("")).json(200).get("hooks")).isEmpty();
    }

    @Test
    void eventsArriveInOrderAndSigned() throws Exception {
        JsonNode hook = adds(Map.of("url", receiver.url(), "events", List.of("message.posted", "message.deleted")));
        String secret = hook.get("secret").stringValue();
        long first = alice.posts("one");
        alice.posts("two");
        requests.setsRole(room, "bob", "member");
        alice.asks("message.delete", Map.of("room", room, "message", first)).ok();

        HookReceiver.Received one = receiver.receives();
        String epoch = hook.get("epoch").stringValue();
        assertThat(one.id()).isEqualTo(room + ":" + epoch + ":" + first).isEqualTo(one.event().get("id").stringValue());
        assertThat(one.type()).startsWith("application/cloudevents+json");
        assertThat(one.signature()).isEqualTo(signature(secret, one));
        assertThat(Instant.ofEpochSecond(Long.parseLong(one.timestamp()))).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(receiver.receives().data().get("text").stringValue()).isEqualTo("two");
        HookReceiver.Received third = receiver.receives();
        assertThat(third.event().get("type").stringValue()).isEqualTo("message.deleted");
        assertThat(third.event().get("subject").stringValue()).isEqualTo("" + first);

        String id = hook.get("id").stringValue();
        assertThat(shown(id).has("secret")).isFalse();
        String next = requests.send(HttpRequest.newBuilder(Server.at(path("/" + id + "/secret"))).POST(BodyPublishers.noBody()))
                .json(200).get("secret").stringValue();
        alice.posts("three");
        HookReceiver.Received rotated = receiver.receives();
        assertThat(rotated.signature().split(" ")).containsExactly(signature(next, rotated), signature(secret, rotated));
        assertThat(requests.delete(path("/" + id)).status()).isEqualTo(204);
        assertThat(requests.get(path("/" + id + "/attempts")).problem()).isEqualTo("not_found");
    }

    @Test
    void eachOutcomeHasItsNameAndTheEventIsTriedAgain() {
        String hook = adds(Map.of("url", receiver.url())).get("id").stringValue();
        receiver.answers(500, 302, HookReceiver.HANGS);
        alice.posts("at last");
        alice.posts("next");

        assertThat(receiver.receives().data().get("text").stringValue()).isEqualTo("at last");
        assertThat(receiver.receives().data().get("text").stringValue()).isEqualTo("next");
        await().untilAsserted(() -> assertThat(statuses(hook))
                .containsExactly("delivered", "delivered", "timed out", "redirected", "answered 500"));
        JsonNode failed = requests.get(path("/" + hook + "/attempts")).json(200).get("attempts").get(4);
        assertThat(failed.get("answer").stringValue()).isEqualTo("The disk is full");
        assertThat(failed.get("attempt").intValue()).isOne();
        await().until(() -> shown(hook).get("offset").equals(shown(hook).get("head")));
        assertThat(shown(hook).has("failing")).isFalse();
    }

    @Test
    void aDisabledWebhookGoesOnWhereItStoppedWithoutWhatWasDeleted() {
        String hook = adds(Map.of("url", receiver.url(), "events", List.of("message.posted"))).get("id").stringValue();
        receiver.answers(410);
        try (ChatClient watcher = ChatClient.of("alice")) {
            watcher.asks("watch", Map.of()).ok();
            long first = alice.posts("to be deleted");
            JsonNode added = watcher.receives(new Expected("the notice", event -> event.toString().contains("service:webhooks")));
            assertThat(added.toString()).doesNotContain(URI.create(receiver.url()).getPath());
            assertThat(shown(hook).get("disabled").get("why").stringValue()).isEqualTo("answered 410");
            alice.asks("message.delete", Map.of("room", room, "message", first)).ok();
            alice.posts("kept");
        }
        assertThat(requests.patch(path("/" + hook), Map.of("enabled", true)).json(200).has("disabled")).isFalse();
        JsonNode deleted = receiver.receives().data();
        assertThat(deleted.get("deleted").booleanValue()).isTrue();
        assertThat(deleted.has("text")).isFalse();
        assertThat(receiver.receives().data().get("text").stringValue()).isEqualTo("kept");
    }

    @Test
    void aWebhookCanBeSwitchedOffAndPassOverEvents() {
        String hook = adds(Map.of("url", receiver.url())).get("id").stringValue();
        assertThat(requests.patch(path("/" + hook), Map.of("enabled", false)).json(200).get("disabled").get("why").stringValue())
                .isEqualTo("switched off");
        alice.posts("passed over");
        requests.patch(path("/" + hook), Map.of("enabled", true, "skip", true)).json(200);
        alice.posts("after");
        assertThat(receiver.receives().data().get("text").stringValue()).isEqualTo("after");
    }

    @Test
    void roomsWithoutALogAndDirectRoomsHaveNoWebhooksAndARoomHasABoundedNumber() {
        Map<String, String> hook = Map.of("url", receiver.url());
        for (int i = 0; i < 10; i++) {
            adds(hook);
        }
        assertThat(requests.post(path(""), hook).problem()).isEqualTo("conflict");
        String forgetful = requests.post("/api/rooms", Map.of("name", "Room " + UUID.randomUUID(), "kind", "private", "retention", "none"))
                .json(201).get("id").stringValue();
        assertThat(requests.post("/api/rooms/" + forgetful + "/hooks", hook).problem()).isEqualTo("conflict");
        Tokens.signIn("bob");
        String direct = requests.put("/api/direct", Map.of("users", List.of("bob"))).json().get("id").stringValue();
        assertThat(requests.post("/api/rooms/" + direct + "/hooks", hook).problem()).isEqualTo("forbidden");
    }

    @Test
    void messagesOfOtherProgramsAreThoseOfAService() {
        JsonNode hook = requests.post("/api/rooms/" + room + "/incoming-hooks", Map.of("name", "Build server")).json(201);
        String url = hook.get("url").stringValue();
        assertThat(sends(url, "{\"text\":\"Build 7 <https://ci.example/7|failed>\"}").body()).isEqualTo("ok");
        JsonNode message = alice.receives(posted("Build 7 [failed](https://ci.example/7)"));
        assertThat(message.get("by")).isEqualTo(hook.get("user"));
        assertThat(message.get("by").get("id").stringValue()).isEqualTo("service:hook-" + hook.get("id").stringValue());
        assertThat(message.get("by").get("name").stringValue()).isEqualTo("Build server");

        assertThat(sends(url, "{}").problem()).isEqualTo("bad_request");
        assertThat(sends(url + "x", "{\"text\":\"a\"}").problem()).isEqualTo("not_found");
        sends(url, "{\"text\":\"once\"}", "webhook-id", "evt-1");
        sends(url, "{\"text\":\"once\"}", "webhook-id", "evt-1");
        alice.receives(posted("once"));
        assertThat(requests.put("/api/rooms/" + room + "/bans", Map.of("user", hook.get("user").get("id"))).status()).isEqualTo(204);
        assertThat(sends(url, "{\"text\":\"a\"}").problem()).isEqualTo("forbidden");
        alice.posts("last");
        assertThat(alice.receivesUpTo(posted("last"))).noneMatch(event -> event.path("text").asString("").equals("once"));

        JsonNode listed = requests.get("/api/rooms/" + room + "/incoming-hooks").json(200).get("hooks").get(0);
        assertThat(listed.has("url")).isFalse();
        assertThat(requests.delete("/api/rooms/" + room + "/incoming-hooks/" + hook.get("id").stringValue()).status()).isEqualTo(204);
        assertThat(sends(url, "{\"text\":\"a\"}").problem()).isEqualTo("not_found");
    }

    @Test
    void aSignedHookTakesARequestOnceAndNoOthers() throws Exception {
        JsonNode hook = requests.post("/api/rooms/" + room + "/incoming-hooks", Map.of("name", "CI", "signed", true)).json(201);
        String url = hook.get("url").stringValue();
        String body = "{\"text\":\"signed\"}";
        String now = "" + Instant.now().getEpochSecond();
        String signature = signature(hook.get("secret").stringValue(), new HookReceiver.Received("evt-2", now, "", "", body));
        String[] headers = {"webhook-id", "evt-2", "webhook-timestamp", now, "webhook-signature", signature};
        assertThat(sends(url, body).problem()).isEqualTo("unauthorized");
        assertThat(sends(url, body.replace("signed", "forged"), headers).problem()).isEqualTo("unauthorized");
        assertThat(sends(url, body, headers).status()).isEqualTo(200);
        assertThat(sends(url, body, headers).status()).isEqualTo(200);
        alice.posts("last");
        assertThat(alice.receivesUpTo(posted("last"))).filteredOn(event -> event.path("text").asString("").equals("signed")).hasSize(1);
    }

    @Test
    void theHooksOfAClosedRoomDoNothing() {
        adds(Map.of("url", receiver.url(), "events", List.of("message.posted")));
        String url = requests.post("/api/rooms/" + room + "/incoming-hooks", Map.of("name", "CI")).json(201).get("url").stringValue();
        assertThat(requests.delete("/api/rooms/" + room).status()).isEqualTo(204);
        assertThat(sends(url, "{\"text\":\"a\"}").problem()).isEqualTo("not_found");
        assertThat(requests.get(path("")).problem()).isEqualTo("not_found");
    }

    private static HttpAnswer sends(String url, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return Http.anonymous().send(headers.length == 0 ? request : request.headers(headers));
    }
}
