package parley.stomp;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.hub.Connection;
import parley.hub.Wire;
import parley.identity.Caller;
import parley.protocol.Inbound;
import parley.protocol.Problem;

/** What a socket of this dialect needs of the server. Safe for every thread; nothing waits. */
public interface StompHost {

    /** The owner of a token, or why it may not connect: exactly one of the two is there. */
    record Entry(Optional<Caller> caller, Optional<Problem> refusal) {}

    /** Checks a token, on a thread of its own. */
    CompletableFuture<Entry> admit(String token, String address);

    /** Opens a connection for this caller over this wire. */
    Connection open(Caller caller, String address, Wire wire);

    /** Executes a frame. */
    void route(Connection connection, Inbound frame);

    /** Releases a connection that has ended. */
    void closed(Connection connection);

    /** Forgets a socket that has ended. */
    void ended(StompSocket socket);

    /** The socket is no longer one that has not said who it is. */
    void identified(StompSocket socket);
}
