package parley.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;

/** Refusals as HTTP answers: {@code application/problem+json} (RFC 9457). */
final class Problems {

    static final String TYPE = "application/problem+json";

    private Problems() {
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(String title, int status, String code, String detail, boolean temporary, Long retryAfter) {}

    static Response response(Problem problem) {
        return response(problem.code().status(), problem);
    }

    static Response response(int status, Problem problem) {
        Response.Status known = Response.Status.fromStatusCode(status);
        Response.ResponseBuilder response = Response.status(status).type(TYPE).entity(new Body(
                known == null ? "Refused" : known.getReasonPhrase(), status, problem.code().wire(), problem.message(),
                problem.temporary(), problem.retryAfter() > 0 ? problem.retryAfter() : null));
        if (problem.retryAfter() > 0) {
            response.header("Retry-After", problem.retrySeconds());
        }
        if (problem.code() == ErrorCode.UNAUTHORIZED) {
            response.header("WWW-Authenticate", "Bearer realm=\"parley\"");
        }
        return response.build();
    }
}
