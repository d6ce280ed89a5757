package parley.message;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.ExactMessage;
import parley.room.Proposal;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/**
 * Pins a message to the room, or takes it off. Changes nothing if nothing would differ.
 *
 * @param message the offset of the message
 * @param pin whether to pin it
 */
public record PinMessage(String room, Actor by, long message, boolean pin) implements Proposal {

    /** The most pinned messages of a room. */
    public static final int MOST_PINS = 100;

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.posting(view, by, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        return context.message(view, message).map(found -> decide(view, found, context))
                .orElseGet(() -> new Decision.Refused(Problem.noSuchMessage()));
    }

    private Decision decide(RoomView view, ExactMessage found, DecisionContext context) {
        if (found.deleted()) {
            return pin ? new Decision.Refused(Problem.gone("The message was deleted.")) : new Decision.Already(view.offset());
        }
        if (found.pinned() == pin) {
            return new Decision.Already(view.offset());
        }
        if (pin && context.pins(view) >= MOST_PINS) {
            return new Decision.Refused(Problem.conflict("A room has at most " + MOST_PINS + " pinned messages."));
        }
        return Decision.change(pin ? new MessageChange.Pinned(message) : new MessageChange.Unpinned(message));
    }
}
