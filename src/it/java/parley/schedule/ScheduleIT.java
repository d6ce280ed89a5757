package parley.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Messages that are posted later, and reminders, as their people see them. */
class ScheduleIT {

    private static final Duration WITHIN = Duration.ofSeconds(20);
    /** Long enough for a request on a busy machine: a time must be in the future. */
    private static final Duration SOON = Duration.ofSeconds(2);

    // A person of this test alone, so that what others scheduled doesn't count. The id is as awkward as ids can be.
    private final String author = "author:" + UUID.randomUUID() + "/..\\%2e";
    private final Http requests = Http.of(author);
    private final String room = Http.of("alice").createsPrivateRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);

    private static String in(Duration time) {
        return Instant.now().plus(time).toString();
    }

    private static Map<String, Object> entry(String id, String at, String text, Map<String, ?> more) {
        Map<String, Object> entry = new HashMap<>(Map.of("id", id, "at", at, "text", text));
        entry.putAll(more);
        return entry;
    }

    private void joins() {
        assertThat(Http.of("alice").setsRole(room, author, "member").status()).isEqualTo(204);
    }

    private JsonNode schedules(String id, String at, String text, Map<String, ?> more) {
        return requests.post("/api/rooms/" + room + "/scheduled", entry(id, at, text, more)).json(201);
    }

    private void comesSoon(String id) {
        assertThat(requests.patch("/api/me/scheduled/" + id, Map.of("at", in(SOON))).status()).isEqualTo(204);
    }

    private List<JsonNode> scheduled() {
        return requests.get("/api/me/scheduled").json(200).get("scheduled").valueStream().toList();
    }

    private List<JsonNode> notifications(String why) {
        return requests.get("/api/me/notifications").json(200).get("notifications").valueStream()
                .filter(shown -> shown.get("why").stringValue().equals(why)).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scheduled | {"id":"a","at":"2020-01-01T00:00:00Z","text":"t"}
            scheduled | {"id":"a","at":"2990-01-01T00:00:00Z","text":"t"}
            scheduled | {"id":"a","at":"tomorrow","text":"t"}
            scheduled | {"id":"a/b","at":"{soon}","text":"t"}
            scheduled | {"id":"a","at":"{soon}","text":" "}
            scheduled | {"id":"a","at":"{soon}","text":"t","also":true}
            scheduled | {"id":"a","at":"{soon}","text":"t","files":["f"]}
            scheduled | {"id":"a","at":"2030-01-01T09:00","zone":"Mars/Olympus","text":"t"}
            reminders | {"id":"a","at":"{soon}"}
            reminders | {"id":"a","at":"{soon}","offset":999999}
            reminders | {"id":"a","line":"in 5 minutes tea"}
            reminders | {"id":"a","line":"in 5 minutes","zone":"Europe/Berlin"}
            reminders | {"id":"a","line":"soon tea","zone":"Europe/Berlin"}
            """)
    void refusesWhatCannotBeScheduled(String what, String body) {
        joins();
        assertThat(requests.postText("/api/rooms/" + room + "/" + what, body.replace("{soon}", in(Duration.ofHours(1)))).problem())
                .isEqualTo("bad_request");
    }

    @Test
    void aMessageIsPostedAtItsTimeOnce() {
        joins();
        schedules("a", in(Duration.ofHours(1)), "Good morning", Map.of("mentions", List.of("alice")));
        // Repeating a request adds nothing.
        schedules("a", in(Duration.ofHours(1)), "Good morning", Map.of());
        schedules("b", in(Duration.ofHours(2)), "Later", Map.of());
        assertThat(scheduled()).hasSize(2);
        assertThat(Http.of("alice").get("/api/me/scheduled").json(200).at("/scheduled").toString()).doesNotContain("Good morning");

        comesSoon("a");
        JsonNode posted = alice.receives(Expected.posted("Good morning"));
        assertThat(posted.at("/by/id").stringValue()).isEqualTo(author);
        assertThat(posted.at("/mentions/0").stringValue()).isEqualTo("alice");
        await().atMost(WITHIN).untilAsserted(() -> assertThat(scheduled()).hasSize(1));

        assertThat(requests.patch("/api/me/scheduled/b", Map.of("text", "Changed", "at", "2026-01-01T00:00:00Z")).problem())
                .isEqualTo("bad_request");
        assertThat(requests.patch("/api/me/scheduled/b", Map.of("text", "Changed")).status()).isEqualTo(204);
        assertThat(scheduled().getFirst().get("text").stringValue()).isEqualTo("Changed");
        assertThat(Http.of("alice").post("/api/me/scheduled/b/send", Map.of()).status()).isEqualTo(404);
        assertThat(requests.post("/api/me/scheduled/b/send", Map.of()).status()).isEqualTo(204);
        alice.receives(Expected.posted("Changed"));
        assertThat(requests.delete("/api/me/scheduled/b").status()).isEqualTo(404);
        assertThat(requests.get("/api/rooms/" + room + "/messages").json(200).get("messages").valueStream()
                .map(message -> message.path("text").stringValue(""))).containsExactly("Good morning", "Changed");
    }

    @Test
    void whoMayNotPostAtThatTimeIsToldAndKeepsTheText() {
        joins();
        schedules("a", in(Duration.ofHours(1)), "Not for this room", Map.of());
        assertThat(Http.of("alice").put("/api/rooms/" + room + "/mutes", Map.of("user", author, "for", 3_600)).status()).isEqualTo(204);
        comesSoon("a");

        await().atMost(WITHIN).untilAsserted(() -> assertThat(notifications("unsent")).hasSize(1));
        assertThat(notifications("unsent").getFirst().get("text").stringValue()).isEqualTo("You are muted in this room.");
        JsonNode refused = scheduled().getFirst();
        assertThat(refused.get("text").stringValue()).isEqualTo("Not for this room");
        assertThat(refused.at("/refused/code").stringValue()).isEqualTo("forbidden");
        assertThat(requests.post("/api/me/scheduled/a/send", Map.of()).problem()).isEqualTo("forbidden");
        assertThat(requests.patch("/api/me/scheduled/a", Map.of("text", "t")).problem()).as("without a new time").isEqualTo("conflict");

        assertThat(Http.of("alice").delete("/api/rooms/" + room + "/mutes?user=" + URLEncoder.encode(author, UTF_8)).status())
                .isEqualTo(204);
        assertThat(requests.post("/api/me/scheduled/a/send", Map.of()).status()).isEqualTo(204);
        alice.receives(Expected.posted("Not for this room"));
        assertThat(scheduled()).isEmpty();
    }

    @Test
    void aReminderBecomesANotificationThatLeadsToItsMessage() {
        joins();
        long message = alice.posts("Can you look at this?");
        requests.post("/api/rooms/" + room + "/reminders", entry("a", in(SOON), "Look at it", Map.of("offset", message))).json(201);
        JsonNode later = requests.post("/api/rooms/" + room + "/reminders", Map.of("id", "b", "zone", "Europe/Berlin", "line",
                "me in 2 hours call Bob")).json(201);
        assertThat(later.get("text").stringValue()).isEqualTo("call Bob");
        assertThat(Duration.between(Instant.now(), Instant.parse(later.get("at").stringValue()))).isBetween(Duration.ofMinutes(119),
                Duration.ofMinutes(121));

        await().atMost(WITHIN).untilAsserted(() -> assertThat(notifications("reminder")).hasSize(1));
        JsonNode reminder = notifications("reminder").getFirst();
        assertThat(reminder.get("offset").longValue()).isEqualTo(message);
        assertThat(reminder.get("text").stringValue()).isEqualTo("Look at it");
        assertThat(requests.get("/api/me/reminders").json(200).get("reminders").valueStream().map(each -> each.get("id").stringValue()))
                .containsExactly("b");
        assertThat(requests.delete("/api/me/reminders/b").status()).isEqualTo(204);
        assertThat(requests.delete("/api/me/reminders/b").status()).isEqualTo(404);

        // What happens in the room leaves it alone.
        assertThat(Http.of("alice").delete("/api/rooms/" + room).status()).isEqualTo(204);
        assertThat(notifications("reminder")).containsExactly(reminder);
    }

    @Test
    void aPersonHasABoundedNumber() {
        Tokens.awaitSignIn(author);
        joins();
        String at = in(Duration.ofDays(300));
        for (String what : List.of("scheduled", "reminders")) {
            List<HttpAnswer> refused = Http.atOnce(110, i -> requests.post("/api/rooms/" + room + "/" + what,
                    entry("m" + i, at, "t", Map.of()))).stream().filter(answer -> answer.status() != 201).toList();
            assertThat(refused).as(what).hasSize(10).allSatisfy(answer -> assertThat(answer.problem()).isEqualTo("conflict"));
            assertThat(requests.get("/api/me/" + what).json(200).get(what)).hasSize(100);
        }
    }
}
