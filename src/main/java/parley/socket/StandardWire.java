package parley.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.Wire;
import parley.protocol.CloseCode;
import parley.protocol.Frame;

/** A socket by the standard interface alone: it works on every Jakarta EE server. A frame is handed over when the one before it is. */
final class StandardWire implements Wire {

    private static final Logger LOG = Logger.getLogger(StandardWire.class.getName());

    private final Session session;

    StandardWire(Session session) {
        this.session = session;
    }

    @Override
    public void send(List<Frame> frames, Consumer<Boolean> done) {
        next(frames.iterator(), done);
    }

    private void next(Iterator<Frame> frames, Consumer<Boolean> done) {
        if (!frames.hasNext()) {
            done.accept(true);
            return;
        }
        if (!session.isOpen()) {
            done.accept(false);
            return;
        }
        try {
            session.getAsyncRemote().sendObject(frames.next(), result -> {
                if (result.isOK()) {
                    next(frames, done);
                } else {
                    done.accept(false);
                }
            });
        } catch (RuntimeException closing) {
            // Closed between the look and the call.
            done.accept(false);
        }
    }

    @Override
    public void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException closing) {
            LOG.log(Level.FINE, "A ping could not be sent", closing);
        }
    }

    @Override
    public void close(CloseCode code, String reason) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), reason));
        } catch (IOException | RuntimeException closed) {
            LOG.log(Level.FINE, "A connection could not be closed in order", closed);
        }
    }
}
