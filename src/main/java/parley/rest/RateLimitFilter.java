package parley.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import parley.limits.Limits;

/** Refuses calls that come too fast from an address, with 429, before anything is done for them. */
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
