package parley.stomp;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.hub.Connection;
import parley.hub.Wire;
import parley.identity.Caller;
import parley.protocol.Inbound;
import parley.protocol.Problem;

/** The services of the server that a STOMP socket uses. Safe for every thread; never waits. */
public interface StompHost {

    /** The caller of a token, or the refusal: exactly one of the two is present. */
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

    /** Notes that the caller of this socket is known. */
    void identified(StompSocket socket);
}
