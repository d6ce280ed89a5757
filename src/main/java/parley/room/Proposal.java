package parley.room;

import java.time.Instant;
import parley.identity.Actor;
import parley.protocol.Problem;

/**
 * A command on its way into a room's log. Deciding is pure: it has no effect, waits for nobody, and may be done again
 * against a later view.
 */
public interface Proposal {

    /** The room that it wants to change. */
    String room();

    /** Who proposes it. */
    Actor by();

    /**
     * What follows from it in a room that looks like this.
     *
     * @param now when it is decided: what follows is stored with this time
     */
    Decision decide(RoomView room, DecisionContext context, Instant now);

    /**
     * Whether this only posts a message that is no reply. Such a proposal is decided without a transaction, so it asks the context for no
     * message, pin, name or quota.
     */
    default boolean isPlainPost() {
        return false;
    }

    /** The decision if there is no such room. */
    default Decision decideWithoutRoom(DecisionContext context) {
        return new Decision.Refused(Problem.noSuchRoom());
    }
}
