package parley.client;

/** What a client's connection is doing. */
public enum ConnectionState {
    /** It fetches a token or waits for the server's first frame. */
    CONNECTING,
    /** Commands and events flow. */
    CONNECTED,
    /** The connection was lost, and the next attempt waits for its time. */
    WAITING,
    /** The client has ended and does not connect again. */
    ENDED
}
