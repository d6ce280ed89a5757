package parley.rest;

import jakarta.ws.rs.core.Response;
import parley.http.ProblemBody;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;

/** Refusals as answers of the resources. */
final class Problems {

    /** How a client without a valid token learns what is missing (RFC 6750 section 3). */
    static final String CHALLENGE = "Bearer realm=\"parley\"";

    private Problems() {
    }

    static Response response(Problem problem) {
        return response(problem.code().status(), problem);
    }

    static Response response(int status, Problem problem) {
        Response.ResponseBuilder response = Response.status(status).type(ProblemBody.TYPE).entity(ProblemBody.of(status, problem));
        if (problem.retryAfter() > 0) {
            response.header("Retry-After", problem.retrySeconds());
        }
        if (problem.code() == ErrorCode.UNAUTHORIZED) {
            response.header("WWW-Authenticate", CHALLENGE);
        }
        return response.build();
    }
}
