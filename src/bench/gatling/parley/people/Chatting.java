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
 * People who chat, for sizing a deployment: each comes, joins a room, reads its newest messages, types and posts about every 20 s,
 * is cut off now and then, and comes back to where it was. Its requests are named as the protocol names them.
 */
public final class Chatting extends Simulation {

    private static final String SERVER = System.getProperty("people.server");
    /** A file of tokens, one a line, of as many people; without it everyone signs in at the development issuer. */
    private static final List<String> TOKENS = tokens(System.getProperty("people.tokens", ""));
    private static final int PEOPLE = Integer.getInteger("people.count", 500);
    private static final int ROOM = Integer.getInteger("people.room", 25);
    private static final int SECONDS = Integer.getInteger("people.seconds", 120);
    /** How many times people are cut off and come back; a stay between two of them is about a minute. */
    private static final int STAYS = Math.max(1, SECONDS / 60);
    private static final int POSTS_A_STAY = 3;

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static final ChainBuilder SIGN_IN = exec(
            http("sign in").post("/dev/token").body(StringBody("{\"user\":\"#{user}\"}")).asJson()
                    .check(status().is(200), jsonPath("$.token").saveAs("token")));

    private static final ChainBuilder MAKE_ROOM = exec(
            http("make the room").post("/api/rooms").header("Authorization", "Bearer #{token}").asJson()
                    .body(StringBody("{\"id\":\"#{room}\",\"name\":\"#{room}\"}")).check(status().in(201, 409)));

    private static final ChainBuilder CONNECT = exec(ws("connect").connect("/ws").subprotocol("parley.v1")
            .header("Authorization", "Bearer #{token}")
            .await(10).on(ws.checkTextMessage("hello").matching(jsonPath("$.type").is("hello"))));

    private static final ChainBuilder COME = exec(CONNECT,
            ask("room.join", "1", "\"room\":\"#{room}\"", "$.ok.offset", "joined"),
            ask("subscribe", "2", "\"room\":\"#{room}\",\"last\":50", "$.ok.epoch", "epoch"));

    private static final ChainBuilder POST = exec(
            exec(ws("typing").sendText("{\"type\":\"typing\",\"room\":\"#{room}\",\"on\":true}")),
            pause(ofSeconds(1), ofSeconds(5)),
            exec(session -> session.set("key", UUID.randomUUID().toString())),
            ask("message.post", "3", "\"room\":\"#{room}\",\"key\":\"#{key}\",\"text\":\"Somebody has to say something about the third"
                    + " quarter, and it may as well be me, shortly.\"", "$.ok.offset", "offset"));

    private static final ChainBuilder BREAK_OFF_AND_COME_BACK = exec(
            ws("break off").close(),
            pause(ofMillis(500), ofSeconds(4)),
            CONNECT,
            ask("subscribe since", "4", "\"room\":\"#{room}\",\"since\":{\"epoch\":\"#{epoch}\",\"offset\":#{offset}}", "$.ok.recovered",
                    "recovered"));

    private static final ScenarioBuilder PEOPLE_CHATTING = scenario("people chatting")
            .exec(Chatting::someone)
            .doIf(session -> TOKENS.isEmpty()).then(SIGN_IN)
            .exec(MAKE_ROOM, COME, pause(ofSeconds(1), ofSeconds(20)))
            .exec(repeat(STAYS).on(
                    exec(repeat(POSTS_A_STAY).on(exec(POST, pause(ofSeconds(12), ofSeconds(22))))),
                    BREAK_OFF_AND_COME_BACK))
            .exec(ws("leave").close());

    public Chatting() {
        HttpProtocolBuilder server = http.baseUrl(SERVER).wsBaseUrl(SERVER.replaceFirst("^http", "ws")).acceptHeader("application/json");
        setUp(PEOPLE_CHATTING.injectOpen(rampUsers(PEOPLE).during(SECONDS / 4))).protocols(server).maxDuration(ofSeconds(2L * SECONDS));
    }

    // A command and its reply, which carries something to remember.
    private static ChainBuilder ask(String command, String id, String fields, String path, String name) {
        String type = command.split(" ")[0];
        return exec(ws(command).sendText("{\"id\":" + id + ",\"type\":\"" + type + "\"," + fields + "}")
                .await(10).on(ws.checkTextMessage(command + ": reply").matching(jsonPath("$.re").is(id))
                        .check(jsonPath(path).saveAs(name))));
    }

    private static Session someone(Session session) {
        int number = NUMBERS.getAndIncrement();
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
