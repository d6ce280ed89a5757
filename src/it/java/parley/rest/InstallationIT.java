package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.kit.Bot;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Server;
import tools.jackson.databind.JsonNode;

/** What administrators change while the installation runs, and what everyone notices of it. */
class InstallationIT {

    private static final String FEATURES = "/api/administration/features";
    private static final String EMOJI = "/api/administration/emoji/";
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

    private static Expected feature(String feature, boolean on) {
        return new Expected("features", event -> event.path("type").stringValue("").equals("features")
                && event.get("features").valueStream().anyMatch(name -> name.stringValue().equals(feature)) == on);
    }

    private List<String> actions() {
        return carol.get("/api/administration/audit?limit=100").json(200).get("entries").valueStream()
                .map(entry -> entry.get("action").stringValue()).toList();
    }

    @Test
    void refusesFeaturesThatAreUnknownAndBodiesThatAreWrong() {
        assertThat(alice.put(PINS, Map.of("on", false)).status()).isEqualTo(403);
        assertThat(carol.put(FEATURES + "/teleport", Map.of("on", false)).status()).isEqualTo(404);
        for (String body : List.of("{}", "[]", "{\"on\":\"no\"}", "{\"on\":false,\"why\":\"tired\"}")) {
            assertThat(carol.putText(PINS, body).status()).as(body).isEqualTo(400);
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

            connected.receives(feature("pins", false));
            assertThat(connected.asks("message.pin", message).refusal()).isEqualTo("unsupported");
            try (ChatClient later = ChatClient.of("alice")) {
                assertThat(later.hello().get("features").valueStream().map(JsonNode::stringValue)).contains("edit").doesNotContain("pins");
            }
            JsonNode off = pins();
            assertThat(off.get("allowed").booleanValue()).isTrue();
            assertThat(off.get("on").booleanValue()).isFalse();
            assertThat(off.get("by").stringValue()).isEqualTo("carol");

            assertThat(carol.put(PINS, Map.of("on", true)).status()).isEqualTo(204);
            connected.receives(feature("pins", true));
            assertThat(connected.asks("message.pin", message).offset()).isPositive();
            assertThat(pins().has("by")).isFalse();
            assertThat(actions()).contains("feature.off", "feature.on");
        }
    }

    @Test
    void nobodySeesReadMarkersWhileTheyAreSwitchedOff() {
        String read = FEATURES + "/read";
        String room = alice.createsRoom();
        try (ChatClient connected = ChatClient.of("alice").joins(room)) {
            assertThat(connected.asks("subscribe", Map.of("room", room)).ok().has("readers")).isTrue();
            assertThat(carol.put(read, Map.of("on", false)).status()).isEqualTo(204);
            try {
                connected.receives(feature("read", false));
                assertThat(connected.asks("subscribe", Map.of("room", room)).ok().has("readers")).isFalse();
            } finally {
                assertThat(carol.put(read, Map.of("on", true)).status()).isEqualTo(204);
            }
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
    void refusesEmojiThatAreNoPicturesOrHaveTheNamesOfOthers() {
        byte[] picture = picture(64);
        assertThat(addsEmoji(alice, "party", picture)).isEqualTo(403);
        for (String name : List.of("x", "UPPER", "a".repeat(33), "pa.rty", "%C3%A4%C3%B6")) {
            assertThat(addsEmoji(carol, name, picture)).as(name).isEqualTo(400);
        }
        assertThat(addsEmoji(carol, "tada", picture)).as("a standard emoji").isEqualTo(409);
        assertThat(addsEmoji(carol, "html", "<!doctype html><script>1</script>".getBytes(StandardCharsets.UTF_8))).isEqualTo(400);
        assertThat(addsEmoji(carol, "svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8))).isEqualTo(400);
        assertThat(addsEmoji(carol, "wide", picture(1_025))).isEqualTo(400);
        assertThat(addsEmoji(carol, "nothing", new byte[0])).isEqualTo(400);
        assertThat(addsEmoji(carol, "large", Arrays.copyOf(picture, 256 * 1024 + 1))).isEqualTo(413);
        assertThat(carol.delete(EMOJI + "party").status()).isEqualTo(404);
        assertThat(alice.get("/api/emoji").json(200).get("emoji").isEmpty()).isTrue();
    }

    @Test
    void everyoneReactsWithACustomEmojiUntilItIsDeleted() {
        String room = alice.createsRoom();
        try (ChatClient reacting = ChatClient.of("alice").joins(room)) {
            long offset = reacting.posts("react");
            Map<String, ?> reaction = Map.of("room", room, "message", offset, "emoji", ":party-parrot:");
            assertThat(reacting.asks("reaction.add", reaction).refusal()).isEqualTo("bad_request");
            String before = alice.get("/api/emoji").header("ETag").orElseThrow();

            byte[] large = noise(220);
            assertThat(large.length).as("more than a JSON body may have").isBetween(100_000, 256 * 1024);
            assertThat(addsEmoji(carol, "party-parrot", large)).isEqualTo(201);
            assertThat(addsEmoji(carol, "party-parrot", picture(64))).as("it exists").isEqualTo(409);
            HttpAnswer list = alice.get("/api/emoji");
            JsonNode listed = list.json(200).get("emoji").get(0);
            assertThat(listed.get("name").stringValue()).isEqualTo("party-parrot");
            assertThat(list.header("ETag").orElseThrow()).isNotEqualTo(before);
            assertThat(known("/api/emoji", list.header("ETag").orElseThrow()).status()).isEqualTo(304);

            HttpAnswer shown = alice.get("/api/emoji/" + listed.get("picture").stringValue());
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.header("Content-Type")).contains("image/png");
            assertThat(shown.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(shown.header("Content-Security-Policy").orElseThrow()).contains("sandbox");
            assertThat(shown.header("Cache-Control").orElseThrow()).contains("private", "immutable");
            assertThat(Http.anonymous().get("/api/emoji").status()).isEqualTo(401);

            assertThat(reacting.asks("reaction.add", reaction).offset()).isPositive();
            assertThat(carol.delete(EMOJI + "party-parrot").status()).isEqualTo(204);
            assertThat(alice.get("/api/emoji/" + listed.get("picture").stringValue()).status()).isEqualTo(404);
            assertThat(reacting.asks("reaction.remove", reaction).offset()).as("the reaction can be taken back").isPositive();
            assertThat(reacting.asks("reaction.add", reaction).refusal()).isEqualTo("bad_request");
            assertThat(actions()).contains("emoji.added", "emoji.deleted");
        }
    }

    private static int addsEmoji(Http by, String name, byte[] picture) {
        return by.send(HttpRequest.newBuilder(Server.at(EMOJI + name)).header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(picture))).status();
    }

    private HttpAnswer known(String path, String tag) {
        return alice.send(HttpRequest.newBuilder(Server.at(path)).header("If-None-Match", tag).GET());
    }

    private static byte[] picture(int width) {
        return png(new BufferedImage(width, 8, BufferedImage.TYPE_INT_ARGB));
    }

    private static byte[] noise(int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, side, side, new Random(1).ints((long) side * side).toArray(), 0, side);
        return png(image);
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return png.toByteArray();
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
