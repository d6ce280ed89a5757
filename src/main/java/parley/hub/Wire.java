package parley.hub;

import parley.protocol.Encoding;

/**
 * The socket of a connection. Only the outbox of the connection writes to it: it calls {@link #begin} when the connection opens, and
 * everything else on the flusher's thread. {@link #pauseReading} is for every thread. No call waits for the client.
 */
public interface Wire {

    /** What the wire did with the frames. */
    enum Taken {
        /** The wire took the frames and can take more at once. */
        READY,
        /** The wire took the frames. It takes more after it has called the ready callback. */
        BUSY,
        /** The connection has ended. */
        GONE
    }

    /** Sets the ready callback, once and before all other calls. Any thread may run the callback. Until its first run the wire is busy. */
    void begin(Runnable ready);

    /** Sends the first {@code count} bytes, which are whole frames in order. The caller may reuse the array after the call returns. */
    Taken send(byte[] frames, int count);

    /** How the client's handshake chose that frames are written. It never changes. */
    default Encoding encoding() {
        return Encoding.JSON;
    }

    /** What carries the frames, in a word for administrators: {@code websocket}, {@code stomp} or {@code stream}. */
    default String kind() {
        return "websocket";
    }

    /**
     * Takes nothing more from the client for about this long. What it sends meanwhile waits in the network. A wire that can't does nothing.
     *
     * @param millis at most a second: longer would look as if the connection were dead
     */
    default void pauseReading(long millis) {
    }

    /** Whether the client answers pings. Where it can't, only the wire shows that it reads. */
    default boolean answersPings() {
        return true;
    }

    /** Whether the client has ended the connection, as far as the wire can tell without writing. Called by each sweep. */
    default boolean hasLeft() {
        return false;
    }

    /** Ends the connection after the close frame was sent. */
    void end();

    /** Ends the connection at once, even if the client has not read everything. */
    void abort();
}
