package parley.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.protocol.MessageCommand;
import parley.protocol.Sha256;

/**
 * A message that its author posts later.
 *
 * @param id chosen by the author's client, 1 to 64 letters, digits, _ or -
 * @param thread the offset of the message that it answers, 0 for none
 * @param refused why it was not posted at its time
 */
public record Scheduled(String person, String id, String room, String text, long thread, boolean also, List<String> mentions,
                        boolean everyone, Instant at, Optional<Refusal> refused) {

    /** The code and the sentence of a problem. */
    public record Refusal(String code, String message) {}

    /** The command that posts it: the same key for each attempt, so that the room has the message once. */
    MessageCommand.Post command() {
        return new MessageCommand.Post(0, room, Sha256.hex("scheduled\n" + id), text, thread, also, mentions, everyone);
    }
}
