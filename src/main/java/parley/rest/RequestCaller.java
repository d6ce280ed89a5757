package parley.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAuthorizedException;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import parley.identity.Caller;
import parley.identity.Claims;
import parley.limits.Proxies;

/** Who makes the current request, as the server's MicroProfile JWT verified it. */
@RequestScoped
class RequestCaller {

    @Inject
    private JsonWebToken token;
    @Inject
    private HttpServletRequest request;
    @Inject
    private Proxies proxies;

    /** The caller; a token without a sound {@code sub} gets 401. */
    Caller get() {
        return Claims.caller(token.getSubject(), token.getClaim("name"), token.getClaim("preferred_username"),
                        token.getGroups(), Instant.ofEpochSecond(token.getExpirationTime()))
                .orElseThrow(() -> new NotAuthorizedException("Bearer realm=\"parley\""));
    }

    /** The address that the request comes from. */
    String address() {
        return proxies.address(request);
    }
}
