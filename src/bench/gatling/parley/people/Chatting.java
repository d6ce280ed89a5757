package parley.people;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;
import static io.gatling.javaapi.http.HttpDsl.ws;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Simulates chat users for sizing a deployment. Each user connects, joins a room, reads its newest messages, types and posts about every
 * 20 s, loses the connection about once a minute, and resumes. Requests have the names of the protocol's commands.
 */
public final class Chatting extends Simulation {

    private static final String SERVER = System.getProperty("people.server");
    /** Tokens from a file, one per line; without a file users sign in with the development issuer. */
    private static final List<String> TOKENS = tokens(System.getProperty("people.tokens", ""));
    private static final int PEOPLE = Integer.getInteger("people.count", 500);
    private static final int ROOM = Integer.getInteger("people.room", 25);
    private static final int SECONDS = Integer.getInteger("people.seconds", 120);
    /** The number of connections per user, about a minute each. */
    private static final int STAYS = Math.max(1, SECONDS / 60);
    private static final int POSTS_PER_STAY = 3;

    private static final AtomicInteger NEXT_NUMBER = new AtomicInteger();

    private static final ChainBuilder SIGN_IN = exec(
            http("sign in").post("/dev/token").body(StringBody("{\"user\":\"#{user}\"}")).asJson()
                    .check(status().is(200), jsonPath("$.token").saveAs("token")));

    private static final ChainBuilder CREATE_ROOM = exec(
            http("create the room").post("/api/rooms").header("Authorization", "Bearer #{token}").asJson()
                    .body(StringBody("{\"id\":\"#{room}\",\"name\":\"#{room}\"}")).check(status().in(201, 409)));

    private static final ChainBuilder CONNECT = exec(ws("connect").connect("/ws").subprotocol("parley.v1")
            .header("Authorization", "Bearer #{token}")
            .await(10).on(ws.checkTextMessage("hello").matching(jsonPath("$.type").is("hello"))));

    private static final ChainBuilder ENTER = exec(CONNECT,
            command("room.join", "1", "\"room\":\"#{room}\"", "$.ok.offset", "joined"),
            command("subscribe", "2", "\"room\":\"#{room}\",\"last\":50", "$.ok.epoch", "epoch"));

    private static final ChainBuilder POST = exec(
            exec(ws("typing").sendText("{\"type\":\"typing\",\"room\":\"#{room}\",\"on\":true}")),
            pause(ofSeconds(1), ofSeconds(5)),
            exec(session -> session.set("key", UUID.randomUUID().toString())),
            command("message.post", "3", "\"room\":\"#{room}\",\"key\":\"#{key}\",\"text\":\"Someone should reply about the third"
                    + " quarter, and it may as well be me, shortly.\"", "$.ok.offset", "offset"));

    private static final ChainBuilder DROP_AND_RESUME = exec(
            ws("drop").close(),
            pause(ofMillis(500), ofSeconds(4)),
            CONNECT,
            command("subscribe since", "4", "\"room\":\"#{room}\",\"since\":{\"epoch\":\"#{epoch}\",\"offset\":#{offset}}",
            "$.ok.recovered",
                    "recovered"));

    private static final ScenarioBuilder PEOPLE_CHATTING = scenario("people chatting")
            .exec(Chatting::nextUser)
            .doIf(session -> TOKENS.isEmpty()).then(SIGN_IN)
            .exec(CREATE_ROOM, ENTER, pause(ofSeconds(1), ofSeconds(20)))
            .exec(repeat(STAYS).on(
                    exec(repeat(POSTS_PER_STAY).on(exec(POST, pause(ofSeconds(12), ofSeconds(22))))),
                    DROP_AND_RESUME))
            .exec(ws("leave").close());

    public Chatting() {
        HttpProtocolBuilder server = http.baseUrl(SERVER).wsBaseUrl(SERVER.replaceFirst("^http", "ws")).acceptHeader("application/json");
        setUp(PEOPLE_CHATTING.injectOpen(rampUsers(PEOPLE).during(SECONDS / 4))).protocols(server).maxDuration(ofSeconds(2L * SECONDS));
    }

    // Sends a command, waits for its reply, and stores the value at this path under this name.
    private static ChainBuilder command(String command, String id, String fields, String path, String name) {
        String type = command.split(" ")[0];
        return exec(ws(command).sendText("{\"id\":" + id + ",\"type\":\"" + type + "\"," + fields + "}")
                .await(10).on(ws.checkTextMessage(command + ": reply").matching(jsonPath("$.re").is(id))
                        .check(jsonPath(path).saveAs(name))));
    }

    private static Session nextUser(Session session) {
        int number = NEXT_NUMBER.getAndIncrement();
        return session.set("user", "user" + number).set("room", "people-" + number / ROOM)
                .set("token", TOKENS.isEmpty() ? "" : TOKENS.get(number % TOKENS.size()));
    }

    private static List<String> tokens(String file) {
        try {
            return file.isEmpty() ? List.of() : Files.readAllLines(Path.of(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
