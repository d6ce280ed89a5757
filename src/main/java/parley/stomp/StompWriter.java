package parley.stomp;

import java.nio.charset.StandardCharsets;
import parley.protocol.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes one frame. Values are escaped, so that they can't add a line or a header. For one thread. */
final class StompWriter {

    private final StringBuilder head;
    private final boolean escapes;

    /** Begins a frame with this command. */
    StompWriter(String command) {
        head = new StringBuilder(128).append(command).append('\n');
        // The specification forbids escapes in CONNECTED, so that older clients can read it.
        escapes = !command.equals("CONNECTED");
    }

    /** Adds a header. */
    StompWriter with(String name, String value) {
        head.append(name).append(':').append(escapes ? escape(value) : value.replaceAll("[\r\n\0]", " ")).append('\n');
        return this;
    }

    /** The frame without a body. */
    byte[] bytes() {
        return head.append("\n\0").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The frame with a body of JSON. */
    byte[] json(JsonNode body) {
        String text = body.toString();
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return with("content-type", "application/json").with("content-length", Integer.toString(length)).head
                .append('\n').append(text).append('\0').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A value as it is written in a header. */
    static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '\r' -> escaped.append("\\r");
                case '\n' -> escaped.append("\\n");
                case ':' -> escaped.append("\\c");
                case '\\' -> escaped.append("\\\\");
                // A NUL has no escape, and readers may take it for the end of the frame.
                case '\0' -> escaped.append('\ufffd');
                default -> escaped.append(value.charAt(i));
            }
        }
        return escaped.toString();
    }

    /**
     * An {@code ERROR} with this problem. The connection ends after it.
     *
     * @param receipt the id of the receipt that the refused frame asked for; null if it asked for none
     */
    static byte[] error(Problem problem, String receipt) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("code", problem.code().wire()).put("message", problem.message())
                .put("temporary", problem.temporary());
        if (problem.retryAfter() > 0) {
            body.put("retryAfter", problem.retryAfter());
        }
        return error(body, receipt);
    }

    /** The same for a problem that was written as JSON before. */
    static byte[] error(JsonNode problem, String receipt) {
        StompWriter error = new StompWriter("ERROR").with("version", "1.2").with("message", problem.path("code").asString("internal"));
        if (receipt != null) {
            error.with("receipt-id", receipt);
        }
        return error.json(problem);
    }
}
