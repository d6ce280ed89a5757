package parley.notify;

import java.util.Set;
import parley.protocol.Why;

/** What a person wants to be notified of in a room. */
public enum Level {
    /** Everything that can notify, in a direct room every message. The default of direct rooms. */
    ALL,
    /** Mentions, keywords and replies in the person's threads. The default of all other rooms. */
    MENTIONS,
    /** Nothing: the room is muted. */
    NOTHING;

    private static final Set<Why> PERSONAL = Set.of(Why.MENTION, Why.REPLY, Why.KEYWORD);

    /** Whether this level lets a reason through. */
    boolean allows(Why why) {
        return switch (this) {
            case ALL -> true;
            case MENTIONS -> PERSONAL.contains(why);
            case NOTHING -> false;
        };
    }
}
