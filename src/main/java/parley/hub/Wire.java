package parley.hub;

/** The socket of a connection. Only its outbox uses it, on the flusher's thread, one call at a time. No call waits for the client. */
public interface Wire {

    /** What became of frames that a wire was given. */
    enum Taken {
        /** They are on their way, and more may follow at once. */
        READY,
        /** The wire took the frames. It takes more after it has called the ready callback. */
        BUSY,
        /** The connection has ended. */
        GONE
    }

    /** Sets, once and first, what any thread runs whenever the wire becomes ready. The wire is busy until then. */
    void begin(Runnable ready);

    /** Sends the first {@code count} bytes, which are whole frames in order. The array may change when the call returns. */
    Taken send(byte[] frames, int count);

    /** Ends the connection after a close frame. */
    void end();

    /** Ends the connection at once, also if the client has not read everything. */
    void abort();
}
