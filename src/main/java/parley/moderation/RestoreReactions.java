package parley.moderation;

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
 * Brings back the reactions of one person to restored messages, also if the person may no longer react. Leaves out what is there.
 *
 * @param by the person who reacted
 * @param reactions at most a few hundred, of different messages or with different emoji
 */
record RestoreReactions(String room, Actor by, List<MessageChange.ReactionAdded> reactions) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (view.closed()) {
            return new Decision.Refused(Problem.noSuchRoom());
        }
        List<Change> changes = reactions.stream().filter(reaction -> context.message(view, reaction.message())
                .filter(found -> !found.deleted() && !found.hasReaction(by.id(), reaction.emoji())).isPresent())
                .map(reaction -> (Change) reaction).toList();
        return changes.isEmpty() ? new Decision.Already(view.offset()) : new Decision.Changes(changes);
    }
}
