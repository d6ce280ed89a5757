package parley.message;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.ExactMessage;
import parley.room.Proposal;
import parley.room.RoomView;

/** A proposal about a message that was posted before: first the right in the room, then the message. */
interface ChangingMessage extends Proposal {

    /** The offset of the message. */
    long message();

    /** Refuses an actor who may not do this in the room, whatever the message is. */
    Optional<Problem> refusal(RoomView view, Instant now);

    /** What follows from it for this message. */
    Decision decide(RoomView view, ExactMessage found, DecisionContext context, Instant now);

    @Override
    default Decision decide(RoomView view, DecisionContext context, Instant now) {
        return refusal(view, now).<Decision>map(Decision.Refused::new).orElseGet(() -> context.message(view, message())
                .map(found -> decide(view, found, context, now)).orElseGet(() -> new Decision.Refused(Problem.noSuchMessage())));
    }

    /** The refusal of what can't be done to a deleted message. */
    static Problem gone() {
        return Problem.gone("The message was deleted.");
    }
}
