package parley.socket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.identity.BearerToken;

/** An upgrade request: its headers and query. */
record Handshake(HttpServletRequest request) {

    /** JSON in text frames. */
    static final String SUBPROTOCOL = "parley.v1";
    /** The same objects as CBOR in binary frames. */
    static final String CBOR_SUBPROTOCOL = "parley.v1.cbor";
    /** STOMP 1.2. */
    static final String STOMP_SUBPROTOCOL = "v12.stomp";
    /** The WebSocket version of RFC 6455. */
    static final String VERSION = "13";

    private static final Set<String> SPOKEN = Set.of(SUBPROTOCOL, CBOR_SUBPROTOCOL, STOMP_SUBPROTOCOL);
    private static final int KEY_BYTES = 16;
    private static final String BEARER = "bearer.";

    /** Whether this is a {@code GET} with {@code Upgrade: websocket}. */
    boolean isUpgrade() {
        return request.getMethod().equals("GET") && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    boolean hasSupportedVersion() {
        return VERSION.equals(request.getHeader("Sec-WebSocket-Version"));
    }

    /** Whether the {@code Connection} header contains {@code Upgrade}. Misconfigured proxies often drop it. */
    boolean hasConnectionUpgrade() {
        return Collections.list(request.getHeaders("Connection")).stream().flatMap(header -> Arrays.stream(header.split(",")))
                .anyMatch(option -> option.strip().equalsIgnoreCase("Upgrade"));
    }

    /** Whether {@code Sec-WebSocket-Key} is 16 bytes in base64 (RFC 6455 section 4.1). */
    boolean hasValidKey() {
        String key = request.getHeader("Sec-WebSocket-Key");
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Whether the client offers a subprotocol that the server speaks, or none at all. */
    boolean supportsParley() {
        return subprotocols().isEmpty() || subprotocol().isPresent();
    }

    /** The first subprotocol that the client offers and the server speaks; empty if there is none. */
    Optional<String> subprotocol() {
        return subprotocols().stream().filter(SPOKEN::contains).findFirst();
    }

    /** Whether the client speaks STOMP. */
    boolean isStomp() {
        return subprotocol().filter(STOMP_SUBPROTOCOL::equals).isPresent();
    }

    /** Whether the token may come in the first frame, which only STOMP allows. */
    boolean namesNobody() {
        return isStomp() && token().isEmpty() && ticket().isEmpty();
    }

    /** Whether the client and the server can compress messages. */
    boolean offersDeflate() {
        return Deflating.isOffered(Collections.list(request.getHeaders("Sec-WebSocket-Extensions")));
    }

    /** The bearer token, from the {@code Authorization} header or from a subprotocol {@code bearer.<token>}. */
    Optional<String> token() {
        return BearerToken.of(request.getHeader("Authorization"))
                .or(() -> subprotocols().stream().filter(offered -> offered.startsWith(BEARER))
                        .map(offered -> offered.substring(BEARER.length())).findFirst());
    }

    /** The one-time ticket, from the query parameter {@code ticket}. */
    Optional<String> ticket() {
        return Optional.ofNullable(request.getParameter("ticket"));
    }

    private List<String> subprotocols() {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(header -> Arrays.stream(header.split(","))).map(String::strip)
                .filter(offered -> !offered.isEmpty()).toList();
    }
}
