package parley.socket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What an upgrade request brings, read from its headers and query. */
record Handshake(HttpServletRequest request) {

    /** The one subprotocol that is spoken here. */
    static final String SUBPROTOCOL = "parley.v1";
    /** The version of RFC 6455. */
    static final String VERSION = "13";

    private static final int KEY_BYTES = 16;
    private static final String BEARER = "bearer.";
    private static final String AUTHORIZATION = "bearer ";

    /** Whether it asks for a WebSocket at all. */
    boolean isUpgrade() {
        return request.getMethod().equals("GET") && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    boolean isOfKnownVersion() {
        return VERSION.equals(request.getHeader("Sec-WebSocket-Version"));
    }

    /** Whether the {@code Connection} header names the upgrade. A proxy that drops it is the most common mistake of a deployment. */
    boolean isConnectionUpgrade() {
        return Collections.list(request.getHeaders("Connection")).stream().flatMap(header -> Arrays.stream(header.split(",")))
                .anyMatch(option -> option.strip().equalsIgnoreCase("Upgrade"));
    }

    /** Whether its key is 16 bytes in base64 (RFC 6455 section 4.1). */
    boolean hasKey() {
        String key = request.getHeader("Sec-WebSocket-Key");
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Whether the client speaks this protocol, or doesn't say what it speaks. */
    boolean speaksParley() {
        List<String> offered = subprotocols();
        return offered.isEmpty() || offered.contains(SUBPROTOCOL);
    }

    /** The bearer token, from the header or from the subprotocols. */
    Optional<String> token() {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, AUTHORIZATION, 0, AUTHORIZATION.length())) {
            return Optional.of(header.substring(AUTHORIZATION.length()).strip());
        }
        return subprotocols().stream().filter(offered -> offered.startsWith(BEARER))
                .map(offered -> offered.substring(BEARER.length())).findFirst();
    }

    /** The one-time ticket, from the query. */
    Optional<String> ticket() {
        return Optional.ofNullable(request.getParameter("ticket"));
    }

    boolean offersSubprotocols() {
        return !subprotocols().isEmpty();
    }

    private List<String> subprotocols() {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(header -> Arrays.stream(header.split(","))).map(String::strip)
                .filter(offered -> !offered.isEmpty()).toList();
    }
}
