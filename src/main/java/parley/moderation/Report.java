package parley.moderation;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import parley.protocol.User;

/**
 * A report of a message as table {@code report} has it.
 *
 * @param message the offset of the message
 * @param text what the message said when it was reported, or the names of its files
 * @param by who reported it
 * @param note what that person adds; may be empty
 * @param takenBy the id of the moderator who looks at it
 * @param resolvedBy the id of the moderator who resolved it
 * @param rule the pattern of the rule that reported it, in place of a person
 */
public record Report(String id, String room, long message, User author, String text, User by, Reason reason, String note, Instant created,
                     State state, Optional<String> takenBy, Optional<String> resolvedBy, Optional<Instant> resolved, Optional<Act> act,
                     Optional<String> rule) {

    /** Why a message is reported. */
    public enum Reason {
        SPAM, ABUSE, ILLEGAL, OTHER;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The reason with this name. */
        public static Optional<Reason> of(String wire) {
            return Arrays.stream(values()).filter(reason -> reason.wire().equals(wire)).findFirst();
        }
    }

    /** Who works on it. */
    public enum State {
        /** Nobody. */
        OPEN,
        /** One moderator. */
        TAKEN,
        /** Nobody any more. */
        RESOLVED;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The state with this name. */
        public static Optional<State> of(String wire) {
            return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
        }
    }

    /** What a moderator did about it. */
    public enum Act {
        NOTHING,
        /** The message was deleted. */
        DELETE,
        /** Its author was muted in the room. */
        MUTE,
        /** Its author was banned from the room. */
        BAN;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The act with this name. */
        public static Optional<Act> of(String wire) {
            return Arrays.stream(values()).filter(act -> act.wire().equals(wire)).findFirst();
        }
    }
}
