package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.RawSocket;
import parley.kit.Server;
import parley.kit.SpanReceiver;
import parley.kit.Tokens;
import parley.server.TestServer;
import parley.tracing.SampledTraces;

/**
 * A server with other settings: connections through JSR 356 ({@code parley.wire=standard}) behave like the default ones, and small limits
 * for the instance, each user and each address are enforced. It also traces commands.
 */
@Order(Server.OTHER_SETTINGS)
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "it doesn't depend on the database")
class OtherSettingsIT {

    private static final int MAX_CONNECTIONS = 30;
    private static final String PORTAL = "https://portal.example.com";

    // It receives until the tests end, because this server runs until another class starts one.
    private static final SpanReceiver SPANS = new SpanReceiver();

    // From before the limits.
    private static String forgetful;

    @BeforeAll
    static void restart() {
        forgetful = Http.of("keeper").createsRoom();
        Http.of("keeper").patch("/api/rooms/" + forgetful, Map.of("retention", "none")).json(200);
        Map<String, String> settings = new HashMap<>(SmallQuotas.SETTINGS);
        settings.put("parley.wire", "standard");
        settings.put("parley.connections", "" + MAX_CONNECTIONS);
        settings.put("parley.frame-ancestors", "'self' https://portal.example.com");
        settings.put("parley.allowed-origins", PORTAL);
        settings.put("parley.rooms.default", "general=General, help=Help desk");
        settings.put("parley.features.pins", "off");
        settings.put("parley.features.edit", "off");
        settings.put("parley.features.previews", "off");
        settings.put("parley.features.documents", "off");
        settings.put("parley.features.calls", "off");
        settings.put("parley.features.hooks", "off");
        settings.put("parley.direct", "off");
        settings.put("parley.scim.token", "");
        settings.put("parley.imports.folder", "");
        settings.put("parley.people.visible", "rooms");
        settings.put("parley.messages.edit-seconds", "60");
        settings.put("parley.retention.default", "40d");
        settings.put("parley.retention.floor-days", "30");
        settings.put("parley.retention.ceiling-days", "400");
        settings.putAll(SPANS.settings());
        Server.restartWith(settings);
    }

    @Test
    void theStandardWireShowsInHealthAndMetrics() {
        ChatClient.of("alice").close();
        assertThat(Server.metric("parley_connections_standard_total")).isPositive();
        HttpAnswer live = Http.anonymous().send(HttpRequest.newBuilder(Server.base().resolve("/health/live")).GET());
        assertThat(live.json(200).toString()).contains("parley.wire is standard");
    }

    @Test
    void withoutATokenThereIsNoScim() {
        for (String path : List.of("Users", "Groups/1", "ServiceProviderConfig")) {
            assertThat(Http.withToken(TestServer.SCIM_TOKEN).get("/api/scim/v2/" + path).problem()).isEqualTo("not_found");
        }
    }

    @Test
    void aRoomKeepsMessagesAsLongAsTheInstallationSays() {
        Http keeper = Http.of("keeper");
        Http administrator = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));
        assertThat(keeper.post("/api/rooms", Map.of("name", "Secrets", "retention", "none")).body()).contains("at least 30d");
        assertThat(keeper.post("/api/rooms", Map.of("name", "Archive", "retention", "forever")).body()).contains("at most 400d");
        String room = keeper.createsRoom();
        assertThat(keeper.get("/api/rooms/" + room).json(200).get("retention").stringValue()).isEqualTo("40d");
        for (Http owner : List.of(keeper, administrator)) {
            assertThat(owner.patch("/api/rooms/" + room, Map.of("retention", "29d")).problem()).isEqualTo("bad_request");
            assertThat(owner.patch("/api/rooms/" + forgetful, Map.of("retention", "none")).problem()).isEqualTo("bad_request");
        }
        assertThat(keeper.get("/api/rooms/" + forgetful).json(200).get("retention").stringValue()).isEqualTo("30d");
        try (ChatClient client = ChatClient.of("keeper")) {
            assertThat(client.hello().at("/limits/retention").toString())
                    .isEqualTo("{\"default\":\"40d\",\"floor\":\"30d\",\"ceiling\":\"400d\"}");
        }
    }

    @Test
    void withoutAFolderNothingIsImported() {
        assertThat(Http.withToken(Tokens.of("importer", "Importer", "parley-admin")).post("/api/administration/imports",
                Map.of("source", "old", "format", "slack", "file", "export.zip")).problem()).isEqualTo("conflict");
    }

    @Nested
    class Posting extends PostingIT {
    }

    @Nested
    class Subscriptions extends SubscribingIT {
    }

    @Nested
    class Typing extends TypingIT {
    }

    @Nested
    class Quotas extends SmallQuotas {
    }

    @Nested
    class Traces extends SampledTraces {
        Traces() {
            super(SPANS);
        }
    }

    @Test
    void refusesCommandsOfFeaturesThatAreOff() {
        String room = Http.of("alice").createsRoom();
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            long message = alice.posts("text");
            assertThat(alice.hello().get("features"))
                    .isEqualTo(Json.read("[\"reactions\",\"threads\",\"read\",\"people\",\"files\",\"search\",\"notifications\","
                            + "\"schedule\"]"));
            assertThat(alice.hello().at("/limits/edit").longValue()).isEqualTo(60);
            for (String command : List.of("message.delete", "message.pin", "message.unpin")) {
                assertThat(alice.asks(command, Map.of("room", room, "message", message)).refusal()).as(command).isEqualTo("unsupported");
            }
            assertThat(alice.asks("message.edit", Map.of("room", room, "message", message, "text", "changed")).refusal())
                    .isEqualTo("unsupported");
            assertThat(alice.asks("document.open", Map.of("room", room, "document", "d")).refusal()).isEqualTo("unsupported");
            assertThat(Http.of("alice").get("/api/rooms/" + room + "/documents").status()).isEqualTo(404);
            assertThat(alice.asks("call.start", Map.of("room", room)).refusal()).isEqualTo("unsupported");
            assertThat(Http.of("alice").get("/api/turn").status()).isEqualTo(404);
            assertThat(Http.of("alice").get("/api/rooms/" + room + "/hooks").status()).isEqualTo(404);
            assertThat(alice.asks("history", Map.of("room", room, "pinned", true)).refusal()).isEqualTo("unsupported");
            assertThat(alice.asks("reaction.add", Map.of("room", room, "message", message, "emoji", "👍")).ok().has("offset")).isTrue();
            String path = "/api/rooms/" + room + "/messages";
            assertThat(Http.of("alice").get(path + "/" + message + "/versions").status()).isEqualTo(404);
            assertThat(Http.of("alice").get(path + "?pinned=true").status()).isEqualTo(404);
            assertThat(Http.of("alice").get(path + "/" + message).json(200).get("text").stringValue()).isEqualTo("text");
        }
    }

    @Test
    void refusesDirectRoomsThatAreOff() {
        HttpAnswer answer = Http.of("alice").put("/api/direct", Map.of("users", List.of("bob")));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("unsupported");
    }

    @Test
    void showsOnlyPeopleWhoShareARoom() {
        String person = "person-" + UUID.randomUUID();
        Http them = Http.of(person);
        String room = them.createsPrivateRoom();
        String path = "/api/people?query=" + person;
        assertThat(Http.of("alice").get(path).json(200).get("people")).isEmpty();
        assertThat(Http.of("alice").get("/api/people/one?id=" + person).problem()).isEqualTo("not_found");
        assertThat(them.get(path).json(200).get("people")).hasSize(1);
        them.setsRole(room, "alice", "member");
        assertThat(Http.of("alice").get(path).json(200).get("people")).hasSize(1);
        assertThat(Http.of("alice").get("/api/people/one?id=" + person).json(200).get("id").stringValue()).isEqualTo(person);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "https://portal.example.com.evil.com", "http://portal.example.com", "https://portal.example.com:8443",
        "https://portal.example.com@evil.com", "https://evil.com"})
    void refusesPagesFromOtherOrigins(String origin) {
        HttpAnswer preflight = Http.anonymous().send(preflight(origin));
        assertThat(preflight.status()).isEqualTo(403);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        HttpAnswer answer = Http.of("bob").send(HttpRequest.newBuilder(Server.at("/api/rooms")).header("Origin", origin).GET());
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Vary")).contains("Origin");
    }

    @Test
    void acceptsPagesFromAllowedOrigins() {
        HttpAnswer preflight = Http.anonymous().send(preflight(PORTAL));
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).contains(PORTAL);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("GET, HEAD, POST, PUT, PATCH, DELETE");
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Authorization, Content-Type, Last-Event-ID, Range, "
                + "Tus-Resumable, Upload-Length, Upload-Metadata, Upload-Offset");

        for (String path : List.of("/chat/parley-chat.js", "/chat/element.css", "/api/rooms", "/api/rooms/nowhere", "/nothing",
                "/sign-in")) {
            HttpAnswer answer = Http.of("bob").send(HttpRequest.newBuilder(Server.at(path)).header("Origin", PORTAL).GET());
            assertThat(answer.header("Access-Control-Allow-Origin")).as(path).contains(PORTAL);
            assertThat(answer.header("Access-Control-Expose-Headers")).as(path).contains("Location, Retry-After, WWW-Authenticate, "
                    + "Tus-Resumable, Upload-Expires, Upload-Length, Upload-Offset");
            assertThat(answer.header("Access-Control-Allow-Credentials")).as(path).isEmpty();
            assertThat(answer.header("Vary")).as(path).contains("Origin");
        }
        Handshake.of("bob").from(PORTAL).opens().close();
    }

    private static HttpRequest.Builder preflight(String origin) {
        return HttpRequest.newBuilder(Server.at("/api/rooms")).header("Origin", origin).header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "authorization, content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
    }

    @Test
    void createsTheDefaultRooms() {
        assertThat(Http.of("bob").get("/api/rooms/help").json(200).get("name").stringValue()).isEqualTo("Help desk");
    }

    @Test
    void allowsTheConfiguredFrameAncestors() {
        assertThat(Http.anonymous().get("/").header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).endsWith("frame-ancestors 'self' https://portal.example.com"));
    }

    @Test
    void refusesOneConnectionTooMany() {
        List<RawSocket> all = new ArrayList<>();
        try {
            // Pages of earlier tests may be connected again.
            for (int i = 0; Server.metric("parley_connections") < MAX_CONNECTIONS; i++) {
                all.add(Handshake.of("user" + i).with("X-Forwarded-For", "192.0.2." + i).opens());
            }
            assertThat(all).hasSizeBetween(MAX_CONNECTIONS / 2, MAX_CONNECTIONS);
            HttpAnswer answer = Handshake.of("bob").refused();
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(answer.problem()).isEqualTo("rate_limited");
        } finally {
            all.forEach(RawSocket::close);
        }
    }
}
