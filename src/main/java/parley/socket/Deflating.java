package parley.socket;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a handshake's offers of extensions include a permessage-deflate that the server can do (RFC 7692 section 5): no context takeover
 * on either side, and a window of 32 KiB.
 */
final class Deflating {

    /** What the server answers: the client must not take its context over either, because each message is inflated by itself. */
    static final String ANSWER = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private static final String NAME = "permessage-deflate";
    private static final String LARGEST_WINDOW = "15";

    private Deflating() {
    }

    /** @param offers the values of {@code Sec-WebSocket-Extensions} */
    static boolean isOffered(List<String> offers) {
        return offers.stream().flatMap(header -> List.of(header.split(",")).stream()).anyMatch(Deflating::isAcceptable);
    }

    // An offer with a parameter that is unknown, invalid or repeated is declined (section 7.1).
    private static boolean isAcceptable(String offer) {
        String[] parts = offer.split(";", -1);
        if (!parts[0].strip().equalsIgnoreCase(NAME)) {
            return false;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].split("=", 2);
            String name = parameter[0].strip();
            String value = parameter.length == 1 ? null : parameter[1].strip().replaceAll("^\"(.*)\"$", "$1");
            boolean valid = switch (name) {
                case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
                // The JDK's compressor knows no smaller window.
                case "server_max_window_bits" -> LARGEST_WINDOW.equals(value);
                case "client_max_window_bits" -> value == null || value.matches("[89]|1[0-5]");
                default -> false;
            };
            if (!valid || !seen.add(name)) {
                return false;
            }
        }
        return true;
    }
}
