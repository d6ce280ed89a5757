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
import parley.protocol.Frame;
import parley.protocol.Framing;

/**
 * A socket by the standard interface alone: it works on every Jakarta EE server. Frames are taken apart again, and each is
 * handed over when the one before it is on its way.
 */
final class StandardWire implements Wire {

    private static final Logger LOG = Logger.getLogger(StandardWire.class.getName());
    private static final int OPCODE = 0x0f;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;

    private final Session session;
    private Runnable ready;

    // All below are guarded by this.
    private ByteBuffer frames = ByteBuffer.allocate(0);
    private boolean sending;
    private boolean handing;
    private boolean inFlight;
    private boolean broken;

    StandardWire(Session session) {
        this.session = session;
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
        handOn();
        return Taken.BUSY;
    }

    // A frame's outcome is told while it is handed over or later, by any thread. Whoever finds nobody at it goes on, so
    // that many frames are no deep recursion.
    private void handOn() {
        ByteBuffer frame = next();
        while (frame != null) {
            hand(frame);
            synchronized (this) {
                handing = false;
            }
            frame = next();
        }
    }

    private ByteBuffer next() {
        synchronized (this) {
            if (!sending || handing || inFlight) {
                return null;
            }
            if (frames.hasRemaining() && !broken) {
                handing = true;
                inFlight = true;
                return nextFrame();
            }
            sending = false;
        }
        ready.run();
        return null;
    }

    private ByteBuffer nextFrame() {
        frames.mark().get();
        int length = frames.get();
        if (length == LENGTH_IN_TWO_BYTES) {
            length = frames.getShort() & 0xffff;
        } else if (length == LENGTH_IN_EIGHT_BYTES) {
            length = (int) frames.getLong();
        }
        int end = frames.position() + length;
        int header = frames.position() - frames.reset().position();
        ByteBuffer frame = frames.slice(frames.position(), header + length);
        frames.position(end);
        return frame.position(header);
    }

    private void hand(ByteBuffer frame) {
        try {
            switch (frame.get(0) & OPCODE) {
                case Framing.TEXT -> session.getAsyncRemote().sendObject(new Frame(text(frame)), result -> handed(result.isOK()));
                case Framing.PING -> {
                    session.getAsyncRemote().sendPing(frame);
                    handed(true);
                }
                case Framing.PONG -> {
                    session.getAsyncRemote().sendPong(frame);
                    handed(true);
                }
                case Framing.CLOSE -> {
                    session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(frame.getShort() & 0xffff), text(frame)));
                    handed(true);
                }
                default -> throw new IllegalArgumentException("There are no such frames.");
            }
        } catch (IOException | RuntimeException closing) {
            LOG.log(Level.FINE, "A frame could not be sent", closing);
            handed(false);
        }
    }

    private void handed(boolean well) {
        synchronized (this) {
            inFlight = false;
            broken |= !well;
        }
        handOn();
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    /** The session closed with the close frame. */
    @Override
    public void end() {
    }

    @Override
    public void abort() {
        try {
            session.close();
        } catch (IOException | RuntimeException closed) {
            LOG.log(Level.FINE, "A connection could not be closed in order", closed);
        }
    }
}
