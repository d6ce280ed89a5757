package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.jwt.JsonWebToken;
import parley.identity.Admission;
import parley.identity.TokenVerifier;
import parley.protocol.Problem;

/**
 * Refuses requests without a token (a constraint in web.xml would have this server answer those with an empty 200), and
 * has one that the server's MicroProfile JWT let through verified as the socket does: it does not look at {@code nbf},
 * and takes refresh tokens.
 */
@Provider
public class BearersOnly implements ContainerRequestFilter {

    @Inject
    private JsonWebToken token;
    @Inject
    private TokenVerifier tokens;
    @Inject
    private RequestCaller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        String presented = token.getRawToken();
        if (presented != null && tokens.verify(presented) instanceof Admission.Granted granted) {
            caller.is(granted.caller());
        } else {
            request.abortWith(Problems.response(Problem.unauthorized("A valid token is needed.")));
        }
    }
}
