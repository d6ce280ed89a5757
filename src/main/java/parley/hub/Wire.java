package parley.hub;

import java.util.List;
import java.util.function.Consumer;
import parley.protocol.CloseCode;
import parley.protocol.Frame;

/** The socket under a connection. Only the connection's flusher calls it. */
public interface Wire {

    /**
     * Starts to send these frames, in order, and returns without waiting for the peer. {@code done} is called once, by
     * any thread, when they are on their way ({@code true}) or never will be.
     */
    void send(List<Frame> frames, Consumer<Boolean> done);

    /** Sends a ping (RFC 6455 section 5.5.2). */
    void ping();

    /** Ends the connection. */
    void close(CloseCode code, String reason);
}
