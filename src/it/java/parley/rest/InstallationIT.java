package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.kit.Bot;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import tools.jackson.databind.JsonNode;

/** What administrators change while the installation runs, and what everyone notices of it. */
class InstallationIT {

    private static final String FEATURES = "/api/administration/features";
    private static final String PINS = FEATURES + "/pins";

    private final Http carol = Bot.administrator();
    private final Http alice = Http.of("alice");

    @AfterEach
    void switchOn() {
        assertThat(carol.put(PINS, Map.of("on", true)).status()).isEqualTo(204);
    }

    private JsonNode pins() {
        return carol.get(FEATURES).json(200).get("features").valueStream().filter(one -> one.get("name").stringValue().equals("pins"))
                .findFirst().orElseThrow();
    }

    private static Expected features(boolean pins) {
        return new Expected("features", event -> event.path("type").stringValue("").equals("features")
                && event.get("features").valueStream().anyMatch(name -> name.stringValue().equals("pins")) == pins);
    }

    private List<String> actions() {
        return carol.get("/api/administration/audit?limit=100").json(200).get("entries").valueStream()
                .map(entry -> entry.get("action").stringValue()).toList();
    }

    @Test
    void refusesFeaturesThatAreUnknownAndBodiesThatAreWrong() {
        assertThat(alice.put(PINS, Map.of("on", false)).status()).isEqualTo(403);
        assertThat(carol.put(FEATURES + "/teleport", Map.of("on", false)).status()).isEqualTo(404);
        for (Map<String, ?> body : List.of(Map.of(), Map.of("on", "no"), Map.of("on", false, "why", "tired"))) {
            assertThat(carol.put(PINS, body).status()).as("%s", body).isEqualTo(400);
        }
        assertThat(pins().get("on").booleanValue()).isTrue();
    }

    @Test
    void aFeatureThatIsSwitchedOffIsRefusedUntilItIsSwitchedOnAgain() {
        String room = alice.createsRoom();
        try (ChatClient connected = ChatClient.of("alice").joins(room)) {
            Map<String, ?> message = Map.of("room", room, "message", connected.posts("pin me"));
            assertThat(carol.put(PINS, Map.of("on", false)).status()).isEqualTo(204);
            assertThat(carol.put(PINS, Map.of("on", false)).status()).as("repeated").isEqualTo(204);

            connected.receives(features(false));
            assertThat(connected.asks("message.pin", message).refusal()).isEqualTo("unsupported");
            try (ChatClient later = ChatClient.of("alice")) {
                assertThat(later.hello().get("features").valueStream().map(JsonNode::stringValue)).contains("edit").doesNotContain("pins");
            }
            JsonNode off = pins();
            assertThat(off.get("allowed").booleanValue()).isTrue();
            assertThat(off.get("on").booleanValue()).isFalse();
            assertThat(off.get("by").stringValue()).isEqualTo("carol");

            assertThat(carol.put(PINS, Map.of("on", true)).status()).isEqualTo(204);
            connected.receives(features(true));
            assertThat(connected.asks("message.pin", message).offset()).isPositive();
            assertThat(pins().has("by")).isFalse();
            assertThat(actions()).contains("feature.off", "feature.on");
        }
    }

    @Test
    void peopleJoinDefaultRoomsAtTheirFirstSignIn() {
        String room = alice.createsRoom();
        String path = "/api/administration/rooms/" + room + "/default";
        assertThat(alice.put(path, Map.of()).status()).isEqualTo(403);
        assertThat(carol.put("/api/administration/rooms/nowhere/default", Map.of()).status()).isEqualTo(404);
        assertThat(carol.put("/api/administration/rooms/" + alice.createsPrivateRoom() + "/default", Map.of()).status()).isEqualTo(409);
        assertThat(carol.put(path, Map.of()).status()).isEqualTo(204);
        try {
            assertThat(carol.get("/api/administration/rooms?defaultRoom=true").json(200).get("rooms").valueStream()
                    .map(one -> one.get("id").stringValue())).containsExactly(room);
            String newcomer = "newcomer-" + UUID.randomUUID();
            Http.of(newcomer).get("/api/me/rooms").json(200);
            await().untilAsserted(() -> assertThat(members(room)).containsExactlyInAnyOrder("alice", newcomer));
            Http.of("bob").get("/api/me/rooms").json(200);
            assertThat(members(room)).doesNotContain("bob");
        } finally {
            assertThat(carol.delete(path).status()).isEqualTo(204);
        }
        assertThat(actions()).contains("room.default", "room.default.ended");
    }

    private List<String> members(String room) {
        return alice.get("/api/rooms/" + room + "/members").json(200).get("members").valueStream()
                .map(member -> member.get("user").get("id").stringValue()).toList();
    }

    @Test
    void theAddressesOfAFeatureThatIsOffDontExist() {
        String schedule = FEATURES + "/schedule";
        assertThat(alice.get("/api/me/scheduled").status()).isEqualTo(200);
        assertThat(carol.put(schedule, Map.of("on", false)).status()).isEqualTo(204);
        try {
            assertThat(alice.get("/api/me/scheduled").status()).isEqualTo(404);
        } finally {
            assertThat(carol.put(schedule, Map.of("on", true)).status()).isEqualTo(204);
        }
        assertThat(alice.get("/api/me/scheduled").status()).isEqualTo(200);
    }
}
