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
 * Makes frames of STOMP of what the outbox writes, and passes them to the wire below. Each is one text message. The shared part of an event
 * is copied behind the few bytes that name the receiver's subscription, and no more is done for each receiver.
 */
final class StompWire implements Wire {

    private static final int OPCODE = 0x0f;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;

    private final Wire below;
    private final Conversation conversation;
    private Runnable ready;
    private volatile Connection connection;
    private volatile long sentAt = System.nanoTime();

    StompWire(Wire below, Conversation conversation) {
        this.below = below;
        this.conversation = conversation;
    }

    /** The connection that this wire belongs to. Called once, when it was opened; nothing is written before. */
    void opened(Connection opened) {
        connection = opened;
        below.begin(ready);
    }

    /** When something was written last, as {@link System#nanoTime}. */
    long sentAt() {
        return sentAt;
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
            int start = input.position();
            int opcode = input.get() & OPCODE;
            int length = input.get();
            if (length == LENGTH_IN_TWO_BYTES) {
                length = input.getShort() & 0xffff;
            } else if (length == LENGTH_IN_EIGHT_BYTES) {
                length = (int) input.getLong();
            }
            int from = input.position();
            input.position(from + length);
            switch (opcode) {
                case Framing.TEXT -> text(out, frames, from, length);
                case Framing.BINARY -> conversation.event(frames, from, length).ifPresent(message -> write(out, message));
                case Framing.CLOSE -> {
                    int code = (frames[from] & 0xff) << Byte.SIZE | frames[from + 1] & 0xff;
                    conversation.closing(code).ifPresent(error -> write(out, error));
                    out.write(frames, start, input.position() - start);
                }
                default -> out.write(frames, start, input.position() - start);
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

    private void text(ByteArrayOutputStream out, byte[] frames, int from, int length) {
        if (length == 1) {
            // A heart-beat; all else is JSON.
            out.writeBytes(Framing.text("\n"));
            return;
        }
        conversation.text(new String(frames, from, length, StandardCharsets.UTF_8)).ifPresent(frame -> write(out, frame));
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
