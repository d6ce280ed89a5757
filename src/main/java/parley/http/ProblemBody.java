package parley.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;
import tools.jackson.databind.json.JsonMapper;

/**
 * A refusal as an HTTP answer has it: a problem body (RFC 9457).
 *
 * @param title the status in words
 * @param code from the same list as on the socket
 * @param detail one sentence, absent where the container refused
 * @param temporary whether the same request may succeed later
 * @param retryAfter milliseconds after which a retry makes sense, absent where unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemBody(String title, int status, String code, String detail, Boolean temporary, Long retryAfter) {

    /** The media type of these bodies. */
    public static final String TYPE = "application/problem+json";

    private static final JsonMapper JSON = new JsonMapper();

    /** The body for this problem under this status, which may say more than the problem's own code does. */
    public static ProblemBody of(int status, Problem problem) {
        return new ProblemBody(title(status), status, problem.code().wire(), problem.message(), problem.temporary(),
                problem.retryAfter() > 0 ? problem.retryAfter() : null);
    }

    /** The body for a status that the container chose. */
    public static ProblemBody of(int status) {
        return new ProblemBody(title(status), status, ErrorCode.of(status).wire(), null, null, null);
    }

    /** The body as JSON. */
    public String json() {
        return JSON.writeValueAsString(this);
    }

    /** Answers with this problem. */
    public static void send(HttpServletResponse response, int status, Problem problem) throws IOException {
        if (problem.retryAfter() > 0) {
            response.setHeader("Retry-After", "" + problem.retrySeconds());
        }
        of(status, problem).send(response);
    }

    /** Answers with this body. */
    public void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(json());
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Refused" : known.getReasonPhrase();
    }
}
