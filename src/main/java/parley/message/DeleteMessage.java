package parley.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.ExactMessage;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/**
 * Deletes a message: everything that was written in it leaves the log and the tables. Changes nothing if it is deleted.
 *
 * @param message the offset of the message
 */
public record DeleteMessage(String room, Actor by, long message) implements ChangingMessage {

    @Override
    public Optional<Problem> refusal(RoomView view, Instant now) {
        return RoomPolicy.knowing(view, by, now);
    }

    @Override
    public Decision decide(RoomView view, ExactMessage found, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.deleting(view, by, found.author());
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        return found.deleted() ? new Decision.Already(view.offset())
                : new Decision.Changes(List.of(new MessageChange.Deleted(message, found.thread())), Optional.of(found.author()));
    }
}
