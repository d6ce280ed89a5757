package parley.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.Bot;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import tools.jackson.databind.JsonNode;

/** Announcements of administrators, over HTTP and as watching connections see them. */
class AnnouncementsIT {

    private static final String ALL = "/api/administration/announcements";
    private static final String MINE = "/api/me/announcements";

    private final Http carol = Bot.administrator();
    private final Http alice = Http.of("alice");

    @AfterEach
    void endAll() {
        listed(carol, ALL).forEach(one -> assertThat(carol.delete(ALL + "/" + id(one)).status()).isEqualTo(204));
    }

    private static List<JsonNode> listed(Http by, String path) {
        return by.get(path).json(200).get("announcements").valueStream().toList();
    }

    private static String id(JsonNode announcement) {
        return announcement.get("id").stringValue();
    }

    private JsonNode announces(Map<String, ?> body) {
        return carol.post(ALL, body).json(201);
    }

    private static Expected shown(JsonNode announcement) {
        return told("announcement.shown", announcement);
    }

    private static Expected ended(JsonNode announcement) {
        return told("announcement.ended", announcement);
    }

    private static Expected told(String type, JsonNode announcement) {
        return new Expected(type, event -> event.path("type").stringValue("").equals(type)
                && event.get("id").equals(announcement.get("id")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"kind\":\"info\"}", "{\"kind\":\"loud\",\"text\":\"t\"}", "{\"kind\":\"info\",\"text\":\"\"}",
            "{\"kind\":\"info\",\"text\":\"a\\nb\"}", "{\"kind\":\"info\",\"text\":\"t\",\"link\":\"http://a.example/\"}",
            "{\"kind\":\"info\",\"text\":\"t\",\"link\":\"javascript:alert(1)\"}",
            "{\"kind\":\"info\",\"text\":\"t\",\"link\":\"https://bank.example@a.example/\"}",
            "{\"kind\":\"info\",\"text\":\"t\",\"until\":\"2020-01-01T00:00:00Z\"}",
            "{\"kind\":\"info\",\"text\":\"t\",\"until\":\"soon\"}",
            "{\"kind\":\"info\",\"text\":\"t\",\"from\":\"2090-01-01T00:00:00Z\",\"until\":\"2089-01-01T00:00:00Z\"}",
            "{\"kind\":\"info\",\"text\":\"t\",\"to\":\"bob\"}"})
    void refusesAnInvalidAnnouncement(String body) {
        assertThat(carol.postText(ALL, body).problem()).isEqualTo("bad_request");
        assertThat(listed(carol, ALL)).isEmpty();
    }

    @Test
    void refusesATextThatIsTooLongAndOneAnnouncementTooMany() {
        assertThat(carol.post(ALL, Map.of("kind", "info", "text", "x".repeat(Announcement.LONGEST_TEXT + 1))).problem())
                .isEqualTo("bad_request");
        for (int n = 0; n < Announcements.MOST; n++) {
            announces(Map.of("kind", "info", "text", "x".repeat(Announcement.LONGEST_TEXT)));
        }
        assertThat(carol.post(ALL, Map.of("kind", "info", "text", "One more")).problem()).isEqualTo("conflict");
    }

    @Test
    void everyoneWhoWatchesSeesItUntilAnAdministratorEndsIt() {
        try (ChatClient bob = ChatClient.of("bob")) {
            bob.asks("watch", Map.of()).ok();
            JsonNode made = announces(Map.of("kind", "maintenance", "text", "Tonight", "link", "https://status.example/a?b=c"));
            JsonNode event = bob.receives(shown(made));
            assertThat(event.get("kind").stringValue()).isEqualTo("maintenance");
            assertThat(event.get("link").stringValue()).isEqualTo("https://status.example/a?b=c");
            try (ChatClient later = ChatClient.of("alice")) {
                later.asks("watch", Map.of()).ok();
                later.receives(shown(made));
            }
            assertThat(carol.delete(ALL + "/" + id(made)).status()).isEqualTo(204);
            bob.receives(ended(made));
            assertThat(carol.delete(ALL + "/" + id(made)).problem()).isEqualTo("not_found");
        }
        List<String> actions = carol.get("/api/administration/audit?limit=50").json(200).get("entries").valueStream()
                .map(one -> one.get("action").stringValue()).toList();
        assertThat(actions).contains("announcement.made", "announcement.ended");
    }

    @Test
    void beginsAndEndsByItself() {
        try (ChatClient bob = ChatClient.of("bob")) {
            bob.asks("watch", Map.of()).ok();
            Instant from = Instant.now().plusSeconds(1);
            JsonNode made = announces(Map.of("kind", "info", "text", "Soon", "from", from.toString(), "until",
                    from.plusSeconds(1).toString()));
            assertThat(listed(alice, MINE)).as("not yet").isEmpty();
            bob.receives(shown(made));
            assertThat(Instant.now()).isAfterOrEqualTo(from);
            bob.receives(ended(made));
            await().atMost(Duration.ofSeconds(5)).until(() -> listed(carol, ALL).isEmpty());
        }
    }

    @Test
    void whoDismissesItSeesItOnNoDevice() {
        JsonNode made = announces(Map.of("kind", "info", "text", "Hello"));
        try (ChatClient phone = ChatClient.of("alice")) {
            phone.asks("watch", Map.of()).ok();
            phone.receives(shown(made));
            assertThat(alice.delete(MINE + "/" + id(made)).status()).isEqualTo(204);
            assertThat(alice.delete(MINE + "/" + id(made)).status()).as("again").isEqualTo(204);
            phone.receives(ended(made));
        }
        assertThat(listed(alice, MINE)).isEmpty();
        assertThat(listed(Http.of("bob"), MINE)).hasSize(1);
    }

    @Test
    void whatMustBeSeenCannotBeDismissed() {
        JsonNode made = announces(Map.of("kind", "warning", "text", "Read this", "dismissible", false));
        assertThat(alice.delete(MINE + "/" + id(made)).problem()).isEqualTo("forbidden");
        assertThat(alice.delete(MINE + "/none").problem()).isEqualTo("not_found");
        assertThat(listed(alice, MINE)).hasSize(1);
    }
}
