package parley.socket;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;

/**
 * Hands the caller that {@link HandshakeFilter} verified to the session, if the token is still valid. A session without a caller is closed
 * by {@link RoomEndpoint}, because a configurator can't refuse: the container upgrades whatever status it sets.
 */
public class TokenConfigurator extends ServerEndpointConfig.Configurator {

    /** The user property that holds the {@link CallerPrincipal}. */
    static final String PRINCIPAL = "parley.principal";

    /** Returns the shared endpoint: it keeps the state of a connection in its session. */
    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return CDI.current().select(type).get();
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        config.getUserProperties().remove(PRINCIPAL);
        if (request.getUserPrincipal() instanceof CallerPrincipal principal && principal.isValid()) {
            config.getUserProperties().put(PRINCIPAL, principal);
        }
    }
}
