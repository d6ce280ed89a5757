package parley.hub;

/**
 * The socket under a connection. Its outbox alone uses it, on the flusher's thread, one call at a time. No call waits
 * for the peer.
 */
public interface Wire {

    /** What became of frames that a wire was given. */
    enum Taken {
        /** They are on their way, and more may follow at once. */
        READY,
        /** They are on their way, or will be; more may follow when the wire says that it is ready. */
        BUSY,
        /** The connection has ended. */
        GONE
    }

    /** Tells, once and before anything else, what to run whenever the wire becomes ready, by any thread. It is busy until then. */
    void begin(Runnable ready);

    /** Sends whole frames, in order: the first {@code count} bytes, which may change as soon as this returns. */
    Taken send(byte[] frames, int count);

    /** Ends the connection in order: a close frame was the last one sent. */
    void end();

    /** Ends the connection at once, whatever the peer has yet to read. */
    void abort();
}
