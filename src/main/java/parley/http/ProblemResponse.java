package parley.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;
import tools.jackson.databind.json.JsonMapper;

/**
 * A refusal as an HTTP response: a status, headers and a problem body (RFC 9457). Everything that refuses over HTTP answers with one
 * of these: resources, the handshake, the error page, the development sign-in, and what refuses a request before it is routed.
 *
 * @param status may say more than the problem's code does, such as 405 or 426
 * @param headers all headers of the refusal, by name; those of {@link ResponseHeaders} come on top
 */
public record ProblemResponse(int status, Problem problem, Map<String, String> headers) {

    private static final String TYPE = "application/problem+json";
    // RFC 6750 section 3.
    private static final String CHALLENGE = "Bearer realm=\"parley\"";
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The body.
     *
     * @param title the status in words
     * @param code from the same list as on the socket
     * @param detail one sentence: what was wrong
     * @param temporary whether the same request may succeed later
     * @param retryAfter milliseconds after which a retry makes sense, absent where unknown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(String title, int status, String code, String detail, boolean temporary, Long retryAfter) {}

    /** The response to this problem, under the status of its code. */
    public static ProblemResponse of(Problem problem) {
        return of(problem.code().status(), problem);
    }

    /** The response to this problem under another status. */
    public static ProblemResponse of(int status, Problem problem) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", TYPE);
        headers.put("Cache-Control", "no-store");
        if (problem.retryAfter() > 0) {
            headers.put("Retry-After", "" + problem.retrySeconds());
        }
        if (status == ErrorCode.UNAUTHORIZED.status()) {
            headers.put("WWW-Authenticate", CHALLENGE);
        }
        return new ProblemResponse(status, problem, Map.copyOf(headers));
    }

    /** The response where the container refused and said no more than the status. */
    public static ProblemResponse of(int status) {
        return of(status, switch (status) {
            case 401 -> Problem.unauthorized("A valid token is needed.");
            case 404 -> Problem.notFound();
            case 500 -> Problem.internal();
            case 503 -> Problem.unavailable("The server can't do this now.");
            default -> new Problem(ErrorCode.of(status), title(status) + ".", false, 0);
        });
    }

    /** The same with a further header. */
    public ProblemResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ProblemResponse(status, problem, Map.copyOf(more));
    }

    /** The body as JSON in UTF-8. */
    public byte[] body() {
        Long retryAfter = problem.retryAfter() > 0 ? problem.retryAfter() : null;
        return JSON.writeValueAsString(new Body(title(status), status, problem.code().wire(), problem.message(), problem.temporary(),
                retryAfter))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Answers a servlet's or a filter's request. */
    public void send(HttpServletResponse response) throws IOException {
        byte[] body = body();
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** As the response of a resource. */
    public Response response() {
        Response.ResponseBuilder response = Response.status(status).entity(body());
        headers.forEach(response::header);
        return response.build();
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Refused" : known.getReasonPhrase();
    }
}
