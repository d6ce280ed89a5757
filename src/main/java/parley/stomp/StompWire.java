package parley.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import parley.hub.Connection;
import parley.hub.Wire;
import parley.protocol.Encoding;
import parley.protocol.Framing;

/**
 * Turns the frames of the outbox into STOMP frames, and passes each as one text message to the wire below. For each receiver of an
 * event, it only puts the few bytes that name the subscription before the shared part.
 */
final class StompWire implements Wire {

    private final Wire below;
    private final Conversation conversation;
    private Runnable ready;
    private volatile Connection connection;
    private volatile long sentAt = System.nanoTime();

    StompWire(Wire below, Conversation conversation) {
        this.below = below;
        this.conversation = conversation;
    }

    /** Sets the connection of this wire. Called once, when it is open; nothing is written before. */
    void opened(Connection opened) {
        connection = opened;
        below.begin(ready);
    }

    /** The time of the last write, as {@link System#nanoTime}. */
    long sentAt() {
        return sentAt;
    }

    @Override
    public String kind() {
        return "stomp";
    }

    @Override
    public void begin(Runnable whenReady) {
        ready = whenReady;
    }

    @Override
    public Encoding encoding() {
        return Encoding.STOMP;
    }

    @Override
    public Taken send(byte[] frames, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(count + 256);
        ByteBuffer input = ByteBuffer.wrap(frames, 0, count);
        while (input.hasRemaining()) {
            Framing.Part frame = Framing.next(input);
            switch (frame.opcode()) {
                case Framing.TEXT -> text(out, frames, frame);
                case Framing.BINARY -> conversation.event(frames, frame.from(), frame.length()).ifPresent(message -> write(out, message));
                case Framing.CLOSE -> {
                    int code = input.getShort(frame.from()) & 0xffff;
                    conversation.closing(code).ifPresent(error -> write(out, error));
                    out.write(frames, frame.start(), frame.end() - frame.start());
                }
                default -> out.write(frames, frame.start(), frame.end() - frame.start());
            }
        }
        Optional<Conversation.Ending> ending = conversation.takeEnding();
        Taken taken = Taken.READY;
        if (out.size() > 0) {
            sentAt = System.nanoTime();
            taken = below.send(out.toByteArray(), out.size());
        }
        ending.ifPresent(end -> connection.close(end.code(), end.reason()));
        return taken;
    }

    private void text(ByteArrayOutputStream out, byte[] frames, Framing.Part frame) {
        if (frame.length() == 1) {
            // A heart-beat. Every other text is JSON.
            out.writeBytes(Framing.text("\n"));
            return;
        }
        conversation.text(new String(frames, frame.from(), frame.length(), StandardCharsets.UTF_8)).ifPresent(text -> write(out, text));
        conversation.farewell().ifPresent(receipt -> write(out, receipt));
    }

    private static void write(ByteArrayOutputStream out, byte[] frame) {
        out.writeBytes(Framing.message(Framing.TEXT, frame));
    }

    @Override
    public void pauseReading(long millis) {
        below.pauseReading(millis);
    }

    @Override
    public boolean answersPings() {
        return below.answersPings();
    }

    @Override
    public boolean hasLeft() {
        return below.hasLeft();
    }

    @Override
    public void end() {
        below.end();
    }

    @Override
    public void abort() {
        below.abort();
    }
}
