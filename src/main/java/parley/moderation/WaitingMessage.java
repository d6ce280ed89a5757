package parley.moderation;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import parley.protocol.RoomEvent;
import parley.protocol.User;

/**
 * A message that a rule holds, as table {@code waiting_message} has it.
 *
 * @param key the author's key of the message
 * @param event the event that would post it, without an offset; empty once the message no longer waits
 * @param pattern that of the rule; empty once the message no longer waits
 * @param expires when it no longer waits, if nobody decides
 * @param decidedBy the id of the moderator
 */
public record WaitingMessage(String id, String room, User author, String key, Optional<RoomEvent> event, Optional<String> pattern,
                             Instant created, Instant expires, State state, Optional<String> decidedBy) {

    /** What becomes of it. */
    public enum State {
        /** Nobody has decided. */
        WAITING,
        /** A moderator approved it; it is on its way into the log. */
        APPROVING,
        /** It is in the log. */
        APPROVED,
        /** A moderator refused it. */
        REFUSED,
        /** Nobody decided in time. */
        EXPIRED;

        /** The name on the wire: its author doesn't see that it is on its way. */
        public String wire() {
            return (this == APPROVING ? WAITING : this).name().toLowerCase(Locale.ROOT);
        }
    }
}
