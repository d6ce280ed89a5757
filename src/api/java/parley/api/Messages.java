package parley.api;

import java.util.List;

/**
 * A page of messages in ascending order.
 *
 * @param more whether there are older ones
 */
public record Messages(List<Message> messages, boolean more) {

    /** Copies the list. */
    public Messages {
        messages = List.copyOf(messages);
    }
}
