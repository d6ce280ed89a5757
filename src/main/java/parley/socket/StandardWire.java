package parley.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.Wire;
import parley.protocol.Encoding;
import parley.protocol.Frame;
import parley.protocol.Framing;

/**
 * A connection through JSR 356 alone, for any Jakarta EE server. It splits the batch of encoded frames again and sends one frame at a time:
 * the next after the container has reported the one before as sent.
 */
final class StandardWire implements Wire {

    private static final Logger LOG = Logger.getLogger(StandardWire.class.getName());
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int OPCODE = 0x0f;

    private final Session session;
    private Runnable ready;

    // The fields below are guarded by this.
    private ByteBuffer frames = NOTHING;
    private boolean sending;
    /** A thread is inside a call to the container. */
    private boolean submitting;
    /** The container has a frame whose outcome is unknown. */
    private boolean inFlight;
    private boolean broken;

    StandardWire(Session session) {
        this.session = session;
    }

    /** Without compression, which JSR 356 leaves to the container. */
    @Override
    public Encoding encoding() {
        return encodingOf(session);
    }

    static Encoding encodingOf(Session session) {
        return Encoding.of(Handshake.CBOR_SUBPROTOCOL.equals(session.getNegotiatedSubprotocol()), false);
    }

    @Override
    public void begin(Runnable whenReady) {
        ready = whenReady;
        ready.run();
    }

    @Override
    public Taken send(byte[] bytes, int count) {
        synchronized (this) {
            if (broken) {
                return Taken.GONE;
            }
            frames = ByteBuffer.wrap(Arrays.copyOf(bytes, count));
            sending = true;
        }
        sendPending();
        return Taken.BUSY;
    }

    // The container reports the outcome of a frame during the call or later, on any thread. A report during the call returns at once and
    // the loop continues, so that many frames cause no deep recursion.
    private void sendPending() {
        ByteBuffer frame = next();
        while (frame != null) {
            submit(frame);
            synchronized (this) {
                submitting = false;
            }
            frame = next();
        }
    }

    private ByteBuffer next() {
        synchronized (this) {
            if (!sending || submitting || inFlight) {
                return null;
            }
            if (frames.hasRemaining() && !broken) {
                submitting = true;
                inFlight = true;
                return nextFrame();
            }
            sending = false;
            // An idle connection keeps no text.
            frames = NOTHING;
        }
        ready.run();
        return null;
    }

    private ByteBuffer nextFrame() {
        Framing.Part next = Framing.next(frames);
        return frames.slice(next.start(), next.end() - next.start()).position(next.from() - next.start());
    }

    private void submit(ByteBuffer frame) {
        try {
            switch (frame.get(0) & OPCODE) {
                case Framing.TEXT -> session.getAsyncRemote().sendObject(new Frame(text(frame)), result -> completed(result.isOK()));
                case Framing.BINARY -> session.getAsyncRemote().sendBinary(frame, result -> completed(result.isOK()));
                case Framing.PING -> {
                    session.getAsyncRemote().sendPing(frame);
                    completed(true);
                }
                case Framing.PONG -> {
                    session.getAsyncRemote().sendPong(frame);
                    completed(true);
                }
                case Framing.CLOSE -> {
                    session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(frame.getShort() & 0xffff), text(frame)));
                    completed(true);
                }
                default -> throw new IllegalArgumentException("Unsupported opcode " + (frame.get(0) & OPCODE));
            }
        } catch (IOException | RuntimeException closing) {
            LOG.log(Level.FINE, "Sending a frame failed; the connection will be closed", closing);
            completed(false);
        }
    }

    private void completed(boolean sent) {
        synchronized (this) {
            inFlight = false;
            broken |= !sent;
        }
        sendPending();
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    /** Does nothing: sending the close frame already closed the session. */
    @Override
    public void end() {
    }

    @Override
    public void abort() {
        try {
            session.close();
        } catch (IOException | RuntimeException closed) {
            LOG.log(Level.FINE, "Closing a session failed", closed);
        }
    }
}
