package parley.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers 404 to paths that end with a slash. JAX-RS would take {@code DELETE rooms/general/} for {@code DELETE rooms/general}, so a
 * client that forgets an id would close the room.
 */
@Provider
@PreMatching
@Priority(1)
public class TrailingSlashFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getUriInfo().getRequestUri().getRawPath().endsWith("/")) {
            request.abortWith(Problems.notFound());
        }
    }
}
