package parley.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.protocol.Problem;

/**
 * The parts of a request's head that decide which application serves it and where it ends. If two servers read them differently, a
 * request can hide behind another one (request smuggling, CWE-444), so everything ambiguous is refused.
 *
 * @param method as it was sent: methods are case-sensitive
 * @param hosts the values of {@code Host}
 * @param lengths the values of {@code Content-Length}
 * @param encodings the values of {@code Transfer-Encoding}
 */
record RequestHead(String method, RequestTarget target, List<String> hosts, List<String> lengths, List<String> encodings) {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final int NOT_ALLOWED = 405;
    // RFC 3986 section 3.2.2, without the characters that no host name has.
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._~-]*|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?");

    private static final Pattern UPLOAD = Pattern.compile("/api/rooms/[A-Za-z0-9_-]+/files(/[A-Za-z0-9_-]+)?");
    private static final Pattern EMOJI = Pattern.compile("/api/administration/emoji/[^/]+");
    private static final Pattern OF_DOCUMENT = Pattern.compile("/api/rooms/[A-Za-z0-9_-]+/documents/[A-Za-z0-9_-]+/(snapshot|text)");

    /** The refusal of this request by the application at this context path, or nothing: then the application or another one serves it. */
    Optional<ProblemResponse> refusal(String context) {
        Optional<Problem> malformed = target.malformed();
        if (malformed.isPresent()) {
            return malformed.map(ProblemResponse::of);
        }
        if (!target.mayBeIn(context)) {
            return Optional.empty();
        }
        if (!METHODS.contains(method)) {
            String allowed = String.join(", ", METHODS);
            return Optional.of(ProblemResponse.of(NOT_ALLOWED, Problem.badRequest("The method must be one of " + allowed + "."))
                    .with("Allow", allowed));
        }
        if (hosts.size() > 1 || hosts.stream().anyMatch(host -> !HOST.matcher(host.strip()).matches())) {
            return badRequest("A request names one host (RFC 9112 section 3.2).");
        }
        boolean isChunked = encodings.size() == 1 && encodings.getFirst().strip().equalsIgnoreCase("chunked");
        if (!encodings.isEmpty() && (!isChunked || !lengths.isEmpty())) {
            return badRequest("A body has a Content-Length or is chunked (RFC 9112 section 6).");
        }
        return target.isNowhereIn(context) ? Optional.of(ProblemResponse.of(Problem.notFound())) : Optional.empty();
    }

    /**
     * Whether its body is a file, a snapshot or text of a document, or the picture of an emoji: read as it arrives, by a thread of its own.
     */
    boolean isUpload(String context) {
        return switch (method) {
            case "POST", "PATCH" -> matches(UPLOAD, context);
            case "PUT" -> matches(OF_DOCUMENT, context) || matches(EMOJI, context);
            default -> false;
        };
    }

    private boolean matches(Pattern path, String context) {
        return target.path().startsWith(context) && path.matcher(target.path().substring(context.length())).matches();
    }

    private static Optional<ProblemResponse> badRequest(String message) {
        return Optional.of(ProblemResponse.of(Problem.badRequest(message)));
    }
}
