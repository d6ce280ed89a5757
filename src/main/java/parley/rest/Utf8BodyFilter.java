package parley.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import parley.http.RequestBody;
import parley.protocol.Problem;

/**
 * Refuses bodies that are not UTF-8. A lenient decoder would replace broken bytes by U+FFFD, and that would be stored. The socket closes
 * with 1007 for the same reason.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class Utf8BodyFilter implements ContainerRequestFilter {

    private static final int UNSUPPORTED = 415;

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (resource.getResourceMethod() != null && resource.getResourceMethod().isAnnotationPresent(RawBody.class)) {
            return;
        }
        MediaType type = request.getMediaType();
        // JAX-RS looks up the charset even if there is nothing to decode.
        String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
            request.abortWith(Problems.response(UNSUPPORTED, Problem.badRequest("The charset of a body must be UTF-8.")));
            return;
        }
        if (!request.hasEntity()) {
            return;
        }
        if (type == null) {
            request.abortWith(Problems.response(UNSUPPORTED, Problem.badRequest("A body needs a Content-Type.")));
            return;
        }
        byte[] body = RequestBody.read(request.getEntityStream());
        Optional<Problem> problem = RequestBody.problem(body);
        if (problem.isPresent()) {
            request.abortWith(Problems.response(problem.get()));
        } else {
            request.setEntityStream(new ByteArrayInputStream(body));
        }
    }
}
