package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.identity.LogoutTokens;
import parley.identity.Revoking;
import parley.threads.RequestPool;

/**
 * The endpoint of OpenID Connect Back-Channel Logout 1.0: the issuer posts a logout token when someone signs out. The token is the only
 * credential. Section 2.8 defines the responses: 200, or 400 with an error, also when the server failed.
 */
@Path("sign-out/back-channel")
@Produces(MediaType.APPLICATION_JSON)
public class SignOutResource {

    private static final Logger LOG = Logger.getLogger(SignOutResource.class.getName());
    private static final String BY = "back-channel logout";

    @Inject
    private LogoutTokens tokens;
    @Inject
    private Revoking revoking;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;
    @Inject
    private RequestCaller caller;
    @Inject
    private AuditLog audit;

    /** An error as RFC 6749 section 5.2 writes it. */
    record ErrorBody(String error, String error_description) {}

    /** Revokes the tokens that the logout token names. */
    @POST
    @WithoutToken
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public CompletionStage<Response> signOut(String form) {
        String token = field(form, "logout_token");
        String address = caller.address();
        return answers.of(readers.read(() -> answer(token, address)).exceptionally(failed -> {
            LOG.log(Level.WARNING, "A back-channel logout could not be stored", failed);
            return refused("server_error", "The sign-out could not be stored.");
        }));
    }

    // Null if the form has no such field. JAX-RS's own forms throw on a body that is no form.
    private static String field(String form, String name) {
        String prefix = name + "=";
        try {
            return Arrays.stream(form.split("&")).filter(pair -> pair.startsWith(prefix)).findFirst()
                    .map(pair -> URLDecoder.decode(pair.substring(prefix.length()), StandardCharsets.UTF_8)).orElse(null);
        } catch (IllegalArgumentException brokenEscape) {
            return null;
        }
    }

    private Response answer(String token, String address) {
        if (token == null) {
            return refused("invalid_request", "logout_token is missing");
        }
        return switch (tokens.verify(token)) {
            case LogoutTokens.Outcome.SignedOut out -> signOut(out, address);
            case LogoutTokens.Outcome.Invalid invalid -> {
                LOG.log(Level.INFO, "A logout token was refused: {0}", invalid.reason());
                yield refused("invalid_request", invalid.reason());
            }
        };
    }

    private Response signOut(LogoutTokens.Outcome.SignedOut out, String address) {
        audit.write(out.targets().stream().map(target -> AuditEvent.revoking(target, BY, address)).toList());
        return revoking.revoke(out.targets(), out.at(), BY).map(problem -> refused("server_error", problem.message()))
                .orElseGet(() -> Response.ok().header("Cache-Control", "no-store").build());
    }

    private static Response refused(String error, String description) {
        return Response.status(Response.Status.BAD_REQUEST).entity(new ErrorBody(error, description))
                .header("Cache-Control", "no-store").build();
    }
}
