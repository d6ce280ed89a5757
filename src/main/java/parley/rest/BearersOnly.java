package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.jwt.JsonWebToken;
import parley.protocol.Problem;

/**
 * Refuses requests without a token. One that is presented was verified by the server's MicroProfile JWT before; a
 * constraint in web.xml would have this server answer its absence with an empty 200.
 */
@Provider
public class BearersOnly implements ContainerRequestFilter {

    @Inject
    private JsonWebToken token;

    @Override
    public void filter(ContainerRequestContext request) {
        if (token.getRawToken() == null) {
            request.abortWith(Problems.response(Problem.unauthorized("A valid token is needed.")));
        }
    }
}
