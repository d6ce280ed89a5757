package parley.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Framing;
import parley.protocol.Position;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes server-sent events (HTML Living Standard, section 9.2) of the frames of a connection, and notes what they were. A text frame is the
 * data of one event, a ping is a comment, and a close frame is an event {@code close} that says why the stream ends. Used by one thread at
 * a time.
 */
final class StreamText {

    private static final byte[] DATA = ascii("data: ");
    private static final byte[] END = ascii("\n\n");
    private static final byte[] COMMENT = ascii(":\n\n");
    private static final String REPLY = "{\"re\":";
    // Nothing is lost with these: they are stale soon, and each stream begins with the current state.
    private static final Pattern EPHEMERAL = Pattern.compile("\\{\"type\":\"(hello|typing|presence)\"");
    private static final Pattern UNSUBSCRIBED = Pattern.compile("\\{\"type\":\"unsubscribed\"");
    // The order of fields is that of FrameWriter; other people's text comes later in a frame.
    private static final Pattern LOGGED = Pattern.compile("\\{\"type\":\"[a-z.]+\",\"room\":\"[A-Za-z0-9_-]+\",\"offset\":([0-9]+),");
    private static final int LONGEST_HEAD = 200;

    private final boolean withIds;
    private final Optional<Position> since;
    private String epoch = "";
    private int replies;
    private boolean missed;
    private boolean hasEvents;
    private boolean ended;

    /**
     * @param withIds whether events have an {@code id} to resume after, which makes sense for one room only
     * @param since what a recovered subscription resumes after
     */
    StreamText(boolean withIds, Optional<Position> since) {
        this.withIds = withIds;
        this.since = since;
    }

    /** The number of replies so far. */
    int replies() {
        return replies;
    }

    /** Whether a reply said anything but that nothing was missed. */
    boolean hasMissed() {
        return missed;
    }

    /** Whether an event came that a client would miss. */
    boolean hasEvents() {
        return hasEvents;
    }

    /** Whether a subscription was refused or has ended. */
    boolean hasEnded() {
        return ended;
    }

    /** The server-sent events of the first {@code count} bytes, which are whole frames. */
    byte[] of(byte[] frames, int count) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(count + 64);
        ByteBuffer input = ByteBuffer.wrap(frames, 0, count);
        while (input.hasRemaining()) {
            Framing.Part frame = Framing.next(input);
            switch (frame.opcode()) {
                case Framing.TEXT -> event(text, frames, frame.from(), frame.length());
                case Framing.PING -> text.writeBytes(COMMENT);
                case Framing.CLOSE -> close(text, frames, frame.from(), frame.length());
                default -> throw new IllegalArgumentException("Unsupported opcode " + frame.opcode());
            }
        }
        return text.toByteArray();
    }

    private void event(ByteArrayOutputStream text, byte[] frames, int from, int length) {
        String head = new String(frames, from, Math.min(length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        if (head.startsWith(REPLY)) {
            replies++;
            reply(text, Codec.object(new String(frames, from, length, StandardCharsets.UTF_8)).orElseThrow());
        } else if (!EPHEMERAL.matcher(head).lookingAt()) {
            hasEvents = true;
            ended |= UNSUBSCRIBED.matcher(head).lookingAt();
            Matcher logged = LOGGED.matcher(head);
            if (withIds && logged.lookingAt()) {
                id(text, epoch + ":" + logged.group(1));
            }
        }
        text.writeBytes(DATA);
        // JSON has no line break outside of its strings, and none unescaped inside.
        text.write(frames, from, length);
        text.writeBytes(END);
    }

    private void reply(ByteArrayOutputStream text, ObjectNode reply) {
        JsonNode ok = reply.path("ok");
        boolean isSubscription = ok.has("epoch");
        boolean recovered = ok.path("recovered").asBoolean(false);
        missed |= isSubscription ? !recovered : !ok.isObject();
        ended |= !ok.isObject();
        if (withIds && isSubscription) {
            epoch = ok.get("epoch").stringValue();
            id(text, recovered && since.isPresent() ? since.get().text() : new Position(epoch, ok.get("offset").longValue()).text());
        }
    }

    private static void id(ByteArrayOutputStream text, String id) {
        text.writeBytes(ascii("id: " + id + "\n"));
    }

    // Nothing is said about a normal end: the response says it by ending.
    private static void close(ByteArrayOutputStream text, byte[] frames, int from, int length) {
        int code = (frames[from] & 0xff) << Byte.SIZE | frames[from + 1] & 0xff;
        if (code == CloseCode.NORMAL.code()) {
            return;
        }
        String reason = new String(frames, from + Short.BYTES, length - Short.BYTES, StandardCharsets.UTF_8);
        if (code == CloseCode.RESTART.code()) {
            // EventSource comes back after this time.
            Codec.object(reason).map(fields -> fields.path("after").asLong(0))
                    .ifPresent(after -> text.writeBytes(ascii("retry: " + after + "\n")));
        }
        String data = JsonNodeFactory.instance.objectNode().put("type", "close").put("code", code).put("reason", reason).toString();
        text.writeBytes(ascii("event: close\n"));
        text.writeBytes(DATA);
        text.writeBytes(data.getBytes(StandardCharsets.UTF_8));
        text.writeBytes(END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
