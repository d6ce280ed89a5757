package parley.socket;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Instant;

/**
 * The endpoint's configurator: only the caller whom {@link HandshakeFilter} verified is bound to the session, and only
 * while the token lasts; whoever got here in another way is bound to nobody, and the endpoint ends such a session. A
 * configurator can't refuse with a status: setting one on its response still upgrades.
 */
public class TokenConfigurator extends ServerEndpointConfig.Configurator {

    static final String ARRIVAL = "parley.arrival";

    /** One endpoint for all connections: it keeps no state of theirs. */
    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return CDI.current().select(type).get();
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        config.getUserProperties().remove(ARRIVAL);
        if (request.getUserPrincipal() instanceof CallerPrincipal principal && principal.caller().expires().isAfter(Instant.now())) {
            config.getUserProperties().put(ARRIVAL, principal);
        }
    }
}
