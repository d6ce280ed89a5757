package parley.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.protocol.Problem;

/**
 * What the head of a request says that decides who answers it and where it ends. Two readers of one head must not disagree about
 * either, or a request can hide behind another one (request smuggling, CWE-444).
 *
 * @param method as it was sent: methods are case-sensitive
 * @param hosts the values of {@code Host}
 * @param lengths the values of {@code Content-Length}
 * @param encodings the values of {@code Transfer-Encoding}
 */
record RequestHead(String method, RequestTarget target, List<String> hosts, List<String> lengths, List<String> encodings) {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final int NOT_ALLOWED = 405;
    // RFC 3986 section 3.2.2, without the characters that nobody's host name has.
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._~-]*|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?");

    /** A refusal: what is wrong, and under which status. */
    record Refusal(int status, Problem problem) {

        private Refusal(Problem problem) {
            this(problem.code().status(), problem);
        }
    }

    /** Why the application at this context path does not answer this request, where that is so. */
    Optional<Refusal> refusal(String context) {
        Optional<Problem> malformed = target.malformed();
        if (malformed.isPresent()) {
            return malformed.map(Refusal::new);
        }
        if (!target.mayBeIn(context)) {
            return Optional.empty();
        }
        if (!METHODS.contains(method)) {
            return Optional.of(new Refusal(NOT_ALLOWED, Problem.badRequest("The methods here are " + String.join(", ", METHODS) + ".")));
        }
        if (hosts.size() > 1 || hosts.stream().anyMatch(host -> !HOST.matcher(host.strip()).matches())) {
            return Optional.of(new Refusal(Problem.badRequest("A request names one host (RFC 9112 section 3.2).")));
        }
        boolean isChunked = encodings.size() == 1 && encodings.getFirst().strip().equalsIgnoreCase("chunked");
        if (!encodings.isEmpty() && (!isChunked || !lengths.isEmpty())) {
            return Optional.of(new Refusal(Problem.badRequest("A body has a Content-Length or is chunked (RFC 9112 section 6).")));
        }
        return target.isNowhereIn(context) ? Optional.of(new Refusal(Problem.notFound())) : Optional.empty();
    }
}
