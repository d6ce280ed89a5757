package parley.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.protocol.BrokenFrame;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.ConnectionCommand;
import parley.protocol.ErrorCode;
import parley.protocol.Fields;
import parley.protocol.Inbound;
import parley.protocol.Position;
import parley.protocol.Problem;
import parley.protocol.ReadCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates the frames of one STOMP connection to commands, and its replies and events to frames. Every frame after {@code CONNECT}
 * becomes one command with its own id ({@code DISCONNECT} becomes a ping), so the limits and the order of commands apply. The pending
 * commands are bounded: the router refuses a client that has too many commands in progress, and a refusal ends this conversation. Safe for
 * every thread; one thread reads and another one writes.
 */
final class Conversation {

    /** The code and the reason with which the connection must be closed, after the frames that were made before. */
    record Ending(int code, String reason) {}

    private enum Kind { SEND, SUBSCRIBE, UNSUBSCRIBE, DISCONNECT, BROKEN }

    /**
     * A command that waits for its reply.
     *
     * @param receipt the id that the receipt must have; null if the frame asks for no receipt
     * @param room of a subscription; null otherwise
     */
    private record Pending(Kind kind, String receipt, String room) {}

    /** A valid frame as a command. */
    private record Understood(Kind kind, String room, Inbound command) {}

    /** A subscription. Its events are delivered when the reply to it has named the epoch. */
    private static final class Subscribed {

        private final String id;
        private byte[] head;

        Subscribed(String id) {
            this.id = id;
        }
    }

    /** The most characters of a receipt's or a subscription's name. */
    static final int LONGEST_NAME = 256;

    private static final Pattern DESTINATION = Pattern.compile("/rooms/(.*)");
    private static final int PATH = "destination:/rooms/".length();

    private final HeartBeats beats;
    private final Map<Long, Pending> pending = new HashMap<>();
    private final Map<String, String> rooms = new HashMap<>();
    private final Map<String, Subscribed> subscriptions = new HashMap<>();
    private long lastId;
    private boolean disconnecting;
    private String farewell;
    private boolean over;
    private Ending ending;

    /** @param beats what both sides agreed on */
    Conversation(HeartBeats beats) {
        this.beats = beats;
    }

    // From the client.

    /** The command of this frame, or what is wrong with the frame. Null if the conversation is over: the frame is ignored. */
    synchronized Inbound command(StompFrame frame) {
        if (over || disconnecting) {
            return null;
        }
        long id = ++lastId;
        String receipt = frame.receipt().filter(name -> name.length() <= LONGEST_NAME).orElse(null);
        Refusals refusals = new Refusals();
        Understood understood = receipt == null && frame.receipt().isPresent()
                ? refusals.of(Problem.tooLarge("`receipt` has more than " + LONGEST_NAME + " characters."))
                : understand(id, frame, refusals);
        if (refusals.problem != null) {
            return broken(id, refusals.problem, receipt);
        }
        pending.put(id, new Pending(understood.kind, receipt, understood.room));
        return understood.command;
    }

    /** The broken frame that the router gets for bytes that are not a frame. Null if the conversation is over. */
    synchronized Inbound broken(Problem problem, String receipt) {
        return over || disconnecting ? null : broken(++lastId, problem, receipt);
    }

    private Inbound broken(long id, Problem problem, String receipt) {
        // No later frame is executed, so the client knows which frame was the last one.
        disconnecting = true;
        pending.put(id, new Pending(Kind.BROKEN, receipt, null));
        return new BrokenFrame(id, problem);
    }

    /** Keeps the first problem. */
    private static final class Refusals {

        private Problem problem;

        Understood of(Problem found) {
            problem = problem == null ? found : problem;
            return null;
        }

        Understood of(String message) {
            return of(Problem.badRequest(message));
        }
    }

    private Understood understand(long id, StompFrame frame, Refusals refusals) {
        if (frame.body().length > 0 && !frame.command().equals("SEND")) {
            return refusals.of("Only SEND may have a body.");
        }
        if (frame.headers().containsKey("transaction")) {
            return refusals.of("Transactions aren't supported.");
        }
        return switch (frame.command()) {
            case "SEND" -> send(id, frame, refusals);
            case "SUBSCRIBE" -> subscribe(id, frame, refusals);
            case "UNSUBSCRIBE" -> unsubscribe(id, frame, refusals);
            case "DISCONNECT" -> {
                disconnecting = true;
                yield new Understood(Kind.DISCONNECT, null, new ConnectionCommand.Ping(id));
            }
            case "CONNECT", "STOMP" -> refusals.of("The connection is already open.");
            case "ACK", "NACK" -> refusals.of("Messages aren't acknowledged. Subscribe with `ack:auto`.");
            case "BEGIN", "COMMIT", "ABORT" -> refusals.of("Transactions aren't supported.");
            default -> refusals.of("Unknown STOMP command.");
        };
    }

    private Understood send(long id, StompFrame frame, Refusals refusals) {
        String room = room(frame);
        Optional<String> text = frame.text();
        if (room == null) {
            return refusals.of("`destination` must be `/rooms/` followed by the id of a room.");
        }
        if (text.isEmpty()) {
            return refusals.of("The body must be UTF-8.");
        }
        ObjectNode post = JsonNodeFactory.instance.objectNode().put("id", id).put("type", "message.post").put("room", room)
                .put("text", text.get());
        frame.header("key").ifPresent(key -> post.put("key", key));
        Inbound command = Codec.decode(post);
        return command instanceof BrokenFrame broken ? refusals.of(broken.problem()) : new Understood(Kind.SEND, null, command);
    }

    private Understood subscribe(long id, StompFrame frame, Refusals refusals) {
        String room = room(frame);
        String name = frame.header("id").orElse("");
        Optional<Position> since = frame.header("since").flatMap(Position::of);
        if (room == null) {
            return refusals.of("`destination` must be `/rooms/` followed by the id of a room.");
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return refusals.of("`id` must have 1 to " + LONGEST_NAME + " characters.");
        }
        if (!frame.header("ack").orElse("auto").equals("auto")) {
            return refusals.of("`ack` must be `auto`.");
        }
        if (since.isEmpty() && frame.headers().containsKey("since")) {
            return refusals.of("`since` must be an epoch, a colon and an offset.");
        }
        if (rooms.containsKey(name)) {
            return refusals.of(Problem.conflict("A subscription with this `id` already exists."));
        }
        if (subscriptions.containsKey(room)) {
            return refusals.of(Problem.conflict("A subscription to this room already exists."));
        }
        rooms.put(name, room);
        subscriptions.put(room, new Subscribed(name));
        return new Understood(Kind.SUBSCRIBE, room, new ReadCommand.Subscribe(id, room, since, -1));
    }

    private Understood unsubscribe(long id, StompFrame frame, Refusals refusals) {
        String room = rooms.remove(frame.header("id").orElse(""));
        if (room == null) {
            return refusals.of("There is no subscription with this `id`.");
        }
        subscriptions.remove(room);
        return new Understood(Kind.UNSUBSCRIBE, null, new ReadCommand.Unsubscribe(id, room));
    }

    private static String room(StompFrame frame) {
        Matcher matcher = DESTINATION.matcher(frame.header("destination").orElse(""));
        return matcher.matches() && Fields.isRoomId(matcher.group(1)) ? matcher.group(1) : null;
    }

    // To the client.

    /** The {@code MESSAGE} of an event with this shared part; empty without a subscription to its room. */
    synchronized Optional<byte[]> event(byte[] bytes, int from, int length) {
        int end = from + PATH;
        while (bytes[end] != '\n') {
            end++;
        }
        Subscribed subscribed = subscriptions.get(new String(bytes, from + PATH, end - from - PATH, StandardCharsets.US_ASCII));
        if (over || subscribed == null || subscribed.head == null) {
            return Optional.empty();
        }
        byte[] message = Arrays.copyOf(subscribed.head, subscribed.head.length + length);
        System.arraycopy(bytes, from, message, subscribed.head.length, length);
        return Optional.of(message);
    }

    /** The frame of a reply, or of an event that is not logged; empty if STOMP has no frame for it. */
    synchronized Optional<byte[]> text(String json) {
        if (over) {
            return Optional.empty();
        }
        ObjectNode said = Codec.object(json).orElseThrow();
        return said.has("re") ? reply(said) : switch (said.path("type").asString("")) {
            case "hello" -> Optional.of(connected(said));
            case "unsubscribed" -> unsubscribed(said);
            // A STOMP client gets only logged events: no typing and no presence.
            default -> Optional.empty();
        };
    }

    private byte[] connected(ObjectNode hello) {
        return new StompWriter("CONNECTED").with("version", "1.2").with("heart-beat", beats.header())
                .with("session", hello.path("session").asString("")).with("server", "parley/" + hello.path("build").asString(""))
                .with("user-name", hello.path("user").path("id").asString("")).bytes();
    }

    private Optional<byte[]> unsubscribed(ObjectNode event) {
        if (!subscriptions.containsKey(event.path("room").asString(""))) {
            return Optional.empty();
        }
        ObjectNode problem = JsonNodeFactory.instance.objectNode().put("code", event.path("code").asString("internal"))
                .put("message", "The server ended the subscription to the room.")
                .put("temporary", event.path("resubscribe").asBoolean(false));
        return Optional.of(refused(problem, null));
    }

    private Optional<byte[]> reply(ObjectNode reply) {
        Pending answered = pending.remove(reply.path("re").asLong(0));
        if (answered == null || reply.has("error")) {
            return Optional.of(refused(reply.path("error"), answered == null ? null : answered.receipt));
        }
        JsonNode ok = reply.path("ok");
        if (answered.kind == Kind.DISCONNECT) {
            farewell = answered.receipt == null ? "" : answered.receipt;
            return Optional.empty();
        }
        if (answered.kind == Kind.SUBSCRIBE) {
            begun(answered.room, ok);
        }
        return answered.receipt == null ? Optional.empty() : Optional.of(receipt(answered.receipt, ok));
    }

    private void begun(String room, JsonNode ok) {
        Subscribed subscribed = subscriptions.get(room);
        if (subscribed != null) {
            subscribed.head = ("MESSAGE\nsubscription:" + StompWriter.escape(subscribed.id) + "\nepoch:"
                    + StompWriter.escape(ok.path("epoch").asString("")) + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] receipt(String name, JsonNode ok) {
        StompWriter receipt = new StompWriter("RECEIPT").with("receipt-id", name);
        for (String field : new String[] {"epoch", "offset", "recovered", "duplicate", "held"}) {
            if (ok.has(field)) {
                receipt.with(field, ok.get(field).asString());
            }
        }
        return receipt.bytes();
    }

    private byte[] refused(JsonNode problem, String receipt) {
        over = true;
        ending = ending(problem);
        return StompWriter.error(problem, receipt);
    }

    /** The receipt of {@code DISCONNECT}, once all earlier frames are answered. */
    synchronized Optional<byte[]> farewell() {
        if (over || farewell == null || !pending.isEmpty()) {
            return Optional.empty();
        }
        over = true;
        ending = new Ending(CloseCode.NORMAL.code(), "");
        return farewell.isEmpty() ? Optional.empty() : Optional.of(new StompWriter("RECEIPT").with("receipt-id", farewell).bytes());
    }

    /** Takes the ending, if the connection must be closed now. Returns it only once. */
    synchronized Optional<Ending> takeEnding() {
        Optional<Ending> now = Optional.ofNullable(ending);
        ending = null;
        return now;
    }

    /** The {@code ERROR} with the reason of this close code; empty if the client has already got a reason, or needs none. */
    synchronized Optional<byte[]> closing(int code) {
        if (over) {
            return Optional.empty();
        }
        over = true;
        return problem(code).map(problem -> StompWriter.error(problem, null));
    }

    /** Notes that the client has closed the connection. Nothing more is sent. */
    synchronized void left() {
        over = true;
    }

    private static Optional<Problem> problem(int code) {
        if (code == CloseCode.TOO_BIG.code()) {
            return Optional.of(Problem.tooLarge("A WebSocket message has at most " + Codec.LARGEST_FRAME + " bytes."));
        }
        if (code == CloseCode.PROTOCOL_ERROR.code() || code == CloseCode.NOT_UTF8.code() || code == CloseCode.BROKEN.code()) {
            return Optional.of(Problem.badRequest("The WebSocket message is broken."));
        }
        if (code == CloseCode.SIGNED_OUT.code()) {
            return Optional.of(Problem.unauthorized("The token is no longer valid."));
        }
        if (code == CloseCode.NOT_ALLOWED.code()) {
            return Optional.of(Problem.forbidden("This is no longer allowed."));
        }
        if (code == CloseCode.RESTART.code()) {
            return Optional.of(Problem.unavailable("The instance restarts."));
        }
        if (code == CloseCode.SILENT.code()) {
            return Optional.of(Problem.unavailable("No heart-beat arrived in time."));
        }
        if (code == CloseCode.SLOW.code() || code == CloseCode.FLOOD.code() || code == CloseCode.CROWDED.code()) {
            return Optional.of(Problem.rateLimited("The client sends too much, reads too slowly, or has too many connections.", 1_000));
        }
        return Optional.empty();
    }

    /** How a connection is closed after this problem. */
    static Ending ending(Problem problem) {
        return ending(problem.code(), problem.retryAfter());
    }

    private static Ending ending(JsonNode problem) {
        String wire = problem.path("code").asString("");
        for (ErrorCode code : ErrorCode.values()) {
            if (code.wire().equals(wire)) {
                return ending(code, problem.path("retryAfter").asLong(0));
            }
        }
        return ending(ErrorCode.INTERNAL, 0);
    }

    private static Ending ending(ErrorCode code, long after) {
        return switch (code) {
            case UNAUTHORIZED -> new Ending(CloseCode.SIGNED_OUT.code(), code.wire());
            case FORBIDDEN, NOT_FOUND -> new Ending(CloseCode.NOT_ALLOWED.code(), code.wire());
            case RATE_LIMITED -> new Ending(CloseCode.FLOOD.code(), code.wire());
            case UNAVAILABLE, INTERNAL -> new Ending(CloseCode.RESTART.code(), "{\"after\":" + Math.max(after, 1_000) + "}");
            case BAD_REQUEST, CONFLICT, TOO_LARGE, GONE, REFUSED_TEXT, UNSUPPORTED -> new Ending(CloseCode.BROKEN.code(), code.wire());
        };
    }
}
