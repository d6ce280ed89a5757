package parley.room;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule does with a message, from the mildest to the strictest. */
public enum RuleAction {
    /** Nothing. Only for hosts of links, as an exception from a rule about more hosts. */
    ALLOW,
    /** The message is posted and reported to the moderators. */
    FLAG,
    /** The message waits until a moderator approves it. */
    HOLD,
    /** The message is refused. */
    BLOCK;

    /** The name on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action with this name. */
    public static Optional<RuleAction> of(String wire) {
        return Arrays.stream(values()).filter(action -> action.wire().equals(wire)).findFirst();
    }
}
