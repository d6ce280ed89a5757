package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import parley.audit.RefusedSignIns;
import parley.health.Availability;
import parley.identity.Authentication;
import parley.identity.BearerToken;
import parley.identity.Caller;
import parley.identity.TicketDesk;
import parley.identity.TokenVerifier;
import parley.limits.Limits;
import parley.notify.MailAddresses;
import parley.people.Access;
import parley.people.SignIns;
import parley.protocol.Problem;

/**
 * Requires a valid bearer token for every resource method that is not {@link WithoutToken}, and counts the call against the caller's rate
 * limit.
 */
@Provider
public class BearerTokenFilter implements ContainerRequestFilter {


    @Context
    private ResourceInfo resource;
    @Inject
    private TokenVerifier tokens;
    @Inject
    private RequestCaller caller;
    @Inject
    private RefusedSignIns refused;
    @Inject
    private TicketDesk desk;
    @Inject
    private Limits limits;
    @Inject
    private Availability availability;
    @Inject
    private Access access;
    @Inject
    private SignIns signIns;
    @Inject
    private MailAddresses mail;

    @Override
    public void filter(ContainerRequestContext request) {
        if (resource.getResourceMethod() != null && resource.getResourceMethod().isAnnotationPresent(WithoutToken.class)) {
            return;
        }
        Optional<Problem> unavailable = availability.refusal();
        if (unavailable.isPresent()) {
            request.abortWith(Problems.response(unavailable.get()));
            return;
        }
        Optional<String> token = BearerToken.of(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        Optional<String> ticket = token.isPresent() || !resource.getResourceMethod().isAnnotationPresent(TakesFileTicket.class)
                ? Optional.empty() : Optional.ofNullable(request.getUriInfo().getQueryParameters().getFirst("ticket"));
        if (token.isEmpty() && ticket.isEmpty()) {
            refuse(request);
            return;
        }
        Optional<Authentication> found = token.map(tokens::verify)
                .or(() -> desk.check(request.getUriInfo().getPathParameters().getFirst("id"), ticket.orElseThrow()));
        if (found.isEmpty()) {
            request.abortWith(Problems.response(Problem.unavailable("Too many tickets are being checked.")));
            return;
        }
        switch (found.get()) {
            case Authentication.Granted granted -> {
                caller.set(granted.caller());
                refusal(granted.caller()).map(Problems::response)
                        .ifPresentOrElse(request::abortWith, () -> signedIn(granted.caller()));
            }
            case Authentication.Denied denied -> {
                refused.note(caller.address(), denied.kind(), "no valid token");
                refuse(request);
            }
        }
    }

    private Optional<Problem> refusal(Caller known) {
        return access.refusal(known.id()).or(() -> availability.refusal(known)).or(() -> limits.callBy(known.id()));
    }

    private void signedIn(Caller signedIn) {
        signIns.signedIn(signedIn);
        mail.signedIn(signedIn);
    }

    private static void refuse(ContainerRequestContext request) {
        request.abortWith(Problems.response(Problem.unauthorized("A valid token is needed.")));
    }
}
