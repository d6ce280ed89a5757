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
 * The target of a request as it was sent (RFC 9112 section 3.2): a path, still percent-encoded, and perhaps a query.
 *
 * @param path begins with a slash, or is empty
 * @param query without the question mark, null where there is none
 */
record RequestTarget(String path, String query) {

    private static final int ESCAPE = 3;
    // RFC 3986 section 3.3, and the backslash, which is refused by another name.
    private static final Pattern RAW = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/%\\\\-]*");
    // None of them is in a path of ours, and servers read them in different ways: parameters, encoded slashes, drive letters.
    private static final String AMBIGUOUS = ":;\\";

    /** The target of a request line, in origin form or in absolute form. */
    static RequestTarget of(String written) {
        int question = written.indexOf('?');
        String path = question < 0 ? written : written.substring(0, question);
        int scheme = path.indexOf("://");
        if (scheme > 0 && !path.startsWith("/")) {
            int slash = path.indexOf('/', scheme + ESCAPE);
            path = slash < 0 ? "/" : path.substring(slash);
        }
        return new RequestTarget(path, question < 0 ? null : written.substring(question + 1));
    }

    /** What no server can read: a broken escape, bytes that are not UTF-8, a character that is no text. */
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

    /** Whether some server may take it for a path of the application at this context path, whatever its spelling. */
    boolean mayBeIn(String context) {
        return isIn(path, context) || decoded(path).filter(text -> isIn(normalised(text), context)).isPresent();
    }

    /** Whether nothing of the application at this context path can be there. To be asked of targets that are well formed. */
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

    // As servers do it before they look for the application: no parameters, no empty segments, dots resolved.
    private static String normalised(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String written : path.replace('\\', '/').split("/")) {
            int parameters = written.indexOf(';');
            String segment = parameters < 0 ? written : written.substring(0, parameters);
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    private static Optional<String> decoded(String written) {
        ByteBuffer bytes = ByteBuffer.allocate(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '%') {
                if (i + 2 >= written.length() || !HexFormat.isHexDigit(written.charAt(i + 1)) || !HexFormat.isHexDigit(written.charAt(i + 2))) {
                    return Optional.empty();
                }
                bytes.put((byte) HexFormat.fromHexDigits(written, i + 1, i + ESCAPE));
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
