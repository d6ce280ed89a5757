package parley.verify;

import java.nio.charset.StandardCharsets;

/**
 * What evidence covers of a row of the log. The other columns follow from the frame and can be derived again.
 *
 * @param at milliseconds since 1970
 * @param actor the id of the user who caused the event
 * @param frame the event as on the wire, in UTF-8
 */
public record StoredEvent(long offset, long at, String type, String actor, byte[] frame) {

    /** An event whose frame is a text. */
    public static StoredEvent of(long offset, long at, String type, String actor, String frame) {
        return new StoredEvent(offset, at, type, actor, frame.getBytes(StandardCharsets.UTF_8));
    }

    StoredEvent with(byte[] other) {
        return new StoredEvent(offset, at, type, actor, other);
    }
}
