package parley.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import parley.protocol.Codec;
import parley.protocol.Problem;
import parley.protocol.TextRules;

/**
 * Takes bodies that are UTF-8, and no others: a decoder would put U+FFFD in the place of broken bytes, and they would be stored as
 * that. The socket closes with 1007 for the same.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class Utf8Bodies implements ContainerRequestFilter {

    private static final int UNSUPPORTED = 415;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        MediaType type = request.getMediaType();
        // JAX-RS looks for the charset even where there is nothing to decode.
        String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
            request.abortWith(Problems.response(UNSUPPORTED, Problem.badRequest("Bodies are UTF-8.")));
            return;
        }
        if (!request.hasEntity()) {
            return;
        }
        if (type == null) {
            request.abortWith(Problems.response(UNSUPPORTED, Problem.badRequest("A body needs a Content-Type.")));
            return;
        }
        byte[] body = request.getEntityStream().readNBytes(Codec.LARGEST_FRAME + 1);
        if (body.length > Codec.LARGEST_FRAME) {
            request.abortWith(Problems.response(Problem.tooLarge("A body has at most " + Codec.LARGEST_FRAME + " bytes.")));
        } else if (!TextRules.isUtf8(body, 0, body.length)) {
            request.abortWith(Problems.response(Problem.badRequest("The body is not UTF-8.")));
        } else {
            request.setEntityStream(new ByteArrayInputStream(body));
        }
    }
}
