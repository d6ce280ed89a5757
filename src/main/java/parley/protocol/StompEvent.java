package parley.protocol;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a STOMP {@code MESSAGE} that all subscribers of a room share: some headers, and the event as the body. What differs comes
 * before it: the command, and the headers {@code subscription} and {@code epoch}.
 */
final class StompEvent {

    // The order of fields is that of FrameWriter; other people's text comes later in a frame. None of the three needs an escape.
    private static final Pattern LOGGED =
            Pattern.compile("\\{\"type\":\"([a-z.]+)\",\"room\":\"([A-Za-z0-9_-]+)\",\"offset\":([0-9]+),");

    private StompEvent() {
    }

    /** The whole WebSocket frame: binary for the shared part of an event; text for everything else, which is the JSON itself. */
    static byte[] encode(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        Matcher event = LOGGED.matcher(json);
        if (!event.lookingAt()) {
            return Framing.message(Framing.TEXT, body);
        }
        String room = event.group(2);
        String offset = event.group(3);
        byte[] head = ("destination:/rooms/" + room + "\nmessage-id:" + room + "/" + offset + "\ntype:" + event.group(1) + "\noffset:"
                + offset + "\ncontent-type:application/json\ncontent-length:" + body.length + "\n\n").getBytes(StandardCharsets.US_ASCII);
        byte[] shared = new byte[head.length + body.length + 1];
        System.arraycopy(head, 0, shared, 0, head.length);
        System.arraycopy(body, 0, shared, head.length, body.length);
        return Framing.message(Framing.BINARY, shared);
    }
}
