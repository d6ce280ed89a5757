package parley.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.RawFrame;
import parley.kit.RawSocket;
import parley.kit.Server;
import parley.kit.Span;
import parley.kit.SpanReceiver;
import parley.kit.Tokens;

/** Traces of a server that samples half of the commands. Each test sends so many that some are sampled and some are not. */
public abstract class SampledTraces {

    private static final int COMMANDS = 40;
    private static final String FORCED = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + FORCED + "-00f067aa0ba902b7-01";

    private final SpanReceiver receiver;
    private final String user = "user-" + UUID.randomUUID();
    private final long begin = TimeUnit.SECONDS.toNanos(Instant.now().getEpochSecond());

    protected SampledTraces(SpanReceiver receiver) {
        this.receiver = receiver;
    }

    @Test
    void aPostHasACommandACommitAndADelivery() {
        String room = Http.of(user).createsRoom();
        try (ChatClient client = ChatClient.of(user).joins(room)) {
            for (int i = 0; i < COMMANDS; i++) {
                client.posts("post " + i);
            }
        }
        List<Span> commands = commands("message.post");
        assertThat(commands).as("commands sampled of " + COMMANDS).hasSizeLessThan(COMMANDS);
        for (Span command : commands) {
            assertThat(command.isRoot()).isTrue();
            assertThat(command.attributes()).containsOnlyKeys("parley.command", "parley.instance", "parley.outcome")
                    .containsEntry("parley.command", "message.post").containsEntry("parley.outcome", "ok")
                    .containsEntry("parley.instance", "server");
            List<Span> children = childrenOf(command);
            assertThat(children).extracting(Span::name).containsExactlyInAnyOrder("commit", "deliver");
            assertThat(children).allMatch(child -> child.isWithin(command) && child.trace().equals(command.trace()) && !child.failed());
            Span commit = named("commit", children);
            assertThat(commit.attributes()).containsOnlyKeys("parley.batch.size");
            assertThat(Integer.parseInt(commit.attributes().get("parley.batch.size"))).isPositive();
            assertThat(named("deliver", children).start()).isGreaterThanOrEqualTo(commit.end());
        }
    }

    @Test
    void aRefusedCommandHasItsCodeAndNoDelivery() {
        try (ChatClient client = ChatClient.of(user)) {
            for (int i = 0; i < COMMANDS; i++) {
                client.asks("room.leave", Map.of("room", "nowhere")).error();
            }
        }
        for (Span command : commands("room.leave", "not_found")) {
            assertThat(childrenOf(command)).extracting(Span::name).containsExactly("commit");
        }
    }

    @Test
    void aCommandWithoutATransactionHasNoChildren() {
        try (ChatClient client = ChatClient.of(user)) {
            for (int i = 0; i < COMMANDS; i++) {
                client.asks("ping", Map.of()).ok();
                client.asks("subscribe", Map.of("room", "nowhere")).error();
            }
        }
        assertThat(commands("ping")).allMatch(command -> childrenOf(command).isEmpty());
        assertThat(commands("subscribe", "not_found")).allMatch(command -> childrenOf(command).isEmpty());
    }

    @Test
    void aCommandOverHttpHasACommitAndADelivery() {
        for (int i = 0; i < COMMANDS; i++) {
            Http.of(user).createsRoom();
        }
        for (Span command : commands("CreateRoom")) {
            assertThat(command.isRoot()).isTrue();
            assertThat(childrenOf(command)).extracting(Span::name).containsExactlyInAnyOrder("commit", "deliver");
        }
    }

    @Test
    void noHeaderDecidesWhatIsSampled() {
        String room = Http.of("alice").createsRoom();
        for (int i = 0; i < COMMANDS; i++) {
            Http.of(user).send(HttpRequest.newBuilder(Server.at("/api/rooms")).header("traceparent", TRACEPARENT)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(Json.text(Map.of("name", "Room " + UUID.randomUUID(), "kind", "public"))))).json(201);
        }
        try (RawSocket socket = Handshake.of(user).with("traceparent", TRACEPARENT).opens()) {
            for (int i = 1; i <= COMMANDS; i++) {
                socket.sends(RawFrame.text(Json.command(i, "room.join", Map.of("room", room))));
                socket.readsReply(i);
            }
        }
        commands("CreateRoom");
        commands("room.join");
        assertThat(receiver.spans()).extracting(Span::trace).doesNotContain(FORCED);
    }

    @Test
    void nothingSaysWhoOrWhereOrWhat() {
        String secret = "secret-" + UUID.randomUUID();
        String token = Tokens.of(user);
        Http http = Http.withToken(token);
        String room = http.createsPrivateRoom();
        try (ChatClient client = ChatClient.withToken(token).joins(room)) {
            for (int i = 0; i < COMMANDS; i++) {
                client.posts(secret, secret + i).ok();
                http.bans(room, "banned-" + user);
                http.liftsBan(room, "banned-" + user);
                client.asks("message.post", Map.of("room", secret, "key", secret, "text", secret)).error();
            }
        }
        commands("message.post");
        commands("message.post", "not_found");
        commands("BanUser");
        commands("LiftBan");
        assertThat(receiver.everything()).doesNotContain(user, room, secret, "nowhere", token, token.substring(token.lastIndexOf('.') + 1),
                "Test room");
    }

    // Waits for a sampled command that succeeded; children arrive before their parent.
    private List<Span> commands(String type) {
        return commands(type, "ok");
    }

    private List<Span> commands(String type, String outcome) {
        BooleanSupplier some = () -> !commandsSoFar(type, outcome).isEmpty();
        await("a sampled " + type + " with " + outcome).atMost(30, TimeUnit.SECONDS).until(some::getAsBoolean);
        return commandsSoFar(type, outcome);
    }

    private List<Span> commandsSoFar(String type, String outcome) {
        return receiver.spans().stream().filter(span -> span.start() >= begin && span.name().equals("command " + type)
                && outcome.equals(span.attributes().get("parley.outcome"))).toList();
    }

    private List<Span> childrenOf(Span command) {
        return receiver.spans().stream().filter(span -> span.parent().equals(command.id())).toList();
    }

    private static Span named(String name, List<Span> spans) {
        return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
    }
}
