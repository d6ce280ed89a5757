package parley.message;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/**
 * Posts a message that waited for a moderator, as its author. The key of the message makes a repetition harmless.
 *
 * @param approver the moderator
 */
public record PostApproved(PostMessage post, Actor approver) implements Proposal {

    @Override
    public String room() {
        return post.room();
    }

    @Override
    public Actor by() {
        return post.by();
    }

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.approving(view, approver, by().id(), now);
        return refused.<Decision>map(Decision.Refused::new).orElseGet(() -> post.decide(view, context, now, true));
    }
}
