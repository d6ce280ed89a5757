package parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** People report messages, and moderators resolve the reports. */
class ReportsIT {

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final Http alices = Http.of("alice");
    private final String room = alices.createsRoom();
    private final Http reporter = Http.of("reporter-" + mark);
    private final Http administrator = Http.withToken(Tokens.of("moderator", "Moderator", "parley-admin"));
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob").joins(room);

    @Test
    void refusesWhatIsNoReport() {
        long message = bob.posts("mine");
        assertThat(report(Http.of("bob"), message, Map.of("reason", "spam")).problem()).isEqualTo("forbidden");
        assertThat(report(reporter, message, Map.of("reason", "boring")).problem()).isEqualTo("bad_request");
        assertThat(report(reporter, message, Map.of("reason", "spam", "note", "x".repeat(1_001))).problem()).isEqualTo("too_large");
        assertThat(report(reporter, 999, Map.of("reason", "spam")).status()).isEqualTo(404);
        bob.asks("message.delete", Map.of("room", room, "message", message)).ok();
        assertThat(report(reporter, message, Map.of("reason", "spam")).problem()).isEqualTo("gone");
        assertThat(alices.get("/api/reports?state=closed").problem()).isEqualTo("bad_request");
    }

    @Test
    void aModeratorDeletesWhatPeopleReported() {
        long message = bob.posts("rude " + mark);
        String id = report(reporter, message, Map.of("reason", "abuse", "note", "not nice")).json(201).get("id").stringValue();
        assertThat(report(reporter, message, Map.of("reason", "spam")).json(201).get("id").stringValue()).as("again").isEqualTo(id);
        report(Http.of("carol"), message, Map.of("reason", "other")).json(201);
        bob.asks("message.edit", Map.of("room", room, "message", message, "text", "kind now")).ok();

        List<JsonNode> open = reports(alices, "open");
        assertThat(open).hasSize(2).allSatisfy(report -> assertThat(report.get("text").stringValue()).isEqualTo("rude " + mark));
        assertThat(open.getLast().get("note").stringValue()).isEqualTo("not nice");
        assertThat(reports(administrator, "open")).hasSize(2);
        assertThat(reports(Http.of("carol"), "open")).as("a member").isEmpty();
        assertThat(resolve(Http.of("carol"), id, Map.of("act", "nothing")).status()).isEqualTo(404);

        assertThat(administrator.post("/api/reports/" + id + "/take", Map.of()).json(200).get("takenBy").stringValue())
                .isEqualTo("moderator");
        assertThat(alices.post("/api/reports/" + id + "/take", Map.of()).problem()).isEqualTo("conflict");
        assertThat(resolve(alices, id, Map.of("act", "delete")).problem()).isEqualTo("conflict");
        JsonNode resolved = resolve(administrator, id, Map.of("act", "delete")).json(200);
        assertThat(List.of(resolved.get("state").stringValue(), resolved.get("act").stringValue())).containsExactly("resolved", "delete");
        alice.receives(Expected.ofType("message.deleted"));
        assertThat(reports(alices, "open")).as("all reports of the message").isEmpty();
        assertThat(resolve(administrator, id, Map.of("act", "nothing")).problem()).isEqualTo("conflict");

        JsonNode own = reporter.get("/api/me/reports").json(200).get("reports").get(0);
        assertThat(own.get("act").stringValue()).isEqualTo("delete");
        assertThat(own.has("resolvedBy")).isFalse();
        assertThat(administrator.get("/api/administration/audit?room=" + room).json(200).get("entries").valueStream()
                .map(entry -> entry.get("action").stringValue())).contains("message.reported", "report.resolved", "message.deleted");
    }

    @Test
    void theRulesOfTheRoomDecideWhatAModeratorMayDo() {
        assertThat(alices.setsRole(room, "bob", "moderator").status()).isEqualTo(204);
        long alicesMessage = alice.posts("the owner's");
        long bobs = bob.posts("the moderator's");
        String ofOwner = report(reporter, alicesMessage, Map.of("reason", "spam")).json(201).get("id").stringValue();
        String ofModerator = report(reporter, bobs, Map.of("reason", "spam")).json(201).get("id").stringValue();
        Http bobHttp = Http.of("bob");
        assertThat(reports(bobHttp, "open")).as("none about himself").singleElement()
                .satisfies(report -> assertThat(report.get("id").stringValue()).isEqualTo(ofOwner));
        assertThat(resolve(bobHttp, ofOwner, Map.of("act", "mute", "for", 60)).problem()).isEqualTo("forbidden");
        assertThat(resolve(bobHttp, ofOwner, Map.of("act", "mute")).problem()).isEqualTo("bad_request");
        assertThat(resolve(bobHttp, ofOwner, Map.of("act", "nothing")).json(200).get("resolvedBy").stringValue()).isEqualTo("bob");

        resolve(alices, ofModerator, Map.of("act", "mute", "for", 60)).json(200);
        assertThat(bob.asks("message.post", Map.of("room", room, "key", "k", "text", "t")).refusal()).isEqualTo("forbidden");
    }

    @Test
    void aPersonReportsABoundedNumberOfMessages() {
        Tokens.awaitSignIn("reporter-" + mark);
        List<Long> messages = IntStream.range(0, Reports.MOST + 10).mapToObj(i -> bob.posts("message " + i)).toList();
        List<HttpAnswer> refused = Http.atOnce(messages.size(), i -> report(reporter, messages.get(i), Map.of("reason", "spam"))).stream()
                .filter(answer -> answer.status() != 201).toList();
        assertThat(refused).hasSize(10).allSatisfy(answer -> {
            assertThat(answer.problem()).isEqualTo("rate_limited");
            assertThat(answer.header("Retry-After")).isPresent();
        });
        assertThat(reports(alices, "open")).hasSize(Reports.MOST);
    }

    private HttpAnswer report(Http by, long message, Map<String, String> body) {
        return by.post("/api/rooms/" + room + "/messages/" + message + "/report", body);
    }

    private static HttpAnswer resolve(Http by, String id, Map<String, Object> body) {
        return by.post("/api/reports/" + id + "/resolve", new HashMap<>(body));
    }

    private List<JsonNode> reports(Http by, String state) {
        List<JsonNode> found = by.get("/api/reports?limit=100&state=" + state + "&room=" + room).json(200).get("reports")
                .valueStream().toList();
        assertThat(found).allSatisfy(report -> assertThat(report.get("room").stringValue()).isEqualTo(room));
        return found;
    }
}
