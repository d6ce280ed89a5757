package parley.erasure;

import java.time.Instant;
import java.util.List;
import parley.identity.Actor;
import parley.protocol.Change;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomView;

/**
 * Deletes messages of an erased person for good. Leaves out what was deleted meanwhile.
 *
 * @param messages their offsets; at most {@link #MOST}
 */
record EraseMessages(String room, Actor by, String person, List<Long> messages) implements Proposal {

    /** The most messages of one proposal, so that other writers to the room wait for less than a second. */
    static final int MOST = 100;

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (view.closed()) {
            return new Decision.Refused(Problem.noSuchRoom());
        }
        List<Change> changes = messages.stream().flatMap(message -> context.message(view, message)
                .filter(found -> !found.deleted() && found.author().equals(person)).stream()
                .map(found -> (Change) new MessageChange.Deleted(message, found.thread()))).toList();
        return changes.isEmpty() ? new Decision.Already(view.offset()) : new Decision.Changes(changes);
    }
}
