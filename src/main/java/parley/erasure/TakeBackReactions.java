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
 * Takes reactions of an erased person back. Leaves out what is gone.
 *
 * @param by the person: an event says whose reaction it is
 */
record TakeBackReactions(String room, Actor by, List<ErasureRows.Reaction> reactions) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (view.closed()) {
            return new Decision.Refused(Problem.noSuchRoom());
        }
        List<Change> changes = reactions.stream().filter(reaction -> context.message(view, reaction.message())
                        .filter(found -> !found.deleted() && found.hasReaction(by.id(), reaction.emoji())).isPresent())
                .map(reaction -> (Change) new MessageChange.ReactionRemoved(reaction.message(), reaction.emoji())).toList();
        return changes.isEmpty() ? new Decision.Already(view.offset()) : new Decision.Changes(changes);
    }
}
