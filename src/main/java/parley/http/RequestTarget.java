package parley.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.protocol.Problem;

/**
 * The target of a request as it was sent (RFC 9112 section 3.2): a path, still percent-encoded, and optionally a query.
 *
 * @param path begins with a slash, or is empty
 * @param query without the question mark, null if there is none
 */
record RequestTarget(String path, String query) {

    private static final int ESCAPE = 3;
    // RFC 3986 section 3.3, and the backslash: AMBIGUOUS refuses that one, with 404.
    private static final Pattern RAW = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/%\\\\-]*");
    // No path of this application has them, and servers read them differently: parameters, encoded slashes, drive letters.
    private static final String AMBIGUOUS = ":;\\";

    /** The target of a request line, in origin form or in absolute form. */
    static RequestTarget of(String line) {
        int question = line.indexOf('?');
        String path = question < 0 ? line : line.substring(0, question);
        int scheme = path.indexOf("://");
        if (scheme > 0 && !path.startsWith("/")) {
            int slash = path.indexOf('/', scheme + ESCAPE);
            path = slash < 0 ? "/" : path.substring(slash);
        }
        return new RequestTarget(path, question < 0 ? null : line.substring(question + 1));
    }

    /** What is wrong with it: a broken escape, bytes that are not UTF-8, a control character. */
    Optional<Problem> malformed() {
        Optional<String> decoded = decoded(path);
        if (decoded.isEmpty() || !RAW.matcher(path).matches() || decoded.get().chars().anyMatch(Character::isISOControl)) {
            return Optional.of(Problem.badRequest("The path is not percent-encoded UTF-8 text."));
        }
        if (query != null && decoded(query).filter(text -> text.indexOf(0) < 0).isEmpty()) {
            return Optional.of(Problem.badRequest("The query is not percent-encoded UTF-8 text."));
        }
        return Optional.empty();
    }

    /** Whether any server may route it to the application at this context path, in any spelling. */
    boolean mayBeIn(String context) {
        return isIn(path, context) || decoded(path).filter(text -> isIn(normalised(text), context)).isPresent();
    }

    /** Whether the application at this context path has nothing at it. Call it for well-formed targets only. */
    boolean isNowhereIn(String context) {
        if (!isIn(path, context)) {
            return true;
        }
        String inside = path.substring(context.length());
        if (inside.isEmpty()) {
            return false;
        }
        String[] segments = inside.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String segment = decoded(segments[i]).orElse("");
            boolean last = i == segments.length - 1;
            if (segment.isEmpty() && !last || segment.equals(".") || segment.equals("..") || segment.indexOf('/') >= 0
                    || segment.chars().anyMatch(c -> AMBIGUOUS.indexOf(c) >= 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(String path, String context) {
        return path.startsWith(context) && (path.length() == context.length() || path.charAt(context.length()) == '/');
    }

    // As servers normalise a path before they route it: without parameters and empty segments, dots resolved.
    private static String normalised(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String raw : path.replace('\\', '/').split("/")) {
            int parameters = raw.indexOf(';');
            String segment = parameters < 0 ? raw : raw.substring(0, parameters);
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    private static Optional<String> decoded(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                if (i + 2 >= encoded.length() || !HexFormat.isHexDigit(encoded.charAt(i + 1))
                        || !HexFormat.isHexDigit(encoded.charAt(i + 2))) {
                    return Optional.empty();
                }
                bytes.put((byte) HexFormat.fromHexDigits(encoded, i + 1, i + ESCAPE));
                i += 2;
            } else if (c <= ' ' || c >= 0x7f) {
                return Optional.empty();
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
