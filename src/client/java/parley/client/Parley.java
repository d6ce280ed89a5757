package parley.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of one person or bot. It connects in the background, again and again until it is closed, and can be used at once: commands wait
 * for the connection. Safe for every thread.
 */
public final class Parley implements AutoCloseable {

    private final Session session;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    Parley(Options options) {
        session = new Session(options);
        session.start();
    }

    /**
     * Connects with the defaults.
     *
     * @param server the application, such as {@code https://chat.example.com/parley}
     * @param tokens called before each connect, and before a token expires
     */
    public static Parley connect(URI server, Tokens tokens) {
        return builder(server).tokens(tokens).connect();
    }

    /**
     * What else can be chosen, before connecting.
     *
     * @param servers the application at one balancer, or at several instances, which the client tries one after the other
     */
    public static ParleyBuilder builder(URI... servers) {
        return new ParleyBuilder(List.of(servers));
    }

    /** A room; always the same object for the same id. This alone asks the server for nothing. */
    public Room room(String id) {
        Objects.requireNonNull(id, "id");
        return rooms.computeIfAbsent(id, unknown -> new Room(unknown, session));
    }

    /**
     * What concerns the person in all rooms: while there is a subscriber, the client sends {@code watch}. The first frame after each
     * connect is the reply to it, with {@code "type":"watch"}; then come {@code activity}, {@code room.added}, {@code notified} and so on
     * as in the protocol. Frames of a break are lost; the next reply has the new state. The bounds are those of
     * {@link Room#events}.
     */
    public Flow.Publisher<JsonNode> events() {
        return session.own();
    }

    /**
     * Offers the slash commands of a bot, and calls a listener each time that a person runs one or presses a button of the bot. They are
     * offered again after each connect, and take the place of those that the bot offered before. While the client has no connection, the
     * server refuses calls. Needs a token with the scopes {@code read} and {@code commands}.
     *
     * @return completes when the server has the commands; fails with a {@link ParleyException} if it refuses
     */
    public CompletableFuture<Void> serve(List<SlashCommand> commands, Consumer<? super SlashCall> listener) {
        Objects.requireNonNull(listener, "listener");
        List<Map<String, Object>> offered = commands.stream().map(SlashCommand::fields).toList();
        CompletableFuture<Void> first = new CompletableFuture<>();
        events().subscribe(new Listener<>(frame -> {
            String type = frame.path("type").asString("");
            if (type.equals("watch")) {
                // Only now does the server know that the bot is here.
                command("slash.register", Map.of("commands", offered)).whenComplete((ok, failed) -> {
                    if (failed == null) {
                        first.complete(null);
                    } else {
                        first.completeExceptionally(failed);
                    }
                });
            } else if (type.equals("slash.ran") || type.equals("slash.pressed")) {
                listener.accept(new SlashCall(this, frame));
            }
        }, session::failed));
        return first.copy();
    }

    /** Sends any command that concerns no single room. See {@link Room#command}. */
    public CompletableFuture<JsonNode> command(String type, Map<String, ?> fields) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode().put("type", type);
        fields.forEach((name, value) -> frame.set(name, Values.of(value)));
        return session.command(frame, "", true);
    }

    /** Completes with the server's first {@code hello}; fails if the client ends before. */
    public CompletableFuture<JsonNode> ready() {
        return session.ready().copy();
    }

    /** What the connection is doing now. */
    public ConnectionState state() {
        return session.state();
    }

    /** Calls a listener with each further state of the connection, on a thread of the callbacks. */
    public void onState(Consumer<ConnectionState> listener) {
        session.listen(Objects.requireNonNull(listener, "listener"));
    }

    /** Completes when the client has ended for good, with the reason. */
    public CompletableFuture<Ending> ended() {
        return session.ended().copy();
    }

    /** What was counted and measured so far. Cheap; call it as often as you like. */
    public Stats stats() {
        return session.stats();
    }

    /** Ends the client. Commands without an answer fail, and subscribers complete after the events that wait for them. */
    @Override
    public void close() {
        session.close();
    }
}
