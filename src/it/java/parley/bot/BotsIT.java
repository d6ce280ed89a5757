package parley.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.kit.Expected.posted;

import example.DeployBot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import parley.client.Parley;
import parley.kit.Bot;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Reply;
import tools.jackson.databind.JsonNode;

/** Bots, their tokens, slash commands, private answers and buttons, over the socket and HTTP. */
class BotsIT {

    private static final String BOTS = "/api/administration/bots";
    private static final Duration PROMISE = Duration.ofSeconds(5);
    private static final Map<String, Object> BUTTON = Map.of("buttons", List.of(Map.of("action", "approve", "label", "Approve")));

    private final Http alice = Http.of("alice");
    private final Http carol = Bot.administrator();

    @Test
    void anInvalidBotIsRefused() {
        for (Map<String, Object> body : List.<Map<String, Object>>of(Map.of("name", "No id"), Map.of("id", "Upper", "name", "Upper"),
                Map.of("id", "a.b", "name", "Dot"), Map.of("id", "x", "name", ""),
                Map.of("id", "x", "name", "Picture", "picture", "http://bots.example/a.png"),
                Map.of("id", "x", "name", "X", "owner", true))) {
            assertThat(carol.post(BOTS, body).problem()).as("%s", body).isEqualTo("bad_request");
        }
        Bot bot = Bot.named("Deploy");
        for (Map<String, Object> body : List.<Map<String, Object>>of(Map.of("name", "t", "scopes", List.of(), "days", 1),
                Map.of("name", "t", "scopes", List.of("admin"), "days", 1), Map.of("name", "t", "scopes", List.of("read"), "days", 0),
                Map.of("name", "t", "scopes", List.of("read"), "days", 367), Map.of("name", "t", "scopes", List.of("read")))) {
            assertThat(carol.post(bot.path() + "/tokens", body).problem()).as("%s", body).isEqualTo("bad_request");
        }
        assertThat(carol.post(BOTS + "/nobody/tokens", Map.of("name", "t", "scopes", List.of("read"), "days", 1)).problem())
                .isEqualTo("not_found");
        assertThat(carol.delete(bot.path() + "/tokens/none").problem()).isEqualTo("not_found");
        assertThat(carol.post("/api/administration/revocations", Map.of("user", bot.user())).problem()).isEqualTo("bad_request");
    }

    @Test
    void anIdIsUsedOnce() {
        Bot bot = Bot.named("Deploy");
        assertThat(carol.post(BOTS, Map.of("id", bot.id(), "name", "Another")).problem()).isEqualTo("conflict");
        String token = bot.token("read");
        assertThat(carol.delete(bot.path()).status()).isEqualTo(204);
        assertThat(carol.delete(bot.path()).problem()).isEqualTo("not_found");
        assertThat(carol.post(BOTS, Map.of("id", bot.id(), "name", "Another")).problem()).isEqualTo("conflict");
        assertThat(Http.withToken(token).get("/api/rooms").status()).isEqualTo(401);
    }

    @Test
    void aBotHasAtMostTenTokens() {
        Bot bot = Bot.named("Deploy");
        for (int i = 0; i < 10; i++) {
            bot.issues("read");
        }
        assertThat(carol.post(bot.path() + "/tokens", Map.of("name", "t", "scopes", List.of("read"), "days", 1)).problem())
                .isEqualTo("conflict");
    }

    @Test
    void aTokenWorksOverTheSocketHttpAndStreamsUntilItIsRevoked() {
        Bot bot = Bot.named("Deploy");
        String room = alice.createsPrivateRoom();
        assertThat(alice.setsRole(room, bot.user(), "member").status()).isEqualTo(204);
        JsonNode issued = bot.issues("read", "post");
        String token = issued.get("token").stringValue();
        try (ChatClient client = ChatClient.withToken(token); ChatClient other = ChatClient.withToken(bot.token("read"))) {
            assertThat(client.hello().get("user").get("id").stringValue()).isEqualTo(bot.user());
            client.subscribes(room);
            client.posts("Hello");
            JsonNode page = Http.withToken(token).get("/api/rooms/" + room + "/messages").json(200);
            assertThat(page.at("/messages/0/by").toString()).isEqualTo("{\"id\":\"" + bot.user() + "\",\"name\":\"Deploy\"}");
            assertThat(Http.withToken(token).post("/api/stream", Map.of("subscribe", List.of(Map.of("room", room)), "wait", 0)).body())
                    .contains("\"role\":\"member\"").doesNotContain("error");
            assertThat(alice.get("/api/people/one?id=" + bot.user()).json(200).get("picture").stringValue()).endsWith(bot.id() + ".png");
            // Uses are written every two seconds.
            await().atMost(PROMISE).until(() -> token(bot, issued).get("uses").longValue() == 3);
            assertThat(token(bot, issued).get("used").stringValue()).isNotEmpty();

            Instant start = Instant.now();
            assertThat(bot.revokes(issued).status()).isEqualTo(204);
            assertThat(client.closeCode()).isEqualTo(4001);
            assertThat(Duration.between(start, Instant.now())).isLessThan(PROMISE);
            assertThat(Handshake.withToken(token).refused().status()).isEqualTo(401);
            assertThat(Http.withToken(token).get("/api/rooms").status()).isEqualTo(401);
            // Another token goes on.
            other.asks("ping", Map.of()).ok();
        }
        assertThat(carol.get("/api/administration/audit?limit=50").json(200).get("entries").valueStream()
                .filter(entry -> entry.path("subject").asString("").equals(bot.user())).map(entry -> entry.get("action").stringValue()))
                .containsSubsequence("bot.token.revoked", "bot.token.created", "bot.created");
        assertThat(carol.get("/api/administration/audit?limit=50").body()).doesNotContain(token);
    }

    private JsonNode token(Bot bot, JsonNode issued) {
        return carol.get(BOTS + "?limit=1&after=" + bot.id().substring(0, bot.id().length() - 1)).json(200).get("bots").valueStream()
                .flatMap(one -> one.get("tokens").valueStream()).filter(one -> one.get("id").equals(issued.get("id"))).findFirst()
                .orElseThrow();
    }

    @Test
    void aBotGetsNoTicketAndATokenNoFurtherScope() {
        Bot bot = Bot.named("Deploy");
        String token = bot.token("read", "post", "members", "commands");
        assertThat(Http.withToken(token).post("/api/tickets", Map.of()).problem()).isEqualTo("forbidden");
        try (ChatClient client = ChatClient.withToken(bot.token("read"))) {
            assertThat(client.asks("auth.refresh", Map.of("token", token)).refusal()).isEqualTo("forbidden");
            client.asks("auth.refresh", Map.of("token", bot.token("read"))).ok();
        }
    }

    @Test
    void aBotIsRenamedForEveryone() {
        Bot bot = Bot.named("Deploy");
        assertThat(carol.patch(bot.path(), Map.of("name", "Release", "description", "Releases")).status()).isEqualTo(204);
        JsonNode person = alice.get("/api/people/one?id=" + bot.user()).json(200);
        assertThat(person.get("name").stringValue()).isEqualTo("Release");
        assertThat(person.has("picture")).isFalse();
        try (ChatClient client = ChatClient.withToken(bot.token("read"))) {
            assertThat(client.hello().get("user").get("name").stringValue()).isEqualTo("Release");
        }
    }

    @Test
    void aSlashCommandIsRefusedWithoutItsBot() {
        Bot bot = Bot.named("Deploy");
        String name = name();
        String room = alice.createsRoom();
        try (ChatClient client = ChatClient.withToken(bot.token("read", "commands")); ChatClient bob = ChatClient.of("bob").joins(room)) {
            assertThat(client.asks("slash.register", Map.of("commands", List.of(command("me")))).refusal()).isEqualTo("conflict");
            client.asks("slash.register", Map.of("commands", List.of(command(name)))).ok();
            try (ChatClient rival = ChatClient.withToken(Bot.named("Rival").token("commands"))) {
                assertThat(rival.asks("slash.register", Map.of("commands", List.of(command(name)))).refusal()).isEqualTo("conflict");
            }
            // The bot is no member.
            assertThat(bob.asks("slash.list", Map.of("room", room)).ok().get("commands")).isEmpty();
            assertThat(bob.asks("slash.run", Map.of("room", room, "command", name)).refusal()).isEqualTo("bad_request");
            alice.setsRole(room, bot.user(), "member");
            assertThat(bob.asks("slash.list", Map.of("room", room)).ok().get("commands").toString()).contains(name);
            // It is connected, but does not watch.
            Reply away = bob.asks("slash.run", Map.of("room", room, "command", name));
            assertThat(away.refusal()).isEqualTo("unavailable");
            assertThat(away.json().toString()).contains("Deploy is not connected now.");
        }
    }

    @Test
    void aPrivateAnswerReachesOnlyThePersonWhoAsked() {
        Bot bot = Bot.named("Deploy");
        String name = name();
        String room = alice.createsRoom();
        alice.setsRole(room, bot.user(), "member");
        try (ChatClient client = ChatClient.withToken(bot.token("read", "post", "commands"));
             ChatClient bob = ChatClient.of("bob").joins(room); ChatClient other = ChatClient.of("alice").joins(room);
             ChatClient rival = ChatClient.withToken(Bot.named("Rival").token("commands"))) {
            List.of(client, bob, other).forEach(one -> one.asks("watch", Map.of()).ok());
            client.asks("slash.register", Map.of("commands", List.of(command(name)))).ok();
            String call = bob.asks("slash.run", Map.of("room", room, "command", name, "text", "1.4")).ok().get("call").stringValue();
            JsonNode ran = client.receives(event("slash.ran"));
            assertThat(ran.get("call").stringValue()).isEqualTo(call);
            assertThat(ran.get("by").get("id").stringValue()).isEqualTo("bob");
            assertThat(ran.get("text").stringValue()).isEqualTo("1.4");

            assertThat(rival.asks("slash.answer", Map.of("call", call, "text", "I am Deploy")).refusal()).isEqualTo("gone");
            client.asks("slash.answer", Map.of("call", call, "text", "Only for Bob", "form", BUTTON)).ok();
            assertThat(bob.receives(event("slash.answered")).get("text").stringValue()).isEqualTo("Only for Bob");

            // Nobody else can press its button, or one that is not there.
            assertThat(other.asks("slash.press", press(room, "call", call, "approve")).refusal()).isEqualTo("conflict");
            assertThat(bob.asks("slash.press", press(room, "call", call, "reject")).refusal()).isEqualTo("conflict");
            bob.asks("slash.press", press(room, "call", call, "approve")).ok();
            JsonNode pressed = client.receives(event("slash.pressed"));
            assertThat(pressed.get("action").stringValue()).isEqualTo("approve");
            assertThat(pressed.get("call").stringValue()).isNotEqualTo(call);

            for (int i = 1; i < 10; i++) {
                client.asks("slash.answer", Map.of("call", call, "text", "again")).ok();
            }
            assertThat(client.asks("slash.answer", Map.of("call", call, "text", "again")).refusal()).isEqualTo("conflict");
            client.asks("message.post", Map.of("room", room, "key", "end", "text", "end")).ok();
            assertThat(other.receivesUpTo(posted("end"))).noneMatch(event -> event.path("type").asString("").startsWith("slash."));
        }
    }

    @Test
    void everyoneCanPressTheButtonOfAMessageUntilItIsEdited() {
        Bot bot = Bot.named("Deploy");
        String room = alice.createsPrivateRoom();
        alice.setsRole(room, bot.user(), "member");
        try (ChatClient client = ChatClient.withToken(bot.token("read", "post")); ChatClient person = ChatClient.of("alice")) {
            client.asks("watch", Map.of()).ok();
            client.subscribes(room);
            person.subscribes(room);
            assertThat(person.asks("message.post", Map.of("room", room, "key", "k", "text", "t", "form", BUTTON)).refusal())
                    .isEqualTo("forbidden");
            long message = client.asks("message.post", Map.of("room", room, "key", "k", "text", "Deploy?", "form", BUTTON)).offset();
            assertThat(person.receives(posted("Deploy?")).at("/form/buttons/0/label").stringValue()).isEqualTo("Approve");
            assertThat(Http.of("bob").post("/api/commands", Map.of("id", 1, "type", "slash.press", "room", room, "message", message,
                    "action", "approve")).json(200).at("/error/code").stringValue()).isEqualTo("not_found");
            person.asks("slash.press", press(room, "message", message, "approve")).ok();
            assertThat(client.receives(event("slash.pressed")).get("message").longValue()).isEqualTo(message);

            client.asks("message.edit", Map.of("room", room, "message", message, "text", "Approved")).ok();
            assertThat(person.asks("slash.press", press(room, "message", message, "approve")).refusal()).isEqualTo("conflict");
            HttpAnswer read = alice.get("/api/rooms/" + room + "/messages/" + message);
            assertThat(read.json(200).has("form")).isFalse();
        }
    }

    @Test
    void theBotOfTheDocumentationServesOnTheJavaClient() {
        String room = alice.createsRoom();
        try (Bot bot = Bot.named("Deploy"); ChatClient bob = ChatClient.of("bob").joins(room);
             Parley client = connect(bot.token("read", "post", "commands"))) {
            alice.setsRole(room, bot.user(), "member");
            DeployBot.serve(client);
            bob.asks("watch", Map.of()).ok();
            bob.asks("slash.run", Map.of("room", room, "command", "deploy", "text", "1.4")).ok();
            JsonNode asked = bob.receives(event("slash.answered"));
            assertThat(asked.at("/form/fields/1/label").stringValue()).isEqualTo("Where to");
            String call = asked.get("call").stringValue();
            assertThat(bob.asks("slash.press", press(room, "call", call, "go")).refusal()).isEqualTo("bad_request");
            bob.asks("slash.press", Map.of("room", room, "call", call, "action", "go", "values",
                    Map.of("version", "1.4", "target", "Staging"))).ok();
            JsonNode proposed = bob.receives(posted("Bob wants to deploy 1.4 to Staging."));
            assertThat(proposed.get("by").get("id").stringValue()).isEqualTo(bot.user());
            bob.asks("slash.press", press(room, "message", proposed.get("offset").longValue(), "approve")).ok();
            assertThat(bob.receives(event("message.edited")).get("text").stringValue()).startsWith("Approved by Bob.");
        }
    }

    private static Parley connect(String token) {
        return Parley.connect(Bot.server(), () -> token);
    }

    private static Map<String, Object> press(String room, String of, Object id, String action) {
        return Map.of("room", room, of, id, "action", action);
    }

    private static Map<String, Object> command(String name) {
        return Map.of("name", name, "description", "Deploys a version", "hint", "version");
    }

    private static String name() {
        return "c" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static Expected event(String type) {
        return new Expected(type, event -> event.path("type").asString("").equals(type));
    }
}
