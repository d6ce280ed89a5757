package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import parley.identity.Authentication;
import parley.identity.Caller;
import parley.identity.TokenVerifier;
import parley.people.SignIns;
import parley.protocol.ConnectionCommand;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.threads.ReaderPool;

/**
 * Replaces the token of a connection by another one of the same user. Its groups must be a subset of the connection's groups, so the rights
 * of a connection never grow. To use a new group, a client opens a new connection.
 */
@ApplicationScoped
public class RefreshingToken {

    @Inject
    private Connections connections;
    @Inject
    private TokenVerifier tokens;
    @Inject
    private SignIns signIns;
    @Inject
    private ReaderPool readers;

    /** Returns the reply. Commands of one connection keep their order. */
    public CompletableFuture<Reply> refresh(Connection connection, ConnectionCommand.RefreshToken command) {
        // A reader thread verifies the token, because that may wait for the issuer's keys.
        return connection.inTurn(() -> readers.read(() -> switch (tokens.verify(command.token())) {
            case Authentication.Denied denied -> new Reply.Refused(command.id(), Problem.unauthorized("A valid token is needed."));
            case Authentication.Granted granted -> take(connection, command.id(), granted.caller());
        }));
    }

    private Reply take(Connection connection, long re, Caller fresh) {
        Caller now = connection.caller();
        if (!fresh.id().equals(now.id())) {
            return new Reply.Refused(re, Problem.forbidden("The token belongs to another user. Open a new connection with it."));
        }
        if (!now.groups().containsAll(fresh.groups())) {
            return new Reply.Refused(re,
                    Problem.forbidden("The token has more groups than this connection. Open a new connection with it."));
        }
        if (!fresh.scopes().equals(now.scopes())) {
            return new Reply.Refused(re, Problem.forbidden("The token has other scopes than this connection. Open a new one with it."));
        }
        connection.replaceCaller(fresh);
        signIns.signedIn(fresh);
        connections.closeIfRevoked(connection);
        return new Reply.Refreshed(re, fresh.expires(), Duration.between(Instant.now(), fresh.expires()).toMillis());
    }
}
