package parley.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import parley.limits.Limits;

/** Answers 429 to an address that calls too often, before the token is verified. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class RateLimitFilter implements ContainerRequestFilter {

    @Inject
    private RequestCaller caller;
    @Inject
    private Limits limits;

    @Override
    public void filter(ContainerRequestContext request) {
        limits.callFrom(caller.address()).map(Problems::response).ifPresent(request::abortWith);
    }
}
