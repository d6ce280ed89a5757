package parley.kit;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A bot that an administrator made for a test. Closing it deletes it, so that its slash commands are free for another test. */
public record Bot(String id) implements AutoCloseable {

    private static final String BOTS = "/api/administration/bots";

    /** Makes a bot with this name, and a new id. */
    public static Bot named(String name) {
        String id = "bot-" + UUID.randomUUID();
        administrator().post(BOTS, Map.of("id", id, "name", name, "picture", "https://bots.example/" + id + ".png")).json(201);
        return new Bot(id);
    }

    /** Someone who administers bots. */
    public static Http administrator() {
        return Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));
    }

    /** The bot's user id in rooms. */
    public String user() {
        return "service:" + id;
    }

    /** The address of the bot for administrators. */
    public String path() {
        return BOTS + "/" + id;
    }

    /** The answer to a request for a token with these scopes. */
    public JsonNode issues(String... scopes) {
        JsonNode issued = administrator().post(path() + "/tokens", Map.of("name", "test", "scopes", List.of(scopes), "days", 30)).json(201);
        Secrets.token(issued.get("token").stringValue());
        return issued;
    }

    /** A token with these scopes. */
    public String token(String... scopes) {
        return issues(scopes).get("token").stringValue();
    }

    /** Revokes a token. */
    public HttpAnswer revokes(JsonNode issued) {
        return administrator().delete(path() + "/tokens/" + issued.get("id").stringValue());
    }

    @Override
    public void close() {
        administrator().delete(path());
    }

    /** Where programs connect. */
    public static URI server() {
        return URI.create(Server.base() + "/");
    }
}
