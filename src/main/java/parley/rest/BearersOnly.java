package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.jwt.JsonWebToken;
import parley.audit.RefusedSignIns;
import parley.identity.Admission;
import parley.identity.TokenVerifier;
import parley.limits.Limits;
import parley.protocol.Problem;

/**
 * Refuses requests without a token (a constraint in web.xml would have this server answer those with an empty 200), and
 * has one that the server's MicroProfile JWT let through verified as the socket does: it does not look at {@code nbf},
 * and takes refresh tokens. Then it counts as a call of that user.
 */
@Provider
public class BearersOnly implements ContainerRequestFilter {

    @Inject
    private JsonWebToken token;
    @Inject
    private TokenVerifier tokens;
    @Inject
    private RequestCaller caller;
    @Inject
    private RefusedSignIns refused;
    @Inject
    private Limits limits;

    @Override
    public void filter(ContainerRequestContext request) {
        String presented = token.getRawToken();
        if (presented != null && tokens.verify(presented) instanceof Admission.Granted granted) {
            limits.callBy(granted.caller().id()).map(Problems::response).ifPresent(request::abortWith);
            return;
        }
        if (presented != null) {
            refused.note(caller.address(), "not an access token of now");
        }
        request.abortWith(Problems.response(Problem.unauthorized("A valid token is needed.")));
    }
}
