package parley.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One frame from a client.
 *
 * @param command as it was sent; it may be unknown
 * @param headers unescaped; of a repeated header, the first one
 */
record StompFrame(String command, Map<String, String> headers, byte[] body) {

    /** The value of a header. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The id of the receipt that the client asks for. */
    Optional<String> receipt() {
        return header("receipt");
    }

    /** About how much memory it takes, in bytes. */
    int size() {
        return headers.entrySet().stream().mapToInt(header -> header.getKey().length() + header.getValue().length()).sum() + body.length;
    }

    /** The body as text; empty if it is not UTF-8. */
    Optional<String> text() {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
