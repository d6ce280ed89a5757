package parley.settings;

/** How frames reach and leave sockets. */
public enum WireKind {
    /** Parley takes over the connection from Grizzly, Payara's network layer, after Tyrus, its WebSocket implementation, upgraded it. */
    GRIZZLY,
    /** Parley uses the sessions of the standard WebSocket API. Much slower, but works on every Jakarta EE server. */
    STANDARD
}
