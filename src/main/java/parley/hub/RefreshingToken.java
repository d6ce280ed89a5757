package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import parley.identity.Authentication;
import parley.identity.Caller;
import parley.identity.TokenVerifier;
import parley.protocol.Command;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.threads.ReaderPool;

/**
 * Replaces the token of a connection by a newer one of the same user. The new token may not have more groups: the rights of a
 * connection only shrink. To use a new group, a client opens a new connection.
 */
@ApplicationScoped
public class RefreshingToken {

    @Inject
    private Connections connections;
    @Inject
    private TokenVerifier tokens;
    @Inject
    private ReaderPool readers;

    /** The reply, commands of one connection in their order. */
    public CompletableFuture<Reply> refresh(Connection connection, Command.RefreshToken command) {
        // Verifying may wait for the issuer's keys.
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
        connection.replaceCaller(fresh);
        connections.closeIfRevoked(connection);
        return new Reply.Refreshed(re, fresh.expires());
    }
}
